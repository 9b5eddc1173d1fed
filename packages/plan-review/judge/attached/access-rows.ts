import type { ClassifiedChange } from "../../classify/classify";
import { list } from "../../classify/meaning";
import { at } from "../../read/plan";
import { accountIn, isForeign } from "../policies/accounts";
import { changedPolicies, inWordsOf } from "../policies/changed-policies";
import { after, type Subject, words } from "../rule";
import { isWithout, type Row, targetsOf } from "./attached";

/** New things by which somebody, or something, gets at what was there. The first that fits counts. */
export const accessRows: readonly Row[] = [
  {
    type: /^aws_eks_access_policy_association$/,
    to: ["cluster_name"],
    when: (change) =>
      /\/AmazonEKS(Cluster)?AdminPolicy$/.test(words(after(change, "policy_arn"))) &&
      after(change, "access_scope", 0, "type") === "cluster",
    severity: "high",
    says: (change) => `${words(after(change, "principal_arn"))} administers the whole cluster from now on`,
    instead: "give it the namespaces, or the viewing, that it needs",
  },
  {
    type: /^aws_eks_access_policy_association$/,
    to: ["cluster_name"],
    severity: "medium",
    says: (change) => `${words(after(change, "principal_arn"))} may use the cluster from now on`,
  },
  {
    type: /^aws_iam_(role|user|group)_policy$/,
    to: ["role", "user", "group"],
    severity: "medium",
    says: newlySaid,
  },
  {
    type: /^aws_iam_(role|user|group)_policy_attachment$/,
    to: ["role", "user", "group"],
    severity: "medium",
    says: (change) => `what works with it may also do what ${policyIn(change)} says`,
  },
  {
    type: /^aws_iam_(access_key|user_login_profile|user_ssh_key|service_specific_credential)$/,
    to: ["user", "user_name", "username"],
    severity: "medium",
    says: "there is one more key or password by which to be this user",
  },
  {
    type: /^aws_iam_(user_group|group)_membership$/,
    to: ["groups", "group"],
    severity: "medium",
    says: (change) =>
      `${memberOf(change)} may do what group ${words(after(change, "group") ?? list(after(change, "groups")).join(", "))} may`,
  },
  {
    type: /^aws_(snapshot_create_volume_permission|ami_launch_permission)$/,
    to: [],
    when: (change) => typeof after(change, "account_id") === "string",
    severity: "medium",
    says: (change) => `account ${words(after(change, "account_id"))} may copy what is on the disk`,
  },
  {
    type: /^aws_db_(cluster_)?snapshot(_copy)?$/,
    to: [],
    when: (change) => !isWithout(change, "shared_accounts"),
    severity: "medium",
    says: (change) => `others may copy the database: ${list(after(change, "shared_accounts")).join(", ")}`,
  },
  {
    type: /^aws_lambda_permission$/,
    to: ["function_name"],
    when: (change, { plans }) => isForeign(accountIn(after(change, "principal")), plans),
    severity: "medium",
    says: (change) => `another account may call it: ${words(after(change, "principal"))}`,
  },
  {
    type: /^aws_s3_bucket_replication_configuration$/,
    to: ["bucket"],
    severity: "medium",
    says: (change) => `its objects are copied to ${destinationsOf(change)}`,
  },
  {
    type: /^aws_cloudwatch_log_subscription_filter$/,
    to: ["log_group_name"],
    when: isSentAway,
    severity: "medium",
    says: (change) => `its lines go to another account: ${words(after(change, "destination_arn"))}`,
  },
  {
    type: /^aws_guardduty_filter$/,
    to: ["detector_id"],
    when: (change) => after(change, "action") === "ARCHIVE",
    severity: "medium",
    says: "what GuardDuty finds and this names is put away before anybody sees it",
  },
  {
    type: /^aws_a?lb_listener$/,
    to: ["load_balancer_arn"],
    when: isPlainAndPublic,
    severity: "medium",
    says: (change) => `it answers without encryption on port ${words(after(change, "port"))}`,
    instead: "let it redirect to HTTPS",
  },
  {
    type: /^aws_eip(_association)?$/,
    to: ["instance", "network_interface", "instance_id", "network_interface_id"],
    when: (change) =>
      ["instance", "network_interface", "instance_id", "network_interface_id"].some((each) => after(change, each)),
    severity: "medium",
    says: "a machine that is there gets a public address",
  },
  {
    type: /^aws_(vpc_peering_connection|ec2_transit_gateway_vpc_attachment)$/,
    to: ["vpc_id"],
    severity: "medium",
    says: "another network is joined to the VPC: what routes and security groups admit gets across",
  },
];

/** What a role's, a user's or a group's new policy says; nothing of one that only the apply will tell, which is another rule's. */
function newlySaid(change: ClassifiedChange, { plans }: Subject): string | undefined {
  const policies = changedPolicies(change, plans);
  const allowed = policies.flatMap((policy) => inWordsOf(policy, (grants) => grants.allowed) ?? []);
  const denied = policies.flatMap((policy) => inWordsOf(policy, (grants) => grants.denied) ?? []);
  const said = [
    ...(allowed.length > 0 ? [`may also: ${allowed.join("; ")}`] : []),
    ...(denied.length > 0 ? [`is denied: ${denied.join("; ")}`] : []),
  ];
  return said.length > 0 ? `what works with it ${said.join("; ")}` : undefined;
}

function policyIn(change: ClassifiedChange): string {
  const arn = after(change, "policy_arn");
  return typeof arn === "string" ? arn.replace(/^.*:policy\//, "") : "a new policy";
}

function memberOf(change: ClassifiedChange): string {
  return list(after(change, "users"))
    .concat(after(change, "user") ?? [])
    .join(", ");
}

function destinationsOf(change: ClassifiedChange): string {
  return list(after(change, "rule"))
    .map((rule) => at(rule, "destination", 0))
    .map((to) => [at(to, "bucket"), at(to, "account")].filter((each) => typeof each === "string" && each !== ""))
    .map(([bucket = "a new bucket", account]) => `${bucket}${account === undefined ? "" : ` of account ${account}`}`)
    .join(", ");
}

/** A destination of CloudWatch Logs is there to take lines of other accounts. */
function isSentAway(change: ClassifiedChange, { plans }: Subject): boolean {
  const arn = words(after(change, "destination_arn"));
  return /:destination:/.test(arn) || isForeign(accountIn(arn), plans);
}

function isPlainAndPublic(change: ClassifiedChange, subject: Subject): boolean {
  const balancers = targetsOf(change, "load_balancer_arn", subject);
  const isInternal = balancers.length > 0 && balancers.every(({ values }) => values.internal === true);
  return (
    !isInternal &&
    after(change, "protocol") === "HTTP" &&
    list(after(change, "default_action")).some((action) => at(action, "type") === "forward")
  );
}
