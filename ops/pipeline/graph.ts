import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../shell/paths";

/** What GitHub knows when a run begins. */
export interface Trigger {
  readonly event: "pull_request" | "merge_group" | "push" | "workflow_dispatch" | "schedule" | "workflow_run";
  readonly ref: string;
  readonly actor: string;
  readonly repository: string;
  /** Repository variables. */
  readonly vars: Readonly<Record<string, string>>;
  /** The payload, as far as conditions read it. */
  readonly payload?: object;
  /** Of a fork's run, or one of Dependabot, the token may write nothing, and there is none for AWS. */
  readonly isReadOnly?: boolean;
}

export interface Outcome {
  readonly result?: Result;
  readonly outputs?: Readonly<Record<string, string>>;
}

export type Result = "success" | "failure" | "cancelled" | "skipped";

/** A job as GitHub would start it, or not. */
export interface GraphJob {
  /** `ci/backend/service/test`: the way through the workflows that call each other. */
  readonly path: string;
  /** The file that the job is written in: its claim `job_workflow_ref`. */
  readonly file: string;
  readonly result: Result;
  /** Values of the matrix of the job, or of the job that calls its workflow. */
  readonly matrix: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a job's keys as written, with every expression in them evaluated
  readonly job: any;
}

type Contexts = Record<string, unknown>;
type Outcomes = (path: string) => Outcome;

/**
 * The jobs of a run, decided by GitHub's own parser of workflows and its own evaluator of expressions. Ours is only that jobs follow those
 * that they need, and that `success()` looks at all of those, skipped ones included: https://github.com/actions/runner/issues/491
 */
export async function jobsOf(
  file: string,
  trigger: Trigger,
  outcomes: Outcomes,
  folder = workflows,
): Promise<GraphJob[]> {
  const { ref, actor, repository, vars, event, payload = {} } = trigger;
  const github = {
    event_name: event,
    ref,
    actor,
    repository,
    event: payload,
    run_id: "1",
    run_number: "1",
    token: "t",
  };
  const run = new Run(await parsers(), outcomes, folder, { github, vars, secrets: {}, matrix: {}, inputs: {} });
  return (await run.workflow(file, file.replace(".yml", ""), {}, {})).jobs;
}

const workflows = join(root, ".github/workflows");

/** ES modules only; a page that needs no graph does not load them. */
async function parsers() {
  return { ...(await import("@actions/workflow-parser")), ...(await import("@actions/expressions")) };
}

class Run {
  constructor(
    private readonly lib: Awaited<ReturnType<typeof parsers>>,
    private readonly outcomes: Outcomes,
    private readonly folder: string,
    private readonly contexts: Contexts,
  ) {}

  async workflow(
    file: string,
    path: string,
    inputs: Contexts,
    matrix: Contexts,
  ): Promise<{ jobs: GraphJob[]; result: Result; outputs: Contexts }> {
    const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = this.lib;
    const parsed = parseWorkflow(
      { name: file, content: readFileSync(join(this.folder, file), "utf8") },
      new NoOperationTraceWriter(),
    );
    const template = parsed.value && (await convertWorkflowTemplate(parsed.context, parsed.value));
    const errors = parsed.context.errors.getErrors().map(({ message }) => message);
    if (!template || errors.length > 0) throw new Error(`${file}: ${errors.join("; ")}`);
    const raw = new Map(entriesOf(find(parsed.value, "jobs")));
    const known = { ...this.contexts, inputs: { ...this.defaults(parsed.value), ...inputs } };
    const done = new Map<string, { jobs: GraphJob[]; result: Result; outputs: Contexts }>();
    for (let left = template.jobs; left.length > 0; ) {
      const next = left.find(({ needs = [] }) => needs.every(({ value }) => done.has(value)));
      if (!next) throw new Error(`${file}: the jobs ${left.map(({ id }) => id.value)} need each other.`);
      left = left.filter((job) => job !== next);
      const needs = (next.needs ?? []).map(({ value }) => value);
      const before = ancestors(
        needs,
        new Map(template.jobs.map(({ id, needs: own = [] }) => [id.value, own.map(({ value }) => value)])),
      );
      const context = {
        ...known,
        needs: Object.fromEntries(
          needs.map((id) => [id, { result: done.get(id)?.result, outputs: done.get(id)?.outputs }]),
        ),
      };
      const results = before.flatMap((id) => [
        done.get(id)?.result,
        ...(done.get(id)?.jobs ?? []).map(({ result }) => result),
      ]);
      const runs = Boolean(this.evaluate(next.if.expression, context, results));
      done.set(
        next.id.value,
        await this.job(file, `${path}/${next.id.value}`, raw.get(next.id.value), context, runs, matrix),
      );
    }
    const all = Object.fromEntries(done);
    const outputs = find(find(find(parsed.value, "on"), "workflow_call"), "outputs");
    const outputOf = (token: unknown) => this.value(find(token, "value"), { ...known, jobs: all });
    return {
      jobs: [...done.values()].flatMap(({ jobs }) => jobs),
      result: together([...done.values()].map(({ result }) => result)),
      outputs: Object.fromEntries(entriesOf(outputs).map(([name, token]) => [name, outputOf(token)])),
    };
  }

  private async job(file: string, path: string, token: unknown, context: Contexts, runs: boolean, called: Contexts) {
    if (!runs)
      return {
        jobs: [{ path, file, result: "skipped" as const, matrix: {}, job: {} }],
        result: "skipped" as const,
        outputs: {},
      };
    const jobs: GraphJob[] = [];
    let [results, outputs]: [Result[], Contexts] = [[], {}];
    for (const matrix of combinations(
      this.value(find(find(token, "strategy"), "matrix"), context) as Contexts | undefined,
    )) {
      const job = this.value(token, { ...context, matrix }) as Record<string, never>;
      if (job.uses) {
        const name = String(job.uses).replace("./.github/workflows/", "");
        const inside = await this.workflow(name, path, (job.with as Contexts | undefined) ?? {}, {
          ...called,
          ...matrix,
        });
        jobs.push({ path, file, result: inside.result, matrix, job }, ...inside.jobs);
        results = [...results, inside.result];
        outputs = inside.outputs;
      } else {
        const { result = "success", outputs: given = {} } = this.outcomes(path);
        jobs.push({ path, file, result, matrix: { ...called, ...matrix }, job });
        results = [...results, result];
        outputs = given;
      }
    }
    return { jobs, result: together(results), outputs };
  }

  private defaults(workflow: unknown): Contexts {
    const inputs = entriesOf(find(find(find(workflow, "on"), "workflow_call"), "inputs"));
    return Object.fromEntries(inputs.map(([name, token]) => [name, this.value(find(token, "default"), {})]));
  }

  /** What a part of a workflow says once its expressions are evaluated; a step's own results are not known. */
  private value(token: unknown, context: Contexts): unknown {
    const { isMapping, isSequence, isBasicExpression } = this.lib;
    const each = token as Parameters<typeof isMapping>[0] | undefined;
    if (each === undefined) return undefined;
    if (isMapping(each))
      return Object.fromEntries(entriesOf(each).map(([key, inner]) => [key, this.value(inner, context)]));
    if (isSequence(each)) return Array.from({ length: each.count }, (_, index) => this.value(each.get(index), context));
    if (isBasicExpression(each)) return this.evaluate(each.expression, context, []);
    return (each as unknown as { value: unknown }).value;
  }

  private evaluate(expression: string, context: Contexts, before: readonly (Result | undefined)[]): unknown {
    const { Lexer, Parser, Evaluator, data } = this.lib;
    const states: Record<string, boolean> = {
      always: true,
      cancelled: false,
      success: before.every((result) => result === "success"),
      failure: before.includes("failure"),
    };
    const functions = Object.entries({ ...states, hashFiles: "" }).map(([name, value]) => ({
      name,
      minArgs: 0,
      maxArgs: 255,
      call: () => JSON.parse(JSON.stringify(value), data.reviver),
    }));
    const all = { steps: {}, runner: {}, job: {}, env: {}, strategy: {}, ...context };
    const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(all), functions);
    const dictionary = JSON.parse(JSON.stringify(all), data.reviver);
    const known = new Map(functions.map((each) => [each.name.toLowerCase(), each]));
    return JSON.parse(JSON.stringify(new Evaluator(parser.parse(), dictionary, known).evaluate(), data.replacer));
  }
}

/** Those that a job needs, and what they need. */
function ancestors(ids: readonly string[], needs: ReadonlyMap<string, readonly string[]>): string[] {
  return [...new Set(ids.flatMap((id) => [id, ...ancestors(needs.get(id) ?? [], needs)]))];
}

function together(results: readonly Result[]): Result {
  const worst = (["failure", "cancelled", "success"] as const).find((result) => results.includes(result));
  return worst ?? "skipped";
}

function combinations(matrix: Contexts | undefined): Contexts[] {
  if (matrix === undefined) return [{}];
  if (matrix.include) return matrix.include as Contexts[];
  return Object.entries(matrix).reduce<Contexts[]>(
    (all, [name, values]) => all.flatMap((each) => [values].flat().map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

// biome-ignore lint/suspicious/noExplicitAny: a token of the parser, whose kinds share no type
function entriesOf(token: any): [string, unknown][] {
  return Array.from({ length: token?.count ?? 0 }, (_, index) => token.get(index)).flatMap(({ key, value }) =>
    key ? [[key.value, value] as [string, unknown]] : [],
  );
}

function find(token: unknown, name: string): unknown {
  return entriesOf(token).find(([key]) => key === name)?.[1];
}
