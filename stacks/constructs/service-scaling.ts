import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

export interface ServiceScalingProps {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  /** For services behind a load balancer. The label is `<load balancer's ARN suffix>/<target group's>`. */
  readonly requests: { readonly perTargetPerMinute: number; readonly loadBalancerLabel: string } | undefined;
  /**
   * Lower it for apps whose latency suffers before the processor is busy.
   * @default 60
   */
  readonly cpuPercent?: number;
}

/** Moves the number of tasks after CPU and requests, whichever asks for more. It owns `desired_count`. */
export class ServiceScaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    const { clusterName, serviceName, tasks, requests, cpuPercent = 60 } = props;
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: tasks.minimum,
      maxCapacity: tasks.maximum,
    });
    const policy = (metric: string, targetValue: number, resourceLabel?: string) => ({
      name: `${serviceName}-${metric}`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
        predefinedMetricSpecification: { predefinedMetricType: metric, ...(resourceLabel && { resourceLabel }) },
      },
    });
    new AppautoscalingPolicy(this, "cpu", policy("ECSServiceAverageCPUUtilization", cpuPercent));
    if (requests) {
      const { perTargetPerMinute, loadBalancerLabel } = requests;
      new AppautoscalingPolicy(
        this,
        "requests",
        policy("ALBRequestCountPerTarget", perTargetPerMinute, loadBalancerLabel),
      );
    }
  }
}
