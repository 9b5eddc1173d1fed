// Writes every mutant that Stryker can make of some files into a JSON file: the first argument; the files are the others.
import { readFileSync, writeFileSync } from "node:fs";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { keyOf } from "./key.mjs";

const levels = ["Trace", "Debug", "Info", "Warn", "Error", "Fatal"];
const logger = Object.fromEntries(
  levels.flatMap((level) => [
    [level.toLowerCase(), () => {}],
    [`is${level}Enabled`, () => false],
  ]),
);

const [output, ...files] = process.argv.slice(2);
const sources = files.map((name) => ({ name, content: readFileSync(name, "utf8"), mutate: true }));
const options = { plugins: null, excludedMutations: [], ignorers: [] };
const { mutants } = await new Instrumenter(logger).instrument(sources, options);
const listed = mutants.map((mutant) => ({
  key: keyOf(mutant.fileName, mutant),
  file: mutant.fileName,
  line: mutant.location.start.line,
}));
writeFileSync(output, JSON.stringify(listed));
