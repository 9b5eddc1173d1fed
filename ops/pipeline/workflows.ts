import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { root } from "../shell/paths";

export type Values = Readonly<Record<string, string>>;

export interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Values;
  readonly with?: Values;
}

/** A text is an expression: an earlier job says the values. */
type Matrix = Readonly<Record<string, readonly string[] | string>>;

export interface Job {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Values;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly permissions?: Values;
  readonly environment?: string | { readonly name: string; readonly deployment?: boolean };
  readonly "runs-on"?: string;
  readonly outputs?: Values;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": unknown; readonly queue?: string };
  readonly strategy?: { readonly matrix: Matrix };
  readonly env?: Values;
  readonly secrets?: Values | "inherit";
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
}

interface Trigger {
  readonly paths?: readonly string[];
  readonly branches?: readonly string[];
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
}

export interface Workflow {
  /** `backend-ci` */
  readonly name: string;
  readonly on: Readonly<Record<string, Trigger | null>>;
  readonly permissions?: Values;
  readonly concurrency?: Job["concurrency"];
  readonly jobs: Readonly<Record<string, Job>>;
}

/** One command of a job, with the values that a run would give it where they are known beforehand. */
export interface Command {
  /** `backend-ci/check/test`: the way through the workflows that call each other. */
  readonly job: string;
  readonly run: string;
  readonly env: Values;
}

const folder = join(root, ".github/workflows");

export function readWorkflows(): Workflow[] {
  return readdirSync(folder)
    .sort()
    .map((file) => readWorkflow(file));
}

export function readWorkflow(file: string): Workflow {
  return { ...parse(readFileSync(join(folder, file), "utf8")), name: basename(file, ".yml") };
}

/** The steps of an action of this repository. */
export function readAction(uses: string): readonly Step[] {
  return parse(readFileSync(join(root, uses, "action.yml"), "utf8")).runs.steps;
}

/** Whether something else starts a workflow than another workflow. */
export function startsByItself({ on }: Workflow): boolean {
  return Object.keys(on).some((trigger) => trigger !== "workflow_call");
}

/** All commands of a workflow in their order, with those of the workflows and actions that it uses, once for each value of a matrix. */
export function commandsOf(workflow: Workflow, given: Values = {}, path = workflow.name): Command[] {
  const inputs = prefixed("inputs", given);
  return Object.entries(workflow.jobs).flatMap(([name, job]) =>
    combinations(job.strategy?.matrix ?? {}).flatMap((matrix) => {
      const known = { ...inputs, ...prefixed("matrix", matrix) };
      const place = `${path}/${name}`;
      if (isLeftOut(job.if, known)) return [];
      if (job.uses) {
        const called = readWorkflow(basename(job.uses));
        return commandsOf(called, { ...defaultsBut(job.with, called), ...resolved(job.with, known) }, place);
      }
      return commandsIn(job.steps ?? [], place, known, resolved(job.env, known));
    }),
  );
}

function commandsIn(steps: readonly Step[], job: string, known: Values, jobEnv: Values): Command[] {
  return steps.flatMap(({ run, uses, if: condition, env, with: given }) => {
    if (isLeftOut(condition, known)) return [];
    if (uses?.startsWith("./")) {
      return commandsIn(readAction(uses), job, prefixed("inputs", resolved(given, known)), {});
    }
    return run === undefined ? [] : [{ job, run, env: { ...jobEnv, ...resolved(env, known) } }];
  });
}

/** A condition on nothing but an input is known beforehand; any other may hold. */
function isLeftOut(condition: string | undefined, known: Values): boolean {
  const [, input = "", operator, value] = /^(inputs\.[\w-]+) ([!=]=) '([^']*)'$/.exec(condition ?? "") ?? [];
  const actual = known[input];
  return actual !== undefined && (actual === value) !== (operator === "==");
}

/** What a called workflow takes for the inputs that its caller does not name. */
function defaultsBut(given: Values | undefined, called: Workflow): Values {
  const inputs = Object.entries(called.on.workflow_call?.inputs ?? {}).filter(([name]) => given?.[name] === undefined);
  return Object.fromEntries(
    inputs.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Which environments are switched on, only GitHub knows: each of these may be. */
const switchable = ["staging", "prod"];

function combinations(matrix: Matrix): Values[] {
  return Object.entries(matrix).reduce<Values[]>(
    (all, [key, given]) => {
      const isOfEnvironments = typeof given === "string" && ["environment", "include"].includes(key);
      const [name, values] = isOfEnvironments ? ["environment", switchable] : [key, [given].flat()];
      return all.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
    },
    [{}],
  );
}

function prefixed(context: string, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${context}.${name}`, value]));
}

/** What only GitHub knows is left out. */
function resolved(values: Values | undefined, known: Values): Values {
  const entries = Object.entries(values ?? {}).map(([name, value]) => {
    const text = String(value).replace(/\$\{\{ *([\w.-]+) *\}\}/g, (whole, expression) => known[expression] ?? whole);
    return [name, text] as const;
  });
  return Object.fromEntries(entries.filter(([, text]) => !text.includes("${{")));
}
