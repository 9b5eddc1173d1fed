import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ComputeStack } from "./compute-stack";
import { keepStateInBucket, lookUpKeyArn, prefixOf, useAccount } from "./constructs/account";
import { policyDocument } from "./constructs/policy-document";
import { type ServiceMetrics, serviceDashboard } from "./constructs/service-dashboard";
import type { Environment } from "./environments";

export interface ObservabilityStackProps {
  readonly environment: Environment;
  readonly compute: ComputeStack;
}

/**
 * A topic that mails alarms, an alarm for each service behind a load balancer, one dashboard and a budget.
 * An alarm costs 0.10 USD a month; the first three dashboards and the first two budgets are free.
 */
export class ObservabilityStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, compute }: ObservabilityStackProps) {
    super(scope, id);
    useAccount(this, environment);
    keepStateInBucket(this, environment);
    const prefix = prefixOf(environment);
    const services = behindLoadBalancers(compute);

    const topic = this.createTopic(prefix, environment);
    for (const service of services) this.alarmOnFewTargets(service, prefix, environment.tasks.minimum, topic.arn);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: prefix,
      dashboardBody: serviceDashboard(services, environment.region),
    });
    this.watchSpending(prefix, environment);
  }

  private createTopic(prefix: string, environment: Environment): SnsTopic {
    const topic = new SnsTopic(this, "alarms", {
      name: `${prefix}-alarms`,
      kmsMasterKeyId: lookUpKeyArn(this, environment),
    });
    new SnsTopicPolicy(this, "publishers", {
      arn: topic.arn,
      policy: policyDocument({
        Sid: "AlarmsPublish",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic.arn,
        Condition: { StringEquals: { "aws:SourceAccount": environment.accountId } },
      }),
    });
    new SnsTopicSubscription(this, "mail", {
      topicArn: topic.arn,
      protocol: "email",
      endpoint: environment.alarmEmail,
    });
    return topic;
  }

  /** Missing data is trouble here: a load balancer without targets reports nothing. */
  private alarmOnFewTargets(service: ServiceMetrics, prefix: string, minimumTasks: number, topicArn: string): void {
    new CloudwatchMetricAlarm(this, `${service.name}-healthy-targets`, {
      alarmName: `${prefix}-${service.name}-healthy-targets`,
      alarmDescription: `Fewer than ${minimumTasks} tasks of ${service.name} pass the load balancer's health check. Look first at the service's events.`,
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: { TargetGroup: service.targetGroup, LoadBalancer: service.loadBalancer },
      statistic: "Minimum",
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      comparisonOperator: "LessThanThreshold",
      threshold: minimumTasks,
      treatMissingData: "breaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }

  /** The whole account's: an environment has one of its own. */
  private watchSpending(prefix: string, { monthlyBudgetUsd, alarmEmail }: Environment): void {
    const mail = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE" };
    new BudgetsBudget(this, "budget", {
      name: prefix,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyBudgetUsd),
      limitUnit: "USD",
      notification: [
        { ...mail, notificationType: "ACTUAL", threshold: 80, subscriberEmailAddresses: [alarmEmail] },
        { ...mail, notificationType: "FORECASTED", threshold: 100, subscriberEmailAddresses: [alarmEmail] },
      ],
    });
  }
}

function behindLoadBalancers({ services, clusterName }: ComputeStack): ServiceMetrics[] {
  return [...services].flatMap(([name, { fargate, loadBalancer }]) =>
    loadBalancer && fargate.targetGroupArnSuffix
      ? [
          {
            name,
            clusterName,
            serviceName: fargate.serviceName,
            targetGroup: fargate.targetGroupArnSuffix,
            loadBalancer: loadBalancer.arnSuffix,
          },
        ]
      : [],
  );
}
