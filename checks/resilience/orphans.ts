import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { stackNames } from "../../ops/deploy/deployment";
import { taggedResources } from "../../ops/recover/tagged";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import { ask, SetupError } from "../../ops/shell/run";
import type { DeployedEnvironment } from "./deployed-environment";

/** Earlier revisions stay on purpose, and tasks come and go. */
const comesAndGoes = /:(task|task-definition)\//;

/** ARNs that carry the tag of one of the environment's stacks and are in no state. */
export async function orphans(deployed: DeployedEnvironment): Promise<string[]> {
  const { environment, env } = deployed;
  const states = await Promise.all(stackNames(environment).map((stack) => state(deployed.folderOf(stack), env)));
  const client = new ResourceGroupsTaggingAPIClient(clientConfiguration(env));
  const tagged = await taggedResources(client, environment.name);
  return tagged.flatMap(({ arn, tags }) => {
    if (!tags.Stack || comesAndGoes.test(arn)) return [];
    // Some ARNs are in no state, but the id at their end is. A name might be in it as somebody else's.
    const id = arn.split(/[:/]/).at(-1) ?? "";
    const names = /[0-9a-f]{8}/.test(id) ? [arn, id] : [arn];
    const known = names.some((name) => states.some((text) => text.includes(`"${name}"`)));
    return known ? [] : [`in no state: ${arn}`];
  });
}

async function state(cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const text = await ask("terraform", ["state", "pull"], { cwd, env });
  if (text === null) throw new SetupError(`terraform state pull fails in ${cwd}.`);
  return text;
}
