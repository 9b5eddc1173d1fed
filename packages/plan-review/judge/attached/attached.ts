import type { ClassifiedChange } from "../../classify/classify";
import { isEmpty, list } from "../../classify/meaning";
import { isObject } from "../../read/plan";
import { withoutKeys } from "../../read/references";
import { isCreated, type Resource } from "../reach/resources";
import { after, type Flag, type Outage, type Rule, type Severity, type Subject, unknownAfter } from "../rule";

/** Something new, and what it does to what was there before. */
export interface Row {
  readonly type: RegExp;
  /** Arguments that name what it is attached to: where one of them names only what is new, nothing that was there is touched. */
  readonly to: readonly string[];
  /** @default always */
  readonly when?: (change: ClassifiedChange, subject: Subject) => boolean;
  readonly severity: Severity;
  readonly says: string | ((change: ClassifiedChange, subject: Subject) => string | undefined);
  readonly outage?: Outage;
  readonly instead?: string;
}

/** What the first row that fits says of each new resource, where that row has the severity. */
export function saidByRows(rows: readonly Row[], severity: Severity): Rule["check"] {
  return (subject) =>
    subject.changes.filter(({ action }) => action === "create").flatMap((change) => flagOf(change, subject));

  function flagOf(change: ClassifiedChange, subject: Subject): Flag[] {
    for (const row of rows.filter(({ type }) => type.test(change.type))) {
      if (isAttachedToNew(change, row.to, subject) || row.when?.(change, subject) === false) continue;
      const says = typeof row.says === "string" ? row.says : row.says(change, subject);
      if (says === undefined) continue;
      const { outage, instead } = row;
      return row.severity === severity
        ? [{ change, says, ...(outage && { outage }), ...(instead && { instead }) }]
        : [];
    }
    return [];
  }
}

/** What policies that are resources of their own are put on. */
export const policyTargets = [
  ...["bucket", "repository", "queue_url", "arn", "topic_arn", "secret_arn", "key_id", "file_system_id"],
  ...["function_name", "resource_arn", "backup_vault_name", "domain_name"],
];

/** By a reference, by a name, or because the name that the configuration gives is not known yet: then it is created, too. */
export function isAttachedToNew(change: ClassifiedChange, to: readonly string[], subject: Subject): boolean {
  const named = to.map((argument) => targetsOf(change, argument, subject)).filter(({ length }) => length > 0);
  if (named.length > 0) return named.some((targets) => targets.every(isCreated));
  // What the provider computes is not known yet either, beside what names something that is in no plan.
  const isNamed = to.some((argument) => !isEmpty(after(change, argument)));
  return !isNamed && to.some((argument) => unknownAfter(change, argument) && isConfigured(change, argument, subject));
}

/** An unknown value that the configuration does not give is one that the provider fills in: its default project, what the account has. */
function isConfigured({ stack, address }: ClassifiedChange, argument: string, { plans }: Subject): boolean {
  const references = plans.find((plan) => plan.stack === stack)?.references.get(withoutKeys(address));
  return references === undefined || (references[argument] ?? []).length > 0;
}

/** Names that things of several types may have. */
const typeNamed: Readonly<Record<string, string>> = {
  role: "aws_iam_role",
  role_name: "aws_iam_role",
  user: "aws_iam_user",
  user_name: "aws_iam_user",
  group: "aws_iam_group",
  group_name: "aws_iam_group",
  groups: "aws_iam_group",
  cluster_name: "aws_eks_cluster",
};

/** What an argument names, as far as the plans have it. */
export function targetsOf(change: ClassifiedChange, argument: string, { reachability }: Subject): readonly Resource[] {
  const resources = reachability.resourcesAfter;
  const own = resources.at(change);
  const referred = own ? resources.referred(own, argument) : [];
  if (referred.length > 0) return referred;
  const type = typeNamed[argument];
  return [after(change, argument)]
    .flat()
    .flatMap((value) => (isObject(value) ? Object.values(value) : [value]))
    .flatMap((name) => resources.called(name))
    .filter((each) => each !== own && (type === undefined || each.type === type));
}

/** Whether it names none of these blocks or lists. */
export function isWithout(change: ClassifiedChange, ...names: readonly string[]): boolean {
  return names.every((name) => list(after(change, name)).length === 0 && !unknownAfter(change, name));
}
