/** Says which of Stryker's mutants it is: its file from the root of the checkout, its place (lines and columns count from 0), and its text. */
export function keyOf(file, { mutatorName, replacement, location: { start, end } }) {
  return JSON.stringify([file, start.line, start.column, end.line, end.column, mutatorName, replacement]);
}
