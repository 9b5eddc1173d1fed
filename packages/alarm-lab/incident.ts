import { LabError } from "./alarm";
import { readTestFile, type Test } from "./test-file";

/** An incident that nothing is expected of: a file with name, title and series, as tests have them. */
export function readIncident(file: string, content: unknown): Test & { readonly title: string } {
  const { name, title, series, ...others } = (content ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || typeof title !== "string") throw new LabError(`${file}: name and title are texts.`);
  if (!Array.isArray(series) || series.length === 0)
    throw new LabError(`${file}: series is a list of at least one metric.`);
  const [test] = readTestFile(file, { tests: [{ ...others, name, series }] }).tests;
  return { ...(test as Test), title };
}
