import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { checkRows } from "./alarms/check";
import { overview, serviceDashboard } from "./alarms/dashboards";
import { playbooks } from "./alarms/playbooks";
import { savedQueries } from "./alarms/queries";
import { type AlarmRow, nameOf, playbookOf } from "./alarms/row";
import { pageRule, serviceRows } from "./alarms/service-rows";
import { sharedRows } from "./alarms/shared-rows";
import { ownNamespace, type ServiceNames } from "./alarms/signals";
import type { ComputeStack } from "./compute-stack";
import { createBackend, lookUpKeyArn, useAccount } from "./constructs/account";
import { AlarmDelivery } from "./constructs/alarm-delivery";
import { EcsEvents } from "./constructs/ecs-events";
import { prefixOf } from "./constructs/names";
import { RequestMetrics } from "./constructs/request-metrics";
import { ServiceAlarm } from "./constructs/service-alarm";
import type { Environment } from "./environments";
import type { NetworkStack } from "./network-stack";
import type { Service } from "./services";

export interface ObservabilityStackProps {
  readonly environment: Environment;
  readonly services: readonly Service[];
  readonly network: NetworkStack;
  readonly compute: ComputeStack;
}

/**
 * Who is told of what: topics for pages and tickets, the alarms of each service as `alarms/` has them in rows, one page for each incident of
 * a service, dashboards that draw what the alarms see, queries for their playbooks, and a budget.
 */
export class ObservabilityStack extends TerraformStack {
  private readonly prefix: string;
  private readonly delivery: AlarmDelivery;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ObservabilityStackProps,
  ) {
    super(scope, id);
    const { environment } = props;
    useAccount(this, environment);
    createBackend(this, environment);
    this.prefix = prefixOf(environment);
    const keyArn = lookUpKeyArn(this, environment);
    this.delivery = new AlarmDelivery(this, "delivery", {
      prefix: this.prefix,
      region: environment.region,
      accountId: environment.accountId,
      keyArn,
      email: environment.alarmEmail,
    });
    const services = this.serviceNames();
    const events = this.keepEvents(services, keyArn);
    const counted = this.countRequests(services);
    const rows = new Map(services.map((service) => [service, this.rowsOf(service)]));
    const shared = this.sharedRows();
    checkRows([...rows.values(), shared].flat(), {
      own: { namespace: ownNamespace(this.prefix), names: [events, ...counted].flatMap((each) => each.metricNames) },
      playbooks,
    });
    const pages = this.watchServices(rows);
    for (const row of shared) this.addAlarm(row);
    const { region, objectives } = environment;
    new CloudwatchDashboard(this, "overview", {
      dashboardName: this.prefix,
      dashboardBody: overview({
        ...{ region, objectives, services, prefix: this.prefix },
        pageArns: [...pages.values()].map(({ arn }) => arn),
        eventsLogGroup: events.logGroupName,
      }),
    });
    this.saveQueries(services, events.logGroupName);
    this.createBudget();
  }

  private serviceNames(): ServiceNames[] {
    const { services, compute } = this.props;
    return services.map(({ name, calls }) => {
      const { fargate, loadBalancer } = compute.service(name);
      const traffic =
        loadBalancer && fargate.targetGroupArnSuffix
          ? { targetGroup: fargate.targetGroupArnSuffix, loadBalancer: loadBalancer.arnSuffix }
          : undefined;
      return {
        ...{ name, calls, traffic },
        clusterName: compute.clusterName,
        serviceName: fargate.serviceName,
        logGroupName: fargate.logGroupName,
      };
    });
  }

  private keepEvents(services: readonly ServiceNames[], keyArn: string): EcsEvents {
    const { name, region, accountId, logRetentionDays } = this.props.environment;
    return new EcsEvents(this, "events", {
      ...{ prefix: this.prefix, region, accountId, keyArn },
      clusterName: name,
      serviceNames: services.map((service) => service.name),
      retentionDays: logRetentionDays,
      ticketArn: this.delivery.topicArns.ticket,
      undeliveredArn: this.delivery.undeliveredArn,
      undeliveredPolicy: this.delivery.undeliveredPolicy,
      playbookUrl: this.playbookUrl("deployment-failed"),
    });
  }

  private countRequests(services: readonly ServiceNames[]): RequestMetrics[] {
    const { objectives } = this.props.environment;
    if ("none" in objectives) return [];
    const { prefix } = this;
    const slowSeconds = objectives.latency.seconds;
    return services
      .filter(({ traffic }) => traffic !== undefined)
      .map(({ name, logGroupName, calls }) => {
        const callsApi = calls.length > 0;
        return new RequestMetrics(this, `${name}-requests`, {
          prefix,
          service: name,
          logGroupName,
          slowSeconds,
          callsApi,
        });
      });
  }

  private rowsOf(service: ServiceNames): AlarmRow[] {
    const { objectives, tasks } = this.props.environment;
    return serviceRows({ service, objectives, prefix: this.prefix, minimumTasks: tasks.minimum });
  }

  private sharedRows(): AlarmRow[] {
    if ("none" in this.props.environment.objectives) return [];
    const { failed, undelivered } = this.delivery.signals;
    const { natGatewayIds } = this.props.network;
    return sharedRows({ natGatewayIds, failedNotifications: failed, undelivered });
  }

  /** The alarm of each service that pages, by its name. Called services come first: a caller's page is held back while theirs ring. */
  private watchServices(
    rowsOf: ReadonlyMap<ServiceNames, readonly AlarmRow[]>,
  ): ReadonlyMap<string, CloudwatchCompositeAlarm> {
    const { objectives, region } = this.props.environment;
    const pages = new Map<string, CloudwatchCompositeAlarm>();
    for (const service of calledFirst([...rowsOf.keys()])) {
      const rows = rowsOf.get(service) ?? [];
      const alarms = rows.map((row) => this.addAlarm(row));
      const page = this.pageFor(service, rows, alarms, pages);
      if (page) pages.set(service.name, page);
      if (rows.length === 0) continue;
      new CloudwatchDashboard(this, `${service.name}-dashboard`, {
        dashboardName: `${this.prefix}-${service.name}`,
        dashboardBody: serviceDashboard({ service, rows, region, objectives, prefix: this.prefix }),
      });
    }
    return pages;
  }

  private addAlarm(row: AlarmRow): ServiceAlarm {
    const id = nameOf(row);
    return new ServiceAlarm(this, id, {
      row,
      name: `${this.prefix}-${id}`,
      playbookUrl: this.playbookUrl(playbookOf(row)),
      topicArns: row.severity === "none" ? [] : [this.delivery.topicArns[row.severity]],
    });
  }

  private pageFor(
    service: ServiceNames,
    rows: readonly AlarmRow[],
    alarms: readonly ServiceAlarm[],
    pages: ReadonlyMap<string, CloudwatchCompositeAlarm>,
  ): CloudwatchCompositeAlarm | undefined {
    const rule = pageRule(rows, (row) => alarms[rows.indexOf(row)]?.name ?? "");
    if (!rule) return undefined;
    const called = service.calls.flatMap((name) => pages.get(name) ?? []);
    const cause = called.length > 1 ? this.anyOf(service, called) : called[0];
    return new CloudwatchCompositeAlarm(this, `${service.name}-page`, {
      alarmName: `${this.prefix}-${service.name}`,
      alarmDescription: `Users of ${service.name} are not served as promised. What to do: ${this.playbookUrl("a-service-pages")}`,
      alarmRule: rule,
      alarmActions: [this.delivery.topicArns.page],
      okActions: [this.delivery.topicArns.page],
      // As for its parts: one that suppresses another stays until that has changed.
      lifecycle: { createBeforeDestroy: true },
      ...(cause && { actionsSuppressor: { alarm: cause.alarmName, waitPeriod: 60, extensionPeriod: 180 } }),
    });
  }

  /** A suppressor is one alarm; several called services need one that speaks for all. */
  private anyOf(service: ServiceNames, called: readonly CloudwatchCompositeAlarm[]): CloudwatchCompositeAlarm {
    return new CloudwatchCompositeAlarm(this, `${service.name}-causes`, {
      alarmName: `${this.prefix}-${service.name}-causes`,
      alarmDescription: `Something that ${service.name} calls is in trouble; holds its own page back.`,
      alarmRule: called.map(({ alarmName }) => `ALARM("${alarmName}")`).join(" OR "),
      // As for the page that it holds back.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private saveQueries(services: readonly ServiceNames[], eventsLogGroup: string): void {
    const logGroups = services.map(({ logGroupName }) => logGroupName);
    for (const { id, ofEvents, query } of savedQueries) {
      new CloudwatchQueryDefinition(this, `query-${id}`, {
        name: `${this.prefix}/${id}`,
        logGroupNames: ofEvents ? [eventsLogGroup] : logGroups,
        queryString: query,
      });
    }
  }

  /** Where a mail leads: the playbook's heading in this repository. */
  private playbookUrl(heading: string): string {
    return `https://github.com/${this.props.environment.githubRepository}/blob/main/OBSERVABILITY.md#${heading}`;
  }

  /** The whole account's: an environment has one of its own. */
  private createBudget(): void {
    const { monthlyBudgetUsd, alarmEmail } = this.props.environment;
    const mail = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE" };
    new BudgetsBudget(this, "budget", {
      name: this.prefix,
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

function calledFirst(services: readonly ServiceNames[]): ServiceNames[] {
  const ordered = new Set<ServiceNames>();
  const visit = (service: ServiceNames, callers: readonly ServiceNames[]): void => {
    // Services may call each other in a circle; somebody has to be first.
    if (ordered.has(service) || callers.includes(service)) return;
    for (const called of services.filter(({ name }) => service.calls.includes(name)))
      visit(called, [...callers, service]);
    ordered.add(service);
  };
  for (const service of services) visit(service, []);
  return [...ordered];
}
