const words = { Creating: "create", Modifying: "update", Destroying: "delete" } as const;

/** `action address` of all that Terraform did, from the log of a deployment; a replacement is both a `create` and a `delete`. */
export function doneIn(log: string): string[] {
  const said = /^\S+ {2}(\S+): (Creating|Modifying|Destroying)\.\.\./;
  return log
    .split("\n")
    .flatMap((line) => {
      const [, address, word] = said.exec(line) ?? [];
      return address && word ? [`${words[word as keyof typeof words]} ${address}`] : [];
    })
    .sort();
}
