import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ownNamespace } from "../alarms/signals";
import { policyDocument } from "./policy-document";

export interface EcsEventsProps {
  readonly prefix: string;
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
  readonly serviceNames: readonly string[];
  readonly keyArn: string;
  readonly retentionDays: number;
  /** Told of a deployment that failed: it is an event, and no metric counts it. */
  readonly ticketArn: string;
  readonly undeliveredArn: string;
  readonly undeliveredPolicy: ITerraformDependable;
  /** What a mail about a failed deployment leads to. */
  readonly playbookUrl: string;
}

/**
 * What ECS says once and forgets within the hour: failed deployments go to people, stopped tasks with their reasons into a log group, where
 * crashes are counted. 1 USD for a million events.
 */
export class EcsEvents extends Construct {
  readonly logGroupName: string;
  readonly metricNames: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EcsEventsProps,
  ) {
    super(scope, id);
    const { prefix, keyArn, retentionDays, serviceNames } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/${prefix}/events`,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
    });
    this.logGroupName = logs.name;
    this.metricNames = serviceNames.map((service) => `${service}-crashes`);
    this.tellOfFailedDeployments();
    this.keepStoppedTasks(logs);
    for (const service of serviceNames) {
      new CloudwatchLogMetricFilter(this, `${service}-crashes`, {
        name: `${prefix}-${service}-crashes`,
        logGroupName: logs.name,
        pattern: `{ $.detail.group = "service:${service}" && $.detail.stopCode = "EssentialContainerExited" }`,
        metricTransformation: {
          namespace: ownNamespace(prefix),
          name: `${service}-crashes`,
          value: "1",
          unit: "Count",
        },
      });
    }
  }

  private tellOfFailedDeployments(): void {
    const { prefix, region, accountId, clusterName, ticketArn, undeliveredArn, undeliveredPolicy, playbookUrl } =
      this.props;
    const rule = new CloudwatchEventRule(this, "deployment-failed", {
      name: `${prefix}-deployment-failed`,
      description: "A deployment of a service failed, and was rolled back where the circuit breaker could",
      eventPattern: JSON.stringify({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [{ prefix: `arn:aws:ecs:${region}:${accountId}:service/${clusterName}/` }],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      }),
    });
    new CloudwatchEventTarget(this, "deployment-failed-ticket", {
      rule: rule.name,
      // A target that is put again under the same id replaces the one that no state has any more: a rule with two cannot be deleted.
      targetId: "ticket",
      arn: ticketArn,
      inputTransformer: {
        inputPaths: { service: "$.resources[0]", deployment: "$.detail.deploymentId", reason: "$.detail.reason" },
        inputTemplate: JSON.stringify(`<service>: deployment <deployment> failed. <reason> What to do: ${playbookUrl}`),
      },
      deadLetterConfig: { arn: undeliveredArn },
      dependsOn: [undeliveredPolicy],
    });
  }

  private keepStoppedTasks(logs: CloudwatchLogGroup): void {
    const { prefix, region, accountId, clusterName, undeliveredArn, undeliveredPolicy } = this.props;
    const rule = new CloudwatchEventRule(this, "task-stopped", {
      name: `${prefix}-task-stopped`,
      description: "A task stopped: which, and why",
      eventPattern: JSON.stringify({
        source: ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        detail: {
          clusterArn: [`arn:aws:ecs:${region}:${accountId}:cluster/${clusterName}`],
          lastStatus: ["STOPPED"],
        },
      }),
    });
    new CloudwatchEventTarget(this, "task-stopped-log", {
      rule: rule.name,
      targetId: "log",
      arn: logs.arn,
      deadLetterConfig: { arn: undeliveredArn },
      dependsOn: [undeliveredPolicy, this.admitEvents(logs, rule)],
    });
  }

  /** EventBridge names its rule when it writes, and nothing when it creates the stream: a condition there would shut it out. */
  private admitEvents(logs: CloudwatchLogGroup, rule: CloudwatchEventRule): CloudwatchLogResourcePolicy {
    const principal = { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] };
    return new CloudwatchLogResourcePolicy(this, "admit-events", {
      policyName: `${this.props.prefix}-events`,
      policyDocument: policyDocument(
        {
          Sid: "EventsCreateStreams",
          Principal: principal,
          Action: "logs:CreateLogStream",
          Resource: `${logs.arn}:*`,
        },
        {
          Sid: "EventsWrite",
          Principal: principal,
          Action: "logs:PutLogEvents",
          Resource: `${logs.arn}:*`,
          Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
        },
      ),
    });
  }
}
