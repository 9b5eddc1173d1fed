import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import { after, eachChange, type Flag, type Outage, type Rule, words } from "../rule";

interface Row {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly when?: (difference: Difference, change: ClassifiedChange) => boolean;
  readonly says: string;
  readonly outage?: Outage;
  readonly instead?: string;
}

const isOff = ({ after }: Difference) => after === false || after === undefined || after === "disabled";
const isOn = ({ after }: Difference) => after === true;
const isLower = ({ before, after }: Difference) => Number(after) < Number(before);

const databases =
  /^aws_(db_instance|rds_cluster(_instance)?|docdb_cluster|neptune_cluster|elasticache_(cluster|replication_group))$/;
const restarting = /^(engine_version|instance_class|node_type)$/;
const isAtOnce = (change: ClassifiedChange) => after(change, "apply_immediately") === true;

const rows: readonly Row[] = [
  {
    type: databases,
    path: restarting,
    when: (_, change) => isAtOnce(change),
    says: "the database restarts at once: it is down for minutes",
    outage: "downtime",
    instead: "let it wait for the maintenance window (apply_immediately = false), or use a blue/green deployment",
  },
  {
    type: databases,
    path: restarting,
    when: (_, change) => !isAtOnce(change),
    says: "the database restarts in its next maintenance window: it is down for minutes",
    outage: "downtime",
  },
  {
    type: databases,
    path: /^engine_version$/,
    when: ({ before, after }) => Number.parseInt(words(before), 10) !== Number.parseInt(words(after), 10),
    says: "it is another major version of the engine: the way back is a snapshot from before",
    outage: "downtime",
    instead: "try it on a copy first, and take a snapshot just before",
  },
  {
    type: databases,
    path: /^backup_retention_period$/,
    when: ({ before }) => before === 0,
    says: "backups are switched on, for which the database stops for a moment",
    outage: "downtime",
  },
  {
    type: /^aws_instance$/,
    path: /^(instance_type|user_data|user_data_base64|ebs_optimized)$/,
    says: "the machine is stopped and started again: it is down meanwhile",
    outage: "downtime",
    instead: "start a second one with it, and move the traffic over",
  },
  {
    type: /_target_group$/,
    path: /health_check\.(path|port|protocol|matcher)/,
    says: "health is asked in another way: an answer that does not fit takes every task out",
    outage: "connections drain",
    instead: "deploy an app that answers both ways first",
  },
  {
    type: /_target_group$/,
    path: /health_check\.(interval|timeout|\w*threshold)/,
    says: "a sick task is noticed after another time",
  },
  {
    type: /_target_group$/,
    path: /^deregistration_delay$/,
    when: isLower,
    says: "a task that leaves has less time to finish what it has begun",
    outage: "connections drain",
  },
  {
    type: /^aws_a?lb$/,
    path: /^idle_timeout$/,
    says: "connections without traffic are cut after another time",
    outage: "connections drain",
    instead: "keep the app's keep-alive longer than the load balancer's",
  },
  {
    type: /^aws_a?lb_listener(_rule)?$/,
    path: /^(condition|action|default_action|priority)/,
    says: "other requests go to other places",
    outage: "connections drain",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^capacity_provider_strategy/,
    says: "tasks move to other capacity; Spot may be taken back within two minutes",
    outage: "connections drain",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^network_configuration/,
    says: "tasks start in other subnets or groups, in a rolling deploy",
    outage: "connections drain",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^deployment_circuit_breaker/,
    when: isOff,
    says: "a release that does not start is no longer rolled back",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^deployment_minimum_healthy_percent$/,
    when: isLower,
    says: "a deploy runs with less than the usual capacity",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^enable_execute_command$/,
    when: isOn,
    says: "people get a shell in running tasks",
  },
  {
    type: /^aws_ecs_cluster$/,
    path: /^setting/,
    says: "Container Insights changes: alarms and dashboards may lean on its metrics",
  },
  {
    type: /^aws_route_table_association$/,
    path: /^route_table_id$/,
    says: "the subnet's way out changes: open connections through the old one are cut",
    outage: "connections drain",
  },
  {
    type: /^aws_route53_record$/,
    path: /./,
    says: "a name leads elsewhere; resolvers remember the old answer for a while",
    outage: "connections drain",
  },
  {
    type: /^aws_ecr_repository$/,
    path: /^image_tag_mutability$/,
    when: ({ after }) => after === "MUTABLE",
    says: "what runs under a tag can be changed unseen",
  },
  { type: /^aws_kms_key$/, path: /^enable_key_rotation$/, when: isOff, says: "the key is no longer rotated" },
  {
    type: /./,
    path: /^(force_destroy|force_delete|skip_final_snapshot)$/,
    when: isOn,
    says: "the next destroy takes the contents along",
  },
  {
    type: /./,
    path: /^(prevent_destroy|auto_minor_version_upgrade|multi_az(_enabled)?|automatic_failover_enabled)$/,
    when: isOff,
    says: "a safeguard is switched off",
  },
  {
    type: /^aws_s3_bucket_lifecycle_configuration$/,
    path: /transition.*(\.|_)days$/,
    when: isLower,
    says: "objects move to another class of storage sooner, from which reading them may take hours and cost more",
  },
  {
    type: /listener$/,
    path: /^ssl_policy$/,
    when: ({ before, after }) => oldestTls(after) < oldestTls(before),
    says: "older versions of TLS are accepted",
  },
  {
    type: /listener$/,
    path: /^ssl_policy$/,
    when: ({ before, after }) => oldestTls(after) > oldestTls(before),
    says: "older versions of TLS are refused: whoever speaks no newer one cannot connect any more",
    outage: "connections drain",
  },
  {
    type: /listener$/,
    path: /^ssl_policy$/,
    when: ({ before, after }) => oldestTls(after) === oldestTls(before),
    says: "other ciphers of TLS are accepted",
    outage: "connections drain",
  },
];

/** The 2 of `ELBSecurityPolicy-TLS13-1-2-2021-06`, which accepts TLS 1.2 and 1.3; those without a number accept TLS 1.0. */
function oldestTls(policy: Difference["before"]): number {
  return Number(/(?:TLS13|TLS|FS)-1-(\d)/.exec(words(policy))?.[1] ?? 0);
}

export const behavesDifferently: Rule = {
  id: "behaves-differently",
  severity: "medium",
  why: "A change in place that users, tasks or connections may feel.",
  check: eachChange((change) => {
    if (change.action !== "update") return [];
    const later = change.unknown.map((path): Difference => ({ path, after: "known after the apply" }));
    return rows.flatMap(({ type, path, when, says, outage, instead }): Omit<Flag, "change">[] => {
      if (!type.test(change.type)) return [];
      const differences = when
        ? change.differences.filter((each) => when(each, change))
        : [...change.differences, ...later];
      const found = differences.filter((each) => path.test(each.path));
      const [first] = found;
      if (!first) return [];
      const shown =
        found.length === 1 && JSON.stringify(first).length < 120
          ? ` (${first.path}: ${words(first.before)} → ${words(first.after)})`
          : "";
      return [{ says: `${says}${shown}`, ...(outage && { outage }), ...(instead && { instead }) }];
    });
  }),
};
