import type { ImageReference } from "../images/image";
import { hasAll, type Release } from "../images/releases";
import { SetupError } from "../shell/run";

/**
 * The newest release before the first one with the running images: after A, B, C a rollback runs B, and the next one A. Images of no release
 * are those of an interrupted deployment: then the newest release runs again.
 */
export function earlierRelease(releases: readonly Release[], running: readonly ImageReference[]): Release {
  const first = releases.findIndex((release) => hasAll(release, running));
  const earlier = first === -1 ? releases.at(-1) : releases[first - 1];
  if (earlier) return earlier;
  throw new SetupError(
    `Nothing earlier is recorded: what runs is release ${releases[first]?.version}, the oldest one. Nothing was changed.`,
  );
}

export function releaseOfVersion(releases: readonly Release[], version: number): Release {
  const found = releases.find((release) => release.version === version);
  if (found) return found;
  const versions = releases.map((release) => release.version).join(", ");
  throw new SetupError(`There is no release ${version}; there are ${versions}. Nothing was changed.`);
}

/**
 * The tags to deploy of these images: those of a release, and the running ones of images that it does not have. One that has neither is
 * absent: then the tag of the checkout's sources is deployed.
 */
export function tagsToDeploy(
  { tags }: Release,
  running: readonly ImageReference[],
  names: readonly string[],
): Readonly<Record<string, string>> {
  const present = Object.fromEntries(running.map(({ name, tag }) => [name, tag]));
  const all = { ...present, ...tags };
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}
