import { appendFileSync } from "node:fs";

/** The results of the jobs that one needs, as `toJSON(needs)` says them. */
export type Needs = Readonly<
  Record<string, { readonly result: string; readonly outputs?: Readonly<Record<string, string>> }>
>;

export interface Verdict {
  readonly isGreen: boolean;
  readonly summary: string;
}

/** Of a change: a pipeline may be left out only where nothing needs it, and that is known. */
export function verdictOnChange(needs: Needs): Verdict {
  const { changes, ...pipelines } = needs;
  const states = Object.entries(pipelines).map(([name, { result }]) => {
    const isLeftOut = result === "skipped" && changes?.result === "success" && changes.outputs?.[name] === "false";
    return { name, isGood: result === "success" || isLeftOut, words: isLeftOut ? "nothing here changes it" : result };
  });
  const all = [
    { name: "changes", isGood: changes?.result === "success", words: changes?.result ?? "absent" },
    ...states,
  ];
  const report = pipelines.infra?.outputs?.proof;
  const bad = all.filter(({ isGood }) => !isGood).map(({ name, words }) => `${name} (${words})`);
  const title = bad.length === 0 ? "Passed" : `Not passed: ${bad.join(", ")}`;
  const rows = all.map(({ name, words }) => [name, words]);
  if (report) rows.push(["proof", `[report with pictures](${report})`]);
  return { isGreen: bad.length === 0, summary: table(title, ["Pipeline", "Result"], rows) };
}

/** Of a deployment: what was deployed where, and what was not, with the reason. */
export function verdictOnDeploy(needs: Needs, switchedOn: readonly string[]): Verdict {
  const wordsOf = (name: string) => {
    const { result = "absent", outputs } = needs[name] ?? {};
    if (!switchedOn.includes(name)) {
      return `switched off: gh variable set DEPLOY_TO --body '${JSON.stringify([...switchedOn, name])}'`;
    }
    if (outputs?.ready === "false") return "not deployed: the reason is in the job Plan";
    if (result === "cancelled") return "gave way to a newer run, or was cancelled";
    return (
      { success: "deployed, or nothing to change", skipped: "not begun: what comes before it did not end well" }[
        result
      ] ?? result
    );
  };
  const rows = ["staging", "prod"].map((name) => [name, wordsOf(name)]);
  return { isGreen: true, summary: table("Deployment", ["Environment", "Result"], rows) };
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** On the page of the run, and in the log. */
export function summarize(text: string, file = process.env.GITHUB_STEP_SUMMARY): void {
  process.stdout.write(`${text}\n`);
  if (file) appendFileSync(file, `${text}\n`);
}
