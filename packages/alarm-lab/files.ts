import { readFileSync } from "node:fs";
import { type CollectionTag, parse as parseYaml, type ScalarTag } from "yaml";
import { LabError } from "./alarm";

/** The short forms of CloudFormation's functions in YAML: `!Ref x` is `{ Ref: x }`. */
const functions = [
  "Ref",
  "Sub",
  "GetAtt",
  "Join",
  "If",
  "FindInMap",
  "ImportValue",
  "Select",
  "Split",
  "Equals",
  "Not",
  "And",
  "Or",
  "Base64",
  "Cidr",
  "GetAZs",
  "Condition",
];
const nameOf = (tag: string) => (tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`);
const customTags = functions.flatMap((tag): (ScalarTag | CollectionTag)[] => [
  { tag: `!${tag}`, resolve: (text) => ({ [nameOf(tag)]: text }) },
  { tag: `!${tag}`, collection: "seq", resolve: (items) => ({ [nameOf(tag)]: items.toJSON() }) },
  { tag: `!${tag}`, collection: "map", resolve: (items) => ({ [nameOf(tag)]: items.toJSON() }) },
]);

/** The content of a file of JSON or YAML. */
export function parseFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new LabError(`${file} cannot be read.`);
  }
  try {
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : parseYaml(text, { customTags });
  } catch (error) {
    throw new LabError(`${file} is neither JSON nor YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

export function parseFiles(files: readonly string[]): ReadonlyMap<string, unknown> {
  return new Map(files.map((file) => [file, parseFile(file)]));
}
