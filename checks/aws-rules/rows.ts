import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Wrong } from "./wrongs/wrong";

const folder = join(__dirname, "wrongs");
const load = createRequire(__filename);

/** Every wrong call that a file of `wrongs` exports, in the order of the files' names. */
export const wrongs: readonly Wrong[] = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => Object.values<unknown>(load(join(folder, file))))
  .filter(Array.isArray)
  .flat()
  .filter(isWrong);

function isWrong(value: object): value is Wrong {
  return "wrong" in value && "right" in value;
}
