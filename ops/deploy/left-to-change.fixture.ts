import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { synthesizedStack } from "../shell/paths";

/** What a plan of a deployed stack would change, as Terraform prints it; empty where nothing is left to change. */
export function leftToChange(stack: string): string {
  const output = execFileSync("terraform", ["plan", "-input=false", "-no-color", "-lock=false"], {
    cwd: dirname(synthesizedStack(stack)),
    encoding: "utf8",
  });
  if (output.includes("No changes. Your infrastructure matches the configuration.")) return "";
  return output.slice(Math.max(0, output.indexOf("Terraform will perform the following actions:")));
}
