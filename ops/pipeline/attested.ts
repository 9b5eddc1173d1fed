import { setTimeout } from "node:timers/promises";
import { SetupError } from "../shell/run";
import type { Github } from "./github";

/** How often it is asked, every 10 s: the pipeline that pushed the image may be at it still. */
const attempts = 30;

/** Waits until an image is attested that another run pushed; an error when it is not. */
export async function awaitAttestation(
  github: Pick<Github, "isAttested">,
  digest: string,
  wait: () => Promise<unknown> = () => setTimeout(10_000),
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (await github.isAttested(digest)) return;
    if (attempt < attempts) await wait();
  }
  throw new SetupError(
    `No run has attested ${digest}, which the registry keeps for these sources. Run the one again that pushed it; if that was a person, change the sources.`,
  );
}
