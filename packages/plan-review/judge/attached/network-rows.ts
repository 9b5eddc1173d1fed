import type { ClassifiedChange } from "../../classify/classify";
import { list } from "../../classify/meaning";
import { at, type Json } from "../../read/plan";
import { matches } from "../policies/pattern";
import { isCreated } from "../reach/resources";
import { after, type Subject, words } from "../rule";
import { isWithout, type Row, targetsOf } from "./attached";

/** New routes, names and rules by which what was there is reached otherwise, or not at all. The first that fits counts. */
export const networkRows: readonly Row[] = [
  {
    type: /^aws_a?lb_listener_rule$/,
    to: ["listener_arn"],
    when: takesEverything,
    severity: "medium",
    says: "every request that reaches it goes elsewhere",
    outage: "connections drain",
  },
  {
    type: /^aws_a?lb_listener_rule$/,
    to: ["listener_arn"],
    when: passesLogin,
    severity: "medium",
    says: "what it takes is no longer asked to log in, as a rule after it asks",
    instead: "let it authenticate, too, or put it after that rule",
  },
  {
    type: /^aws_vpc_block_public_access_options$/,
    to: [],
    when: (change) => /^block/.test(words(after(change, "internet_gateway_block_mode"))),
    severity: "high",
    says: "the internet gateways of all VPCs of the region are shut",
    outage: "downtime",
    instead: "exclude the VPCs that serve the internet first",
  },
  {
    type: /^aws_route_table_association$/,
    to: ["subnet_id", "gateway_id"],
    severity: "medium",
    says: "what is in the subnet has other routes",
    outage: "connections drain",
  },
  {
    type: /^aws_route$/,
    to: ["route_table_id"],
    when: isDefaultRoute,
    severity: "medium",
    says: "what uses the table has another way out",
    outage: "connections drain",
  },
  {
    type: /^aws_route$/,
    to: ["route_table_id"],
    when: (change) => isLargerThanVpc(after(change, "destination_cidr_block")),
    severity: "medium",
    says: (change) =>
      `${words(after(change, "destination_cidr_block"))}, more than one network, is reached another way`,
    outage: "connections drain",
  },
  {
    type: /^aws_(main_route_table_association|vpc_dhcp_options_association)$/,
    to: ["vpc_id"],
    severity: "medium",
    says: "whatever in the VPC says nothing else has other routes or other name servers",
    outage: "connections drain",
  },
  {
    type: /^aws_default_network_acl$/,
    to: ["default_network_acl_id"],
    when: (change) => isWithout(change, "ingress", "egress"),
    severity: "high",
    says: "it takes over the VPC's default network ACL and removes its rules: nothing reaches its subnets any more",
    outage: "downtime",
    instead: "write down the rules that it has",
  },
  {
    type: /^aws_default_route_table$/,
    to: ["default_route_table_id"],
    when: (change) => isWithout(change, "route"),
    severity: "high",
    says: "it takes over the VPC's main route table and removes its routes: what uses it has no way out",
    outage: "downtime",
    instead: "write down the routes that it has",
  },
  {
    type: /^aws_default_(network_acl|route_table|security_group)$/,
    to: ["default_network_acl_id", "default_route_table_id", "vpc_id"],
    severity: "medium",
    says: "it takes over what the VPC has by default: rules and routes that are not written here are removed",
    outage: "connections drain",
  },
  {
    type: /^aws_network_acl_rule$/,
    to: ["network_acl_id"],
    when: isDenyingAll,
    severity: "high",
    says: "the subnets of the network ACL are cut off: a rule that counts first denies everything",
    outage: "downtime",
    instead: "deny the addresses that are meant",
  },
  {
    type: /^aws_network_acl_rule$/,
    to: ["network_acl_id"],
    severity: "medium",
    says: "other traffic passes into and out of its subnets",
  },
  {
    type: /^aws_network_acl(_association)?$/,
    to: ["subnet_id", "subnet_ids"],
    when: (change) => after(change, "subnet_id") !== undefined || !isWithout(change, "subnet_ids"),
    severity: "medium",
    says: "its rules alone say what passes into and out of the subnets",
    outage: "connections drain",
  },
  {
    type: /^aws_route53_zone$/,
    to: ["vpc"],
    when: (change) => !isWithout(change, "vpc") && !/\.(internal|local|lan|private|corp)$/.test(nameIn(change)),
    severity: "medium",
    says: (change) =>
      `inside the VPC it answers for ${nameIn(change)}: public names of it that it lacks are not found there`,
    outage: "downtime",
    instead: "copy the public zone's records first, or take a name that is not public",
  },
  {
    type: /^aws_vpc_endpoint$/,
    to: ["vpc_id"],
    when: (change) => after(change, "private_dns_enabled") === true,
    severity: "medium",
    says: "the service's usual name leads to the endpoint: who its security groups do not admit loses the service",
    outage: "connections drain",
    instead: "switch private DNS on when its security groups admit all that use the service",
  },
  {
    type: /^aws_route53_record$/,
    to: ["zone_id"],
    when: isTakingAnswers,
    severity: "medium",
    says: "a name that is there leads elsewhere, or to one more place",
    outage: "connections drain",
  },
];

function takesEverything(change: ClassifiedChange): boolean {
  const conditions = list(after(change, "condition"));
  const isAny = (condition: Json) =>
    ["path_pattern", "host_header"].some((kind) =>
      list(at(condition, kind, 0, "values")).some((value) => value === "/*" || value === "*"),
    );
  return conditions.length > 0 && conditions.every(isAny);
}

/** Whether it goes before a rule of the same listener for the same paths, and leaves out that rule's question who asks. */
function passesLogin(change: ClassifiedChange, { reachability }: Subject): boolean {
  const isAsking = (actions: Json | undefined) =>
    list(actions).some((each) => /^authenticate/.test(words(at(each, "type"))));
  if (isAsking(after(change, "action"))) return false;
  const own = pathsIn(list(after(change, "condition")));
  return reachability.resourcesAfter
    .ofType("aws_lb_listener_rule", "aws_alb_listener_rule")
    .filter(({ values }) => values.listener_arn === after(change, "listener_arn") && isAsking(values.action))
    .filter(({ values }) => Number(values.priority) > Number(after(change, "priority")))
    .some(({ values }) =>
      pathsIn(list(values.condition)).some((path) => own.some((each) => matches(path, each) || matches(each, path))),
    );
}

/** Without one, every path. */
function pathsIn(conditions: readonly Json[]): string[] {
  const paths = conditions.flatMap((each) => list(at(each, "path_pattern", 0, "values"))).map(words);
  return paths.length > 0 ? paths : ["*"];
}

function isDefaultRoute(change: ClassifiedChange): boolean {
  return ["destination_cidr_block", "destination_ipv6_cidr_block"].some((each) => isEverywhere(after(change, each)));
}

function isEverywhere(range: Json | undefined): boolean {
  return range === "0.0.0.0/0" || range === "::/0";
}

/** A VPC has at most 65,536 addresses. */
function isLargerThanVpc(range: Json | undefined): boolean {
  const [, bits] = /^[\d.]+\/(\d+)$/.exec(words(range)) ?? [];
  return bits !== undefined && Number(bits) < 16;
}

function isDenyingAll(change: ClassifiedChange): boolean {
  const isAnyProtocol = ["-1", "all"].includes(words(after(change, "protocol")));
  const isAnyAddress = ["cidr_block", "ipv6_cidr_block"].some((each) => isEverywhere(after(change, each)));
  // AWS's own rule that allows everything is number 100, and the lowest number counts.
  const isFirst = Number(after(change, "rule_number")) <= 100;
  return after(change, "rule_action") === "deny" && isAnyProtocol && isAnyAddress && isFirst;
}

/** It may overwrite one that Terraform did not know, or shares the answers with one that was there. */
function isTakingAnswers(change: ClassifiedChange, subject: Subject): boolean {
  const isProofForCertificate =
    nameIn(change).startsWith("_") ||
    targetsOf(change, "name", subject).some(({ type }) => type === "aws_acm_certificate");
  const namesakes = subject.reachability.resourcesAfter.called(nameIn(change));
  const hasNamesake = namesakes.some(
    (each) => each.type === change.type && each.values.type === after(change, "type") && !isCreated(each),
  );
  return hasNamesake || (after(change, "allow_overwrite") === true && !isProofForCertificate);
}

function nameIn(change: ClassifiedChange): string {
  return words(after(change, "name"));
}
