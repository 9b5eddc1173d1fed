import type { ClassifiedChange } from "../../classify/classify";
import { isEmpty } from "../../classify/meaning";
import { at, type Json, type Plan } from "../../read/plan";
import { changedPolicies, inWordsOf } from "../policies/changed-policies";
import { type Grant, namesEverybody } from "../policies/policy";
import { isCreated, type Resources } from "../reach/resources";
import { after, type Flag, type Outage, type Rule, type Subject, unknownAfter } from "../rule";

interface Row {
  readonly type: RegExp;
  /** What it would do; undefined where it does nothing of note. */
  readonly says: (change: ClassifiedChange, subject: Subject) => string | undefined;
  readonly outage?: Outage;
}

const rows: readonly Row[] = [
  {
    type: /^aws_s3_bucket_lifecycle_configuration$/,
    says: (change) => (isExpiring(change) ? "objects that are there expire from now on" : undefined),
    outage: "data loss",
  },
  {
    type: /^aws_ecr_lifecycle_policy$/,
    says: () => "images that are there are deleted from now on",
    outage: "data loss",
  },
  { type: /_policy$/, says: (change, { plans }) => denial(change, plans), outage: "downtime" },
  {
    type: /^aws_a?lb_listener_rule$/,
    says: (change) => (takesEverything(change) ? "every request that reaches it goes elsewhere" : undefined),
    outage: "connections drain",
  },
  {
    type: /^aws_route$/,
    says: (change) => (isDefaultRoute(change) ? "what uses the table has another way out" : undefined),
    outage: "connections drain",
  },
  {
    type: /^aws_ebs_encryption_by_default$/,
    says: (change) => (after(change, "enabled") === false ? "new disks are not encrypted by themselves" : undefined),
  },
];

export const changesWhatExists: Rule = {
  id: "changes-what-exists",
  severity: "medium",
  why: "It is new, and what it is attached to was there before.",
  check: (subject) => {
    const resources = subject.reachability.resourcesAfter;
    return subject.changes
      .filter(({ action }) => action === "create")
      .flatMap((change) => flagsOf(change, subject, resources));
  },
};

function flagsOf(change: ClassifiedChange, subject: Subject, resources: Resources): Flag[] {
  const found = rows.filter(({ type }) => type.test(change.type));
  if (found.length === 0 || isAttachedToNew(change, resources)) return [];
  return found.flatMap(({ says, outage }): Flag[] => {
    const sentence = says(change, subject);
    return sentence === undefined ? [] : [{ change, says: sentence, ...(outage && { outage }) }];
  });
}

/** Arguments that say what something is attached to. */
const attachments = [
  ...["bucket", "repository", "queue_url", "arn", "topic_arn", "secret_arn", "key_id"],
  ...["listener_arn", "route_table_id"],
];

/** By a reference, by a name, or because nobody knows it yet: then it is created, too. */
function isAttachedToNew(change: ClassifiedChange, resources: Resources): boolean {
  const own = resources.at(change);
  return attachments.some((argument) => {
    const referred = own ? resources.referred(own, argument) : [];
    const names = after(change, argument);
    const targets = referred.length > 0 ? referred : resources.called(names).filter((each) => each !== own);
    return targets.length > 0 ? targets.every(isCreated) : unknownAfter(change, argument);
  });
}

function isExpiring(change: ClassifiedChange): boolean {
  const rules = listOf(after(change, "rule"));
  return rules.some(
    (rule) =>
      at(rule, "status") !== "Disabled" &&
      (!isEmpty(at(rule, "expiration")) || !isEmpty(at(rule, "noncurrent_version_expiration"))),
  );
}

function denial(change: ClassifiedChange, plans: readonly Plan[]): string | undefined {
  const denied = changedPolicies(change, plans).map((policy) =>
    inWordsOf(policy, (grants) => grants.denied.filter(isForAll)),
  );
  const [first] = denied.filter((each) => each !== undefined);
  return first === undefined ? undefined : `denied to everybody: ${first}`;
}

/** That nobody comes without TLS is what most policies say. */
function isForAll(grant: Grant): boolean {
  return namesEverybody(grant) && !/SecureTransport|TlsVersion/i.test(grant.condition);
}

function takesEverything(change: ClassifiedChange): boolean {
  const conditions = listOf(after(change, "condition"));
  const isAny = (condition: Json) =>
    listOf(at(condition, "path_pattern", 0, "values")).some((value) => value === "/*" || value === "*");
  return conditions.length > 0 && conditions.every(isAny);
}

function isDefaultRoute(change: ClassifiedChange): boolean {
  const everywhere = [after(change, "destination_cidr_block"), after(change, "destination_ipv6_cidr_block")];
  return everywhere.some((each) => each === "0.0.0.0/0" || each === "::/0");
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
