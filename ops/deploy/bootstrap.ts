import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { bucketName, keyAlias } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { clientConfiguration } from "../shell/client-configuration";
import { assertAgreed } from "../shell/confirm";
import { root } from "../shell/paths";
import { prepareAccount } from "./account";
import { deployStacks } from "./deployment";
import { bootstrapStack } from "./synthesis";

/** The stack that must exist before the others of an environment, in an account as it is. `folder` has the checkout to deploy. */
export async function bootstrap(environment: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  await deployStacks([bootstrapStack(environment.name)], await inPreparedAccount(environment, env, folder), folder);
}

/** An environment for all stacks of one, the first included, where one who owns the account applies them. */
export async function inPreparedAccount(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  folder = root,
): Promise<NodeJS.ProcessEnv> {
  const iam = new IAMClient({ ...clientConfiguration(env), region: environment.region });
  const state = join(folder, ".state", `${bootstrapStack(environment.name)}.tfstate`);
  return { ...env, ...(await prepareAccount(environment, iam, hasOidcProvider(state))) };
}

function hasOidcProvider(stateFile: string): boolean {
  if (!existsSync(stateFile)) return false;
  const { resources = [] } = JSON.parse(readFileSync(stateFile, "utf8")) as { resources?: { type: string }[] };
  return resources.some(({ type }) => type === "aws_iam_openid_connect_provider");
}

/** Says what an account gets before anything else can be deployed to it, asks, and makes it. */
export async function bootstrapAccount(environment: Environment, yes: boolean): Promise<void> {
  process.stdout.write(explanation(environment));
  if (!yes) await assertAgreed(`Create this in account ${environment.accountId}?`, "Nothing was created.");
  await bootstrap(environment, process.env);
  process.stdout.write(
    `\nNext: npx cdktf output bootstrap-${environment.name} shows what GitHub and a domain need; then, as stacks/README.md says: make deploy ENV=${environment.name}\n`,
  );
}

function explanation(environment: Environment): string {
  const { name, accountId, region, githubRepository, domain, certificateArn } = environment;
  const target = process.env.AWS_ENDPOINT_URL ? `the emulator at ${process.env.AWS_ENDPOINT_URL}` : "AWS";
  const zone = typeof domain === "string" && certificateArn === null ? [`the public zone of ${domain}`] : [];
  const made = [
    `${bucketName(environment, "state")}, the bucket with the state of ${name}-*`,
    `${keyAlias(environment)}, the key that encrypts what ${name} stores (1 USD a month)`,
    `github-${name}-plan, which pull requests of ${githubRepository}, and its main, may assume to read`,
    `github-${name}-deploy, which jobs of its GitHub environment "${name}" may assume to deploy`,
    "the boundary of every role that a deploy makes",
    ...zone,
  ];
  return [
    `This creates in account ${accountId}, ${region}, on ${target}:`,
    ...made.map((line) => `  ${line}`),
    "Its own state is kept in .state, a link to .state.emulator or .state.aws: keep the latter somewhere safe.",
    "",
  ].join("\n");
}
