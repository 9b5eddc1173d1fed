import type { Difference } from "../../classify/differences";
import { eachChange, type Flag, type Rule } from "../rule";

interface Row {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly when?: (difference: Difference) => boolean;
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
      change.differences.some((each) => path.test(each.path) && when(each))
        ? [{ says, instead, outage: "downtime" }]
        : [],
    ),
  ),
};
