import { registryOf } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { formatImage, type ImageReference } from "../images/image";
import { hasAll, type Release } from "../images/releases";
import { reviewOf } from "../pipeline/reviews";
import { step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { plannedChanges } from "./changes";
import { earlierRelease, releaseOfVersion, tagsToDeploy } from "./choose";

export interface RollbackOptions {
  /** The release to run; the one before the present one, if it is not given. */
  readonly to?: number;
}

interface Plan {
  /** `terraform show -json` of it. */
  readonly json: string;
  /** An error when ECS rolls back what was applied. */
  readonly apply: () => Promise<void>;
}

/** What a rollback reads and changes. */
export interface Account {
  /** The oldest first. */
  readonly releases: () => Promise<readonly Release[]>;
  readonly running: () => Promise<readonly ImageReference[]>;
  /** Names of the images that this checkout deploys; synthesizes it. */
  readonly imageNames: () => Promise<readonly string[]>;
  /** Those of the images that ECS would not find. */
  readonly missing: (images: readonly ImageReference[]) => Promise<readonly ImageReference[]>;
  /** A plan of the stack `compute` that deploys these tags. */
  readonly plan: (tags: Release["tags"]) => Promise<Plan>;
  /** An error when a person declines. */
  readonly assertAgreed: (question: string) => Promise<void>;
  /** With the synthesized stacks. */
  readonly folder: string;
}

function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

/** Deploys the images of an earlier release, and nothing of its infrastructure: the stack `compute` of this checkout, with other tags. */
export async function rollBack(environment: Environment, { to }: RollbackOptions, account: Account): Promise<void> {
  const releases = await recorded(environment, account);
  const running = await account.running();
  const release = to === undefined ? earlierRelease(releases, running) : releaseOfVersion(releases, to);
  const tags = tagsToDeploy(release, running, await account.imageNames());
  await assertPresent(environment, tags, account);
  print(`Roll back ${environment.name} to release ${release.version}, recorded ${timeOf(release)}:`);
  print(...Object.entries(tags).map(([name, tag]) => `  ${name}: ${change(running, name, tag)}`));

  const stack = `${environment.name}-compute`;
  const { json, apply } = await step(`Plan ${stack}`, () => account.plan(tags));
  const { ofRollback, ofCheckout } = plannedChanges(reviewOf(new Map([[stack, json]]), account.folder).changes);
  if (ofRollback.length + ofCheckout.length === 0) {
    return print(
      `Nothing to do: ${environment.name} runs the images of release ${release.version}, and Terraform plans no change.`,
    );
  }
  if (ofRollback.length > 0) print("Terraform plans:", ...indented(ofRollback));
  if (ofCheckout.length > 0) print("This checkout also changes:", ...indented(ofCheckout));
  await account.assertAgreed(`Do this to ${environment.name}, account ${environment.accountId}?`);
  await step(`Apply ${stack}`, apply);
  print(
    `\n${environment.name} runs the images of release ${release.version}.`,
    "The next deployment of a checkout, also by a pipeline, deploys its own images again: revert the bad commit on main.",
  );
}

/** Prints the releases, the newest first, and which one runs. */
export async function listReleases(environment: Environment, account: Account): Promise<void> {
  const releases = await recorded(environment, account);
  const running = await account.running();
  const present = releases.findLast((release) => hasAll(release, running));
  print(
    `Releases of ${environment.name}, the newest first:`,
    ...releases.toReversed().map((release) => {
      const images = Object.entries(release.tags).map(([name, tag]) => `${name} ${tag}`);
      return `${release === present ? "✓" : " "} ${release.version}  ${timeOf(release)}  ${images.join(", ")}`;
    }),
  );
  if (present) return print("✓ runs now");
  if (running.length === 0) return print("ECS runs no service.");
  const images = running.map(({ name, tag }) => `${name} ${tag}`).join(", ");
  print(`ECS runs none of them, but ${images}: a deployment is under way, or was interrupted.`);
}

async function recorded({ name, accountId }: Environment, account: Account): Promise<readonly Release[]> {
  const releases = await account.releases();
  if (releases.length > 0) return releases;
  throw new SetupError(
    `No release of ${name} is recorded in account ${accountId}: it was not deployed there yet, or not since releases are recorded. Deploy it first: make deploy ENV=${name}. Nothing was changed.`,
  );
}

async function assertPresent(environment: Environment, tags: Release["tags"], account: Account): Promise<void> {
  const registry = registryOf(environment);
  const images = Object.entries(tags).map(([name, tag]) => ({ registry, environment: environment.name, name, tag }));
  const missing = await account.missing(images);
  if (missing.length === 0) return;
  throw new SetupError(
    [
      "Images of this release do not exist any more:",
      ...indented(missing.map(formatImage)),
      `Each ECR repository keeps its newest 20 images. Choose another release: ops/run rollback --environment ${environment.name} --list. Nothing was changed.`,
    ].join("\n"),
  );
}

/** More than one tag runs where a deployment was interrupted. */
function change(running: readonly ImageReference[], name: string, tag: string): string {
  const present = running.filter((image) => image.name === name).map((image) => image.tag);
  return present.join() === tag ? `${tag}, as now` : `${present.join(" and ") || "none"} → ${tag}`;
}

function timeOf({ recordedAt }: Release): string {
  return recordedAt ? `${recordedAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "at an unknown time";
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
