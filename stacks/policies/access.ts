import type { Arguments, Synthesized } from "../synthesized";
import { named, statementsOf } from "./policy";

/** Somebody asks AWS for something. */
export interface Request {
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  /** The AWS service that asks, where the policy is that of a resource. */
  readonly service?: string;
  /** What conditions may ask for, such as `aws:SourceAccount`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether statements allow a request: one does, and none denies it. Names that only AWS knows are compared as they are written. */
export function allows(statements: readonly Arguments[], request: Request): boolean {
  return isAllowedBy(about(statements, request.action), request);
}

/** The requests that statements do not allow. Which statements are about an action is looked up once. */
export function refusedBy(statements: readonly Arguments[], requests: readonly Request[]): Request[] {
  const byAction = new Map<string, Arguments[]>();
  return requests.filter((request) => {
    const known = byAction.get(request.action) ?? about(statements, request.action);
    byAction.set(request.action, known);
    return !isAllowedBy(known, request);
  });
}

function about(statements: readonly Arguments[], action: string): Arguments[] {
  return statements.filter(({ Action }) =>
    list(Action).some((pattern) => matches(action.toLowerCase(), pattern.toLowerCase())),
  );
}

function isAllowedBy(statements: readonly Arguments[], request: Request): boolean {
  const applying = (effect: string) =>
    statements.some((statement) => statement.Effect === effect && applies(statement, request));
  return applying("Allow") && !applying("Deny");
}

/** The statements of the policies that a role has inline, or attached. */
export function statementsOfRole(stacks: Synthesized, isRole: (reference: string) => boolean): Arguments[] {
  const inline = stacks.resources("aws_iam_role_policy").map(([, policy]) => policy);
  const attached = stacks
    .resources("aws_iam_role_policy_attachment")
    .map(([, { role, policy_arn }]) => ({ role, policy: named(stacks, policy_arn)?.policy }));
  return [...inline, ...attached]
    .filter(({ role, policy }) => policy !== undefined && isRole(String(role)))
    .flatMap(({ policy }) => statementsOf(stacks.resolved(policy)));
}

/** Condition operators that are understood, by whether a value of the request meets one of the policy. */
const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: matches,
  ArnEquals: matches,
  ArnLike: matches,
  Bool: (value, wanted) => value === wanted,
};

function applies({ Resource, Principal, Condition = {}, Effect }: Arguments, request: Request): boolean {
  const { resource, service, context = {} } = request;
  return (
    // The policy of a role's trust names no resource.
    (Resource === undefined || list(Resource).some((pattern) => matches(resource, pattern))) &&
    (service === undefined || Principal === "*" || list(Principal?.Service).includes(service)) &&
    Object.entries(Condition as Record<string, Record<string, unknown>>).every(([operator, wanted]) =>
      Object.entries(wanted).every(([key, values]) => {
        const meets = operators[operator];
        // What is not understood denies, and does not allow.
        if (!meets) return Effect === "Deny";
        const value = context[key];
        return value !== undefined && list(values).some((each) => meets(value, each));
      }),
    )
  );
}

const patterns = new Map<string, RegExp>();

function matches(text: string, pattern: string): boolean {
  if (pattern === text || pattern === "*") return true;
  if (!/[*?]/.test(pattern)) return false;
  const known = patterns.get(pattern);
  if (known) return known.test(text);
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const made = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
  patterns.set(pattern, made);
  return made.test(text);
}

function list(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [String(value)];
}
