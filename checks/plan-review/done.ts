import { stripVTControlCharacters } from "node:util";

const words = { Creating: "create", Modifying: "update", Destroying: "delete" } as const;

/** `action address` of all that Terraform did, from what it said; a replacement is both a `create` and a `delete`. */
export function doneIn(log: string): string[] {
  const said = /^(?:\S+\s+)?(\S+?)(?: \(deposed object \w+\))?: (Creating|Modifying|Destroying)\.\.\./;
  return stripVTControlCharacters(log)
    .split("\n")
    .flatMap((line) => {
      const [, address, word] = said.exec(line.trim()) ?? [];
      return address && word ? [`${words[word as keyof typeof words]} ${address}`] : [];
    })
    .sort();
}
