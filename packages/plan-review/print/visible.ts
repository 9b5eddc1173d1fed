/** What steers a terminal, or turns the direction in which a text is read: C0, C1, line separators and the marks of bidirectional text. */
const steering = "\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069";
const runs = new RegExp(`[${steering}]+`, "g");
const eachButNewlines = new RegExp(`(?!\\n)[${steering}]`, "g");

/** What GitHub takes for a command, in the log of a job: `::error::` where a line begins, and `##[error]` wherever it stands. */
const commands = /(?<=^\s*):(?=:)|##(?=\[)/g;

/** Values of a plan must neither steer the terminal nor GitHub, nor look like another line. */
export function oneLine(text: string): string {
  return text.replace(runs, " ").replace(commands, "$&\u200b");
}

/** The same for a message of several lines. */
export function withoutControls(text: string): string {
  return text.split("\n").map(oneLine).join("\n");
}

/** JSON keeps them, but as it writes others that cannot be seen. */
export function visibleInJson(json: string): string {
  return json
    .replace(eachButNewlines, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("##[", "\\u0023#[");
}
