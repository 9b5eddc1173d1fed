import { isObject, type Plan } from "../../../read/plan";

/** The accounts in which resources of the plans are: ours, as far as the plans tell. */
export function ourAccounts(plans: readonly Plan[]): ReadonlySet<string> {
  const found = known.get(plans) ?? new Set(plans.flatMap(accountsOf));
  known.set(plans, found);
  return found;
}

const known = new WeakMap<readonly Plan[], ReadonlySet<string>>();

function accountsOf({ changes }: Plan): string[] {
  return changes.flatMap(({ mode, type, change }) =>
    [change.before, change.after].filter(isObject).flatMap(({ arn, owner_id, account_id }) => {
      if (mode === "data" && type !== "aws_caller_identity") return [];
      const named = type === "aws_caller_identity" ? [account_id] : [owner_id];
      return [...named, accountIn(arn)].filter((each): each is string => typeof each === "string");
    }),
  );
}

/** `123456789012`, and what has it where an ARN has its account. */
export function accountIn(name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  return /^(?:arn:[\w-]*:[\w-]*:[\w-]*:)?(\d{12})(?::|$)/.exec(name)?.[1];
}

/** Those of AWS that write the logs of load balancers. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const ofAws = new Set([
  ...["127311923021", "033677994240", "027434742980", "797873946194", "098369216593", "754344448648", "589379963580"],
  ...["718504428378", "383597477331", "600734575887", "114774131450", "783225319266", "582318560864", "985666609251"],
  ...["054676820928", "156460612806", "652711504416", "635631232127", "009996457667", "897822967062", "076674570225"],
  ...["507241528517"],
]);

/** Neither ours nor AWS's. */
export function isForeign(account: string | undefined, plans: readonly Plan[]): account is string {
  return account !== undefined && !ofAws.has(account) && !ourAccounts(plans).has(account);
}
