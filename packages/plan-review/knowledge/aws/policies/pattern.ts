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

/** In one pass, whatever stars there are: when something does not fit, the last star takes one character more. */
export function matches(pattern: string, text: string): boolean {
  let [place, star, taken] = [0, -1, 0];
  for (let at = 0; at < text.length; ) {
    const wanted = pattern[place];
    if (wanted === "*") {
      star = place++;
      taken = at;
    } else if (wanted === "?" || wanted === text[at]) {
      place++;
      at++;
    } else if (star === -1) {
      return false;
    } else {
      place = star + 1;
      at = ++taken;
    }
  }
  return /^\**$/.test(pattern.slice(place));
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
