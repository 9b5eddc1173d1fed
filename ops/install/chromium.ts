import { type Browser, chromium } from "playwright-core";
import { ask } from "../shell/run";
import { installPackages } from "./packages";

/** Path of a Chromium: the one that is there, or Debian's, installed. */
export async function ensureChromium(): Promise<string> {
  const find = () => ask("sh", ["-c", "command -v chromium"]);
  const found = await find();
  if (found) return found;
  await installPackages("Chromium", ["chromium"]);
  return (await find()) ?? "chromium";
}

/** It, in a process of its own. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await ensureChromium();
  // As root, Chromium has no sandbox; it opens nothing but what this project serves or writes.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
