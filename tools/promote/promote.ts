import { step } from "../setup/progress";
import { ask, run, SetupError } from "../setup/run";
import { formatImage, type ImageReference, parseImage } from "./image";

export interface Promotion {
  readonly from: ImageReference;
  readonly to: ImageReference;
}

/**
 * What has to be copied so that `wanted` exists, from images that run elsewhere. An error that names every image which no one runs: then
 * this checkout is not what was tried.
 */
export function pair(wanted: readonly ImageReference[], running: readonly string[]): Promotion[] {
  const candidates = running.map(parseImage);
  const pairs = wanted.map((to) => ({
    to,
    from: candidates.find(({ name, tag }) => name === to.name && tag === to.tag),
  }));
  const untried = pairs.filter(({ from }) => !from);
  if (untried.length > 0) {
    const list = untried.map(({ to: { name, tag } }) => {
      const there = candidates.filter((candidate) => candidate.name === name).map((candidate) => candidate.tag);
      return `  ${name}: this checkout makes ${tag}, there runs ${there.join(", ") || "none"}`;
    });
    throw new SetupError(
      ["What would be promoted has not run there:", ...list, "Check out what runs there."].join("\n"),
    );
  }
  return pairs.flatMap(({ from, to }) => (from ? [{ from, to }] : []));
}

/** Copies one image as it is. Gives its digest, which is the same in both repositories; an error if it is not. */
export async function promote(crane: string, { from, to }: Promotion): Promise<string> {
  const [source, target] = [formatImage(from), formatImage(to)];
  const digest = await ask(crane, ["digest", source]);
  if (!digest) throw new SetupError(`${source} has no digest: does it exist, and is Docker logged in to its registry?`);
  const present = await ask(crane, ["digest", target]);
  if (present && present !== digest) {
    throw new SetupError(
      `${target} is ${present} already, not ${digest} as in ${from.environment}. Nothing was copied.`,
    );
  }
  if (!present) {
    const bySource = `${source.slice(0, source.lastIndexOf(":"))}@${digest}`;
    await step(`Copy ${from.name} ${digest.slice(0, 19)} to ${to.environment}`, () =>
      run("promote", crane, ["copy", bySource, target]),
    );
  }
  const copied = await ask(crane, ["digest", target]);
  if (copied !== digest) throw new SetupError(`${target} is ${copied ?? "absent"} after the copy, not ${digest}.`);
  return digest;
}
