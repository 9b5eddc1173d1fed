import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import { list } from "../../classify/meaning";
import { after, before, eachChange, type Flag, type Rule } from "../rule";

interface Row {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly when?: (difference: Difference, change: ClassifiedChange) => boolean;
  readonly says: string;
  readonly instead: string;
}

const rows: readonly Row[] = [
  {
    type: /^aws_a?lb_listener$/,
    path: /^(port|protocol)$/,
    says: "the load balancer answers elsewhere from now on, and nobody on the port that clients know",
    instead: "add a second listener, move the clients, then remove the first",
  },
  {
    type: /^aws_vpc$/,
    path: /^enable_dns_support$/,
    when: ({ after }) => after === false,
    says: "no name resolves in the VPC any more: neither other services nor AWS's own APIs",
    instead: "leave it on",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^deployment_minimum_healthy_percent$/,
    when: ({ after }) => after === 0,
    says: "a deploy may stop every task before a new one serves",
    instead: "keep 100, and let deployment_maximum_percent make room",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^desired_count$/,
    when: ({ after }) => after === 0,
    says: "no task runs any more",
    instead: "remove the service if that is meant",
  },
  {
    type: /^aws_ecs_service$/,
    path: /^load_balancer/,
    when: ({ after: now }, change) =>
      now === undefined && list(after(change, "load_balancer")).length < list(before(change, "load_balancer")).length,
    says: "the service leaves a load balancer: no request from there reaches its tasks any more",
    instead: "move the traffic elsewhere first",
  },
  {
    type: /^aws_appautoscaling_target$/,
    path: /^max_capacity$/,
    when: ({ after }) => after === 0,
    says: "nothing runs any more",
    instead: "remove it if that is meant",
  },
  {
    type: /^aws_autoscaling_group$/,
    path: /^(max_size|desired_capacity)$/,
    when: ({ after }) => after === 0,
    says: "no machine runs any more",
    instead: "remove the group if that is meant",
  },
  {
    type: /^aws_cloudfront_distribution$/,
    path: /^enabled$/,
    when: ({ after }) => after === false,
    says: "the distribution answers nobody any more",
    instead: "move its names to another one first",
  },
  {
    type: /^aws_(a?lb|elb)$/,
    path: /^subnets\[\]$/,
    when: ({ after }) => after === undefined,
    says: "the load balancer leaves a subnet: its addresses there are gone",
    instead: "add the new subnet first, and remove the old one when DNS has forgotten it",
  },
  {
    type: /^aws_lambda_function$/,
    path: /^reserved_concurrent_executions$/,
    when: ({ after }) => after === 0,
    says: "the function is not run any more",
    instead: "remove its triggers if that is meant",
  },
];

export const cutsOff: Rule = {
  id: "cuts-off",
  severity: "high",
  why: "A change in place after which what served does not serve.",
  check: eachChange((change) =>
    rows.flatMap(({ type, path, when = () => true, says, instead }): Omit<Flag, "change">[] =>
      change.action === "update" &&
      type.test(change.type) &&
      change.differences.some((each) => path.test(each.path) && when(each, change))
        ? [{ says, instead, outage: "downtime" }]
        : [],
    ),
  ),
};
