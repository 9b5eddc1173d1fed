import { installPackages } from "./packages";
import { ask } from "./run";

/** Path of a Chromium: the one that is there, or Debian's, installed. */
export async function ensureChromium(): Promise<string> {
  const find = () => ask("sh", ["-c", "command -v chromium"]);
  const found = await find();
  if (found) return found;
  await installPackages("Chromium", ["chromium"]);
  return (await find()) ?? "chromium";
}
