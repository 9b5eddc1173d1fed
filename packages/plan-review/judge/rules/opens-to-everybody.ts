import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import type { Json } from "../../read/plan";
import { after, eachChange, type Rule, words } from "../rule";

interface Row {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly value: RegExp;
  readonly says: string;
}

const cameIn = "every address may come in";
const reads = "everybody may read it";
const internet = "it can be reached from the internet";
const everyAddress = /^(0\.0\.0\.0\/0|::\/0)$/;

/**
 * In every provider, and for what is new, too. AWS's security groups and policies have rules of their own;
 * its network ACLs, which admit everything until somebody says otherwise, open nothing that a security group has shut.
 */
const rows: readonly Row[] = [
  {
    type: /^(?!aws_.*(security_group|network_acl)).*(firewall|sec(urity_)?_?(rule|list|group)|secgroup|authorized_network|network_acl)/,
    path: /(source|cidr|remote_ip|ip_range|allowed|prefix)/,
    // Two ranges of a half are everybody, too.
    value: /^([\d.:]+\/[0-6]|\*|Internet|Any)$/i,
    says: cameIn,
  },
  { type: /./, path: /authorized_networks?/, value: everyAddress, says: cameIn },
  {
    type: /^aws_ec2_managed_prefix_list(_entry)?$/,
    path: /(^|\.)cidr$/,
    value: everyAddress,
    says: "every address is in a list that security groups and routes lean on",
  },
  {
    type: /^aws_db_(cluster_)?snapshot(_copy)?$/,
    path: /^shared_accounts(\[\])?$/,
    value: /^all$/,
    says: "everybody may copy it",
  },
  {
    type: /^aws_cognito_identity_pool$/,
    path: /^allow_unauthenticated_identities$/,
    value: /^true$/,
    says: "whoever does not log in gets credentials of AWS",
  },
  { type: /_firewall_rule$/, path: /^end_ip_address$/, value: /^255\.255\.255\.\d+$/, says: cameIn },
  // Azure's way to say so.
  {
    type: /_firewall_rule$/,
    path: /^end_ip_address$/,
    value: /^0\.0\.0\.0$/,
    says: "every customer of Azure may come in",
  },
  { type: /./, path: /(^|[.[])(\w*acl)$/, value: /^(public-?read|authenticated-read)/i, says: reads },
  // A grant of S3's to one of its two groups of strangers.
  { type: /./, path: /\.uri$/, value: /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/, says: reads },
  {
    type: /^azurerm_storage_container$/,
    path: /^container_access_type$/,
    value: /^(blob|container)$/,
    says: reads,
  },
  {
    type: /iam|acl|access|policy|binding|member/,
    path: /(member|members(\[\])?|entity|role_entity(\[\])?|principal)$/,
    value: /^([A-Z]+:)?(allUsers|allAuthenticatedUsers)$/,
    says: "everybody may use it",
  },
  {
    type: /^aws_\w+_(permissions?|principal)$/,
    path: /^principal(_arn)?$/,
    value: /^\*$/,
    says: "everybody may call or use it",
  },
  {
    type: /^kubernetes_\w*role_binding/,
    path: /^subject\[system:(unauthenticated|anonymous|authenticated)\]/,
    value: /^(Group|User)$/,
    says: "whoever reaches the cluster has the role",
  },
  {
    type: /^aws_lambda_function_url$/,
    path: /^authorization_type$/,
    value: /^NONE$/,
    says: "everybody may call it",
  },
  {
    type: /^aws_(ami_launch_permission|snapshot_\w+)$/,
    path: /^group$/,
    value: /^all$/,
    says: "everybody may copy it",
  },
  {
    type: /^aws_s3_(bucket|account)_public_access_block$/,
    path: /^(block|ignore|restrict)_/,
    value: /^false$/,
    says: "the lock against public buckets is open",
  },
  {
    type: /./,
    path: /(^|\.)(public_network_access_enabled|allow_blob_public_access|allow_nested_items_to_be_public)$/,
    value: /^true$/,
    says: internet,
  },
  {
    type: /(db_instance|rds|redshift|database|mq_broker|dms)/,
    path: /(^|\.)publicly_accessible$/,
    value: /^true$/,
    says: internet,
  },
  {
    type: /(iam|role_assignment)/,
    path: /(^|\.)(role|role_definition_name)$/,
    value: /^(roles\/(owner|editor)|Owner|Contributor|User Access Administrator)$/,
    says: "it gives away nearly everything",
  },
];

export const opensToEverybody: Rule = {
  id: "opens-to-everybody",
  severity: "high",
  about: "security",
  why: "Whatever the provider calls it: an open door is one, also when it is new.",
  check: eachChange((change) =>
    change.differences.flatMap((difference) =>
      rows
        .filter(
          (row) =>
            row.type.test(change.type) && row.path.test(difference.path) && row.value.test(words(difference.after)),
        )
        .filter(() => !isOutwardsOrDenied(change, difference))
        .map(({ says }) => ({
          says: `${says} (${difference.path} = ${words(difference.after)})`,
          instead: "name who needs it",
        })),
    ),
  ),
};

const sayingSo = ["direction", "type", "access", "action", "rule_action"];
const outwardsOrDenied = /^(egress|outbound|deny|block)$/i;

/** What the path says, the block that the value stands in, or the resource as a whole. */
function isOutwardsOrDenied(change: ClassifiedChange, { path }: Difference): boolean {
  const argumentsOnly = path.replace(/\[[^\]]*\]/g, "");
  if (/egress|destination|outbound|_port/i.test(argumentsOnly)) return true;
  const own = sayingSo.map((argument) => after(change, argument));
  return (
    after(change, "egress") === true ||
    [...own, ...besides(change, path)].some((each) => outwardsOrDenied.test(words(each)))
  );
}

/** What stands beside a value in its block: `security_rule[ssh].access`. */
function besides({ differences }: ClassifiedChange, path: string): (Json | undefined)[] {
  const block = path.slice(0, path.lastIndexOf(".") + 1);
  return differences
    .filter((each) => block !== "" && each.path.startsWith(block) && /\.(direction|access|action)$/.test(each.path))
    .map((each) => each.after);
}
