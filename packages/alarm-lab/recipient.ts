/** The last part of an ARN, or the resource that a reference means. What is known after the apply stays as it is. */
export function shortName(action: string): string {
  if (action.startsWith("(")) return action;
  // CDKTF ends a name with eight digits of a hash.
  const reference = /^\$\{(?:[^.]+\.)?([^.]+?)(?:_[0-9A-F]{8})?\.[^.]+\}$/.exec(action)?.[1];
  return reference ?? action.split(":").at(-1) ?? action;
}

/** A recipient is named by its ARN, its name, or a word of its name. */
export function isRecipient(action: string, who: string): boolean {
  if (who === "somebody" || action === who) return true;
  const name = shortName(action);
  return name === who || name.split(/[^A-Za-z0-9]+/).includes(who) || `-${name}-`.includes(`-${who}-`);
}
