import { ECRClient } from "@aws-sdk/client-ecr";
import type { Environment } from "../../stacks/environments";
import { synthesize } from "../deploy/synthesis";
import { missingImages } from "../images/registry";
import { wantedImages } from "../images/wanted";
import { filesBetween, pipelinesFor } from "./changes";
import type { Github } from "./github";
import { missingInEnvironment } from "./settings";

/** Why a commit is not deployed to an environment now, in sentences; none when it may be. */
export async function reasonsAgainst(
  row: Environment,
  commit: string,
  { from, approval }: { from: string; approval: string },
  github: Github,
): Promise<string[]> {
  const settings = [row.name, approval].filter(Boolean).map((name) => missingInEnvironment(github, name));
  const reasons = (await Promise.all(settings)).flat().map(({ what, how }) => `${what}. Set it: ${how}`);
  reasons.push(...(await newerCommits(row.name, commit, from, github)));
  if (reasons.length > 0 || from !== "") return reasons;
  await synthesize();
  const missing = await missingImages(new ECRClient({ region: row.region }), wantedImages(row));
  return missing.map(
    ({ name, tag }) =>
      `${row.name}/${name}:${tag} is not in the registry. Start ci by hand, on main: it builds and pushes everything.`,
  );
}

/**
 * A commit gives way to a newer one that differs in what is deployed: to one that is deployed already, and before the first environment to
 * one that passed, whose own run deploys it.
 */
export async function newerCommits(
  environment: string,
  commit: string,
  from: string,
  github: Pick<Github, "deployed" | "greenCommits">,
  between: typeof filesBetween = filesBetween,
): Promise<string[]> {
  const isNewer = async (other: string) => {
    const files = other === commit ? null : await between(commit, other);
    return files !== null && Object.values(pipelinesFor(files)).includes(true);
  };
  const { commit: deployed } = await github.deployed(environment);
  if (deployed && (await isNewer(deployed)))
    return [`${environment} runs ${deployed.slice(0, 12)}, which is newer than ${commit.slice(0, 12)}.`];
  if (from !== "") return [];
  for await (const green of github.greenCommits()) {
    if (green === commit) return [];
    if (await isNewer(green))
      return [`This run gives way to that of ${green.slice(0, 12)}, which is newer and passed, too.`];
  }
  return [`The gate of ${commit.slice(0, 12)} has not passed. Start ci by hand, on main.`];
}
