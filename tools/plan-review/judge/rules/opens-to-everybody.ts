import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import { after, eachChange, type Rule, words } from "../rule";

interface Row {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly value: RegExp;
  readonly says: string;
}

/** In every provider, and for what is new, too. AWS's security groups and policies have rules of their own. */
const rows: readonly Row[] = [
  {
    type: /^(?!aws_.*security_group).*(firewall|security_rule|security_group_rule|authorized_network|network_acl)/,
    path: /(source|cidr|remote_ip|ip_range|allowed|prefix)/,
    value: /^(0\.0\.0\.0\/0|::\/0|\*|Internet|Any)$/i,
    says: "every address may come in",
  },
  { type: /./, path: /(^|[.[])(\w*acl)$/, value: /^public-?read/i, says: "everybody may read it" },
  {
    type: /iam|acl|access|policy|binding|member/,
    path: /(member|members\[\]|entity|principal)$/,
    value: /^(allUsers|allAuthenticatedUsers)$/,
    says: "everybody may use it",
  },
  { type: /^aws_lambda_permission$/, path: /^principal$/, value: /^\*$/, says: "everybody may call it" },
  {
    type: /./,
    path: /(^|\.)(public_network_access_enabled|allow_blob_public_access|allow_nested_items_to_be_public)$/,
    value: /^true$/,
    says: "it can be reached from the internet",
  },
  {
    type: /(db_instance|rds|redshift|database|mq_broker|dms)/,
    path: /(^|\.)publicly_accessible$/,
    value: /^true$/,
    says: "it can be reached from the internet",
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

function isOutwardsOrDenied(change: ClassifiedChange, { path }: Difference): boolean {
  const said = ["direction", "type", "access", "action", "rule_action", "egress"].map((argument) =>
    words(after(change, argument)),
  );
  return (
    /egress|destination|outbound/i.test(path) ||
    said.some((each, index) => /^(egress|outbound|deny|block)$/i.test(each) || (index === 5 && each === "true"))
  );
}
