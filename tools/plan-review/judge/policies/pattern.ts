/** What a statement names: one of IAM's patterns (`*` is anything, `?` one character), or all but some. */
export type Pattern = string | { readonly allBut: readonly string[] };

export function patternInWords(pattern: Pattern): string {
  return typeof pattern === "string" ? pattern : `all but ${pattern.allBut.join(", ")}`;
}

/** Actions are the same in capitals and without. */
export function lowerCase(pattern: Pattern): Pattern {
  if (typeof pattern === "string") return pattern.toLowerCase();
  return { allBut: pattern.allBut.map((each) => each.toLowerCase()) };
}

/** Whether the first names all that the second does. */
export function covers(wider: Pattern, narrower: Pattern): boolean {
  if (wider === narrower || wider === "*") return true;
  if (typeof wider === "string") return typeof narrower === "string" && matches(wider, narrower);
  if (typeof narrower === "string") return !wider.allBut.some((each) => mayOverlap(each, narrower));
  // What the wider one leaves out, the narrower one has to leave out, too.
  return wider.allBut.every((each) => narrower.allBut.some((other) => matches(other, each)));
}

export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  if (!/[*?]/.test(pattern)) return false;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}

/** Whether something may fit both. Of two patterns only their beginnings are compared. */
function mayOverlap(a: string, b: string): boolean {
  if (matches(a, b) || matches(b, a)) return true;
  const [left, right] = [stemOf(a), stemOf(b)];
  if (left === a || right === b) return false;
  return left.startsWith(right) || right.startsWith(left);
}

function stemOf(pattern: string): string {
  return pattern.replace(/[*?].*$/, "");
}
