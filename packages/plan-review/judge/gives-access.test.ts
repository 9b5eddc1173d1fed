import { created, type MadeChange, unchanged } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

const ours = unchanged("aws_sqs_queue.q", { id: "q", arn: "arn:aws:sqs:us-east-1:111111111111:q" });
const other = "999988887777";
const role = (make: typeof created): MadeChange => make("aws_iam_role.r", { id: "app", name: "app" });
const user = (make: typeof created): MadeChange => make("aws_iam_user.u", { id: "ci", name: "ci" });
const statement = (Effect: string, Action: string) => ({ Effect, Action, Resource: "arn:aws:s3:::b/*" });
const onRole = (...Statement: object[]) =>
  created("aws_iam_role_policy.p", { role: "app", policy: JSON.stringify({ Statement }) });
const attachment = created("aws_iam_role_policy_attachment.a", {
  role: "app",
  policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
});
const accessKey = created("aws_iam_access_key.k", { user: "ci" });
const eks = (policy: string, type: string) =>
  created("aws_eks_access_policy_association.a", {
    cluster_name: "c",
    principal_arn: "arn:aws:iam::1:role/dev",
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    access_scope: [{ type }],
  });
const permission = (principal: string) =>
  created("aws_lambda_permission.p", { function_name: "f", action: "lambda:InvokeFunction", principal });
const subscription = (destination_arn: string) =>
  created("aws_cloudwatch_log_subscription_filter.s", { log_group_name: "l", destination_arn });
const replication = created("aws_s3_bucket_replication_configuration.r", {
  bucket: "b",
  rule: [{ destination: [{ bucket: "arn:aws:s3:::copy", account: other }] }],
});
const balancer = (make: typeof created, internal: boolean) =>
  make("aws_lb.l", { id: "arn:lb", arn: "arn:lb", internal });
const listener = (values: Record<string, Json>) =>
  created("aws_lb_listener.l", {
    ...{ load_balancer_arn: "arn:lb", port: 80, protocol: "HTTP", default_action: [{ type: "forward" }] },
    ...values,
  });

test("says what a role that was there may also do, and where a bucket is copied to", () => {
  const changes = [role(unchanged), onRole(statement("Allow", "s3:GetObject"), statement("Deny", "s3:PutObject"))];
  expect(saidOf(changes)).toEqual([
    "Newly allows: s3:GetObject on arn:aws:s3:::b/*",
    "Denies: s3:PutObject on arn:aws:s3:::b/*",
  ]);
  expect(saidOf([replication])).toEqual([`Copies the bucket's objects to arn:aws:s3:::copy of account ${other}`]);
});

flagsAndAllows("gives-access", {
  verdict: "dangerous",
  flags: { "an administrator of a cluster": [eks("AmazonEKSClusterAdminPolicy", "cluster")] },
  allows: {
    "an administrator of a new cluster": [
      created("aws_eks_cluster.c", { name: "c" }),
      eks("AmazonEKSClusterAdminPolicy", "cluster"),
    ],
    "an administrator of one namespace": [eks("AmazonEKSAdminPolicy", "namespace")],
    "somebody who may look": [eks("AmazonEKSViewPolicy", "cluster")],
  },
});

flagsAndAllows(["gives-access", "exposes", "weakens"], {
  flags: {
    "somebody who may look into a cluster": [eks("AmazonEKSViewPolicy", "cluster")],
    "a policy of a role that was there": [role(unchanged), onRole(statement("Allow", "s3:GetObject"))],
    "one of AWS's policies for a role that was there": [role(unchanged), attachment],
    "a key of a user who was there": [user(unchanged), accessKey],
    "a user who joins a group": [
      user(unchanged),
      created("aws_iam_user_group_membership.m", { user: "ci", groups: ["admins"] }),
    ],
    "a disk for another account": [
      created("aws_snapshot_create_volume_permission.p", { snapshot_id: "snap-1", account_id: other }),
    ],
    "a database for another account": [created("aws_db_snapshot_copy.c", { shared_accounts: [other] })],
    "another account that may call a function": [permission(other)],
    "another account's role that may call it": [permission(`arn:aws:iam::${other}:role/r`)],
    "copies of a bucket that was there": [replication],
    "logs that go to another account": [subscription(`arn:aws:logs:us-east-1:${other}:destination:d`)],
    "logs that go to another account's stream": [ours, subscription(`arn:aws:kinesis:us-east-1:${other}:stream/s`)],
    "findings that are put away": [created("aws_guardduty_filter.f", { detector_id: "d", action: "ARCHIVE" })],
    "a public listener without encryption": [balancer(unchanged, false), listener({})],
    "an address for a machine that was there": [created("aws_eip.e", { instance: "i-1" })],
    "another network": [created("aws_vpc_peering_connection.p", { vpc_id: "vpc-1", peer_owner_id: other })],
  },
  allows: {
    "a policy of a new role": [role(created), onRole(statement("Allow", "s3:GetObject"))],
    "one of AWS's policies for a new role": [role(created), attachment],
    "a service of the role's name, which says nothing of the role": [
      unchanged("aws_ecs_service.s", { id: "arn:s", name: "app" }),
      role(created),
      attachment,
    ],
    "a key of a new user": [user(created), accessKey],
    "a database that nobody shares": [created("aws_db_snapshot_copy.c", { shared_accounts: [] })],
    "a service of AWS's that may call a function": [permission("events.amazonaws.com")],
    "our own account that may call it": [ours, permission("111111111111")],
    "copies of a new bucket": [created("aws_s3_bucket.b", { bucket: "b" }), replication],
    "logs that go to a function of ours": [ours, subscription("arn:aws:lambda:us-east-1:111111111111:function:f")],
    "a filter that hides nothing": [created("aws_guardduty_filter.f", { detector_id: "d", action: "NOOP" })],
    "a listener that leads to HTTPS": [
      balancer(unchanged, false),
      listener({ default_action: [{ type: "redirect" }] }),
    ],
    "a listener of an internal load balancer": [balancer(unchanged, true), listener({})],
    "a listener of a new load balancer": [balancer(created, false), listener({})],
    "an address for nothing yet": [created("aws_eip.e", { domain: "vpc" })],
    "an address for a new machine": [
      created("aws_instance.i", { id: "i-1" }),
      created("aws_eip.e", { instance: "i-1" }),
    ],
    "another network for a new VPC": [
      created("aws_vpc.v", { id: "vpc-1" }),
      created("aws_vpc_peering_connection.p", { vpc_id: "vpc-1" }),
    ],
  },
});
