import { EC2Client, paginateDescribeSecurityGroupRules } from "@aws-sdk/client-ec2";
import {
  type Action as ApiAction,
  type LoadBalancer as ApiLoadBalancer,
  type Rule as ApiRule,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { addressRule } from "./admission";
import type { Action, AddressRule, Condition, Listener, LoadBalancer, Rule, Target } from "./load-balancer";

const DEFAULT_IDLE_TIMEOUT_SECONDS = 60;

/** Asks the APIs of one emulated account; endpoint and region come from the environment, as for any AWS SDK client. */
export class Account {
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly ec2: EC2Client;
  private readonly route53: Route53Client;

  constructor(readonly id: string) {
    // The emulator takes a 12-digit access key id for the account.
    const credentials = { accessKeyId: id, secretAccessKey: "test" };
    this.elb = new ElasticLoadBalancingV2Client({ credentials });
    this.ec2 = new EC2Client({ credentials });
    this.route53 = new Route53Client({ credentials });
  }

  async loadBalancers(): Promise<LoadBalancer[]> {
    const { LoadBalancers = [] } = await this.elb.send(new DescribeLoadBalancersCommand({}));
    const applications = LoadBalancers.filter(({ Type }) => Type === "application");
    const aliases = applications.length > 0 ? await this.aliases() : new Map<string, string[]>();
    return Promise.all(applications.map((found) => this.loadBalancer(found, aliases)));
  }

  private async loadBalancer(found: ApiLoadBalancer, aliases: Map<string, string[]>): Promise<LoadBalancer> {
    const dnsName = found.DNSName ?? "";
    return {
      arn: found.LoadBalancerArn ?? "",
      name: found.LoadBalancerName ?? "",
      dnsName,
      internal: found.Scheme === "internal",
      openTo: found.Scheme === "internal" ? undefined : await this.addressRules(found),
      aliases: aliases.get(dnsName.toLowerCase()) ?? [],
      idleTimeoutSeconds: await this.idleTimeoutSeconds(found),
      listeners: await this.listeners(found),
    };
  }

  private async addressRules({ SecurityGroups: Values = [] }: ApiLoadBalancer): Promise<AddressRule[]> {
    const rules: AddressRule[] = [];
    const pages = paginateDescribeSecurityGroupRules({ client: this.ec2 }, { Filters: [{ Name: "group-id", Values }] });
    for await (const { SecurityGroupRules = [] } of pages) {
      for (const { IsEgress, IpProtocol, CidrIpv4: cidr, FromPort = 0, ToPort = 65_535 } of SecurityGroupRules) {
        if (IsEgress || cidr === undefined || !["tcp", "-1"].includes(IpProtocol ?? "")) continue;
        // Minus one is every port.
        rules.push(addressRule(cidr, Math.max(FromPort, 0), ToPort < 0 ? 65_535 : ToPort));
      }
    }
    return rules;
  }

  private async idleTimeoutSeconds({ LoadBalancerArn }: ApiLoadBalancer): Promise<number> {
    const { Attributes = [] } = await this.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    const value = Attributes.find(({ Key }) => Key === "idle_timeout.timeout_seconds")?.Value;
    return value === undefined ? DEFAULT_IDLE_TIMEOUT_SECONDS : Number(value);
  }

  private async listeners({ LoadBalancerArn }: ApiLoadBalancer): Promise<Listener[]> {
    const { Listeners = [] } = await this.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    return Promise.all(
      Listeners.map(async ({ ListenerArn, Port = 80, Protocol = "HTTP" }) => {
        const { Rules = [] } = await this.elb.send(new DescribeRulesCommand({ ListenerArn }));
        const rules = Rules.sort((a, b) => priorityOf(a) - priorityOf(b)).map((rule) => this.rule(rule));
        return { port: Port, protocol: Protocol, rules: await Promise.all(rules) };
      }),
    );
  }

  private async rule({ Conditions = [], Actions = [] }: ApiRule): Promise<Rule> {
    return { conditions: Conditions.map(conditionOf), action: await this.action(Actions) };
  }

  private async action(actions: ApiAction[]): Promise<Action> {
    const [first] = actions;
    if (!first || actions.length > 1) {
      return {
        type: "unsupported",
        what: `an action of ${actions.map(({ Type }) => Type).join(" and ") || "nothing"}`,
      };
    }
    if (first.Type === "forward") {
      const groups = first.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: first.TargetGroupArn, Weight: 1 }];
      const targets = groups.map(({ TargetGroupArn, Weight = 1 }) => this.targets(TargetGroupArn ?? "", Weight));
      return { type: "forward", targets: (await Promise.all(targets)).flat() };
    }
    return fixedActionOf(first);
  }

  /** A group's weight is shared by its targets; for the usual single group this is plain round robin. */
  private async targets(TargetGroupArn: string, weight: number): Promise<Target[]> {
    const { TargetHealthDescriptions = [] } = await this.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    const inState = (state: string) =>
      TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === state);
    const healthy = inState("healthy");
    // A load balancer whose targets all fail asks them nevertheless.
    const asked = healthy.length > 0 ? healthy : inState("unhealthy");
    return asked.map(({ Target }) => {
      const { Id: address = "", Port: port = 80 } = Target ?? {};
      return { groupArn: TargetGroupArn, address, port, weight };
    });
  }

  /** The names of alias records, by the DNS name of what they point at. */
  private async aliases(): Promise<Map<string, string[]>> {
    const names = new Map<string, string[]>();
    const { HostedZones = [] } = await this.route53.send(new ListHostedZonesCommand({}));
    for (const { Id } of HostedZones) {
      const answer = await this.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      for (const { Name, AliasTarget } of answer.ResourceRecordSets ?? []) {
        if (Name && AliasTarget?.DNSName) {
          const pointedAt = plain(AliasTarget.DNSName).replace(/^dualstack\./, "");
          names.set(pointedAt, [...(names.get(pointedAt) ?? []), plain(Name)]);
        }
      }
    }
    return names;
  }
}

function plain(dnsName: string): string {
  return dnsName.toLowerCase().replace(/\.$/, "");
}

function priorityOf({ IsDefault, Priority }: ApiRule): number {
  return IsDefault ? Number.POSITIVE_INFINITY : Number(Priority);
}

function conditionOf(condition: RuleCondition): Condition {
  const { Field: field = "", HttpHeaderConfig } = condition;
  if (HttpHeaderConfig) {
    return { field, header: HttpHeaderConfig.HttpHeaderName ?? "", values: HttpHeaderConfig.Values ?? [] };
  }
  const typed = condition.PathPatternConfig ?? condition.HostHeaderConfig ?? condition.HttpRequestMethodConfig;
  return { field, values: typed?.Values ?? condition.Values ?? [] };
}

function fixedActionOf({ Type, RedirectConfig: redirect, FixedResponseConfig: fixed }: ApiAction): Action {
  if (redirect) {
    return {
      type: "redirect",
      status: redirect.StatusCode === "HTTP_302" ? 302 : 301,
      location: {
        protocol: redirect.Protocol ?? "#{protocol}",
        host: redirect.Host ?? "#{host}",
        port: redirect.Port ?? "#{port}",
        path: redirect.Path ?? "/#{path}",
        query: redirect.Query ?? "#{query}",
      },
    };
  }
  if (fixed) {
    return {
      type: "fixed-response",
      status: Number(fixed.StatusCode),
      contentType: fixed.ContentType ?? "text/plain",
      body: fixed.MessageBody ?? "",
    };
  }
  return { type: "unsupported", what: `an action of type ${Type}` };
}
