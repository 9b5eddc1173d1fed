// Writes what Stryker's report (the first argument) says of the mutants in a list of keys (the second) into a JSON file (the third).
import { readFileSync, writeFileSync } from "node:fs";
import { keyOf } from "./key.mjs";

const [reportFile, drawnFile, output] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const report = read(reportFile);
const keys = new Set(read(drawnFile));

/** Lines and columns of a report count from 1. */
const fromZero = ({ line, column }) => ({ line: line - 1, column: column - 1 });

const results = Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
  const lines = source.split("\n");
  return mutants.flatMap(({ mutatorName, replacement = "", status, location: { start, end } }) => {
    const key = keyOf(file, { mutatorName, replacement, location: { start: fromZero(start), end: fromZero(end) } });
    if (!keys.has(key)) return [];
    const one = start.line === end.line;
    const text = one
      ? lines[start.line - 1].slice(start.column - 1, end.column - 1)
      : lines[start.line - 1].slice(start.column - 1);
    return [
      { key, file, line: start.line, source: lines[start.line - 1].trim(), text, mutatorName, replacement, status },
    ];
  });
});
writeFileSync(output, JSON.stringify(results));
