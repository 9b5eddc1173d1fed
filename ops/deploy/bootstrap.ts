import { bucketName, keyAlias } from "../../stacks/constructs/account";
import type { Environment } from "../../stacks/environments";
import { assertAgreed } from "../shell/confirm";
import { bootstrap } from "./deployment";

/** Says what an account gets before anything else can be deployed to it, asks, and makes it. */
export async function bootstrapAccount(environment: Environment, yes: boolean): Promise<void> {
  process.stdout.write(explanation(environment));
  if (!yes) await assertAgreed(`Go on in account ${environment.accountId}?`, "Nothing was made.");
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
    `This makes in account ${accountId}, ${region}, on ${target}:`,
    ...made.map((line) => `  ${line}`),
    "Its own state is kept in .state, a link to .state.emulator or .state.aws: keep the latter somewhere safe.",
    "",
  ].join("\n");
}
