import type { Case, Usage } from "../../packages/prices/usage";
import type { Resource, Resources } from "./resources";

const secondsPerHour = 3600;
const kilobytesPerGigabyte = 1e6;

/** What happens in a month of one case: the stacks, used as the assumptions say. */
export class Month {
  constructor(
    readonly resources: Resources,
    readonly which: Case,
    readonly usage: Usage,
  ) {}

  get hours(): number {
    return this.usage.hoursPerMonth;
  }

  /** On average, as many as the autoscaler may run; without one, as many as are wanted. */
  tasksOf(service: Resource): number {
    const target = this.resources
      .ofType("aws_appautoscaling_target")
      .find(({ arguments: { resource_id } }) => String(resource_id).includes(`${service.type}.${service.id}.`));
    if (!target) return service.arguments.desired_count ?? 0;
    const { min_capacity: minimum, max_capacity: maximum } = target.arguments;
    return minimum + (maximum - minimum) * this.usage.taskShare;
  }

  get tasks(): number {
    return this.resources.ofType("aws_ecs_service").reduce((sum, service) => sum + this.tasksOf(service), 0);
  }

  /** To the public load balancer. Of all services, the one with the least room decides. */
  get requestsPerSecond(): number {
    if (this.usage.requestsPerSecond !== undefined) return this.usage.requestsPerSecond;
    const limits = this.resources.ofType("aws_appautoscaling_policy").flatMap((policy) => this.requestLimit(policy));
    return limits.length === 0 ? 0 : Math.min(...limits) * this.usage.trafficShare;
  }

  get requests(): number {
    return this.requestsPerSecond * this.hours * secondsPerHour;
  }

  /** To one of the load balancers: those of a kind share what comes. */
  requestsTo(isInternal: boolean): number {
    const alike = this.resources
      .ofType("aws_lb")
      .filter(({ arguments: { internal } }) => (internal === true) === isInternal);
    return (this.requests * (isInternal ? this.usage.callsPerRequest : 1)) / Math.max(alike.length, 1);
  }

  get zones(): number {
    const zones = this.resources.ofType("aws_subnet").map(({ arguments: { availability_zone } }) => availability_zone);
    return new Set(zones).size;
  }

  get serviceLogGigabytes(): number {
    const lines = this.requests * (1 + this.usage.callsPerRequest);
    return (
      (lines * this.usage.logKilobytesPerRequest) / kilobytesPerGigabyte + this.tasks * this.usage.logGigabytesPerTask
    );
  }

  get flowLogGigabytes(): number {
    const connections = this.requests / this.usage.requestsPerConnection;
    return (
      (connections * this.usage.flowLogKilobytesPerConnection) / kilobytesPerGigabyte +
      this.tasks * this.usage.flowLogGigabytesPerTask
    );
  }

  /** Without a filter the web ACL logs every request. */
  get webAclLogGigabytes(): number {
    const [logging] = this.resources.ofType("aws_wafv2_web_acl_logging_configuration");
    const share = logging?.arguments.logging_filter?.default_behavior === "DROP" ? this.usage.webAclMatchedShare : 1;
    return (this.requests * share * this.usage.webAclLogKilobytes) / kilobytesPerGigabyte;
  }

  /** From tasks to AWS, through NAT gateways or endpoints. */
  get outboundGigabytes(): number {
    return this.serviceLogGigabytes + this.tasks * this.usage.outboundGigabytesPerTask;
  }

  private requestLimit({ arguments: policy }: Resource): number[] {
    const tracking = policy.target_tracking_scaling_policy_configuration;
    if (tracking?.predefined_metric_specification?.predefined_metric_type !== "ALBRequestCountPerTarget") return [];
    const target = this.resources.referredTo(policy.resource_id, "aws_appautoscaling_target");
    const service = this.resources.referredTo(target?.arguments.resource_id, "aws_ecs_service");
    return service ? [(tracking.target_value / 60) * this.tasksOf(service)] : [];
  }
}

export function gigabytes(requests: number, kilobytesEach: number): number {
  return (requests * kilobytesEach) / kilobytesPerGigabyte;
}
