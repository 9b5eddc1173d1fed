import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../../stacks/environments";
import { clientConfiguration } from "../shell/client-configuration";
import { emulatedSecrets } from "../shell/paths";
import { note } from "../shell/progress";
import { SetupError } from "../shell/run";
import { type Found, find, remedyOf, type SecretClients } from "./find";
import type { Named } from "./named";

/** Values of the file that git ignores, or random ones where it has none. */
export type Missing = "named" | "generated";

/** Before anything is applied: what the stacks read exists. On the emulator it is created; on AWS, what is missing is named. */
export async function provideSecrets(
  environment: Environment,
  all: readonly Named[],
  env: NodeJS.ProcessEnv,
  missing: Missing,
): Promise<void> {
  if (all.length === 0) return;
  if (!env.AWS_ENDPOINT_URL) {
    await assertThere(environment, all, clientsWith({ ...clientConfiguration(env), region: environment.region }));
    return;
  }
  // The account's owner, whoever deploys: the emulator takes a 12-digit access key id for the account.
  const credentials = { accessKeyId: environment.accountId, secretAccessKey: "test" };
  const clients = clientsWith({ endpoint: env.AWS_ENDPOINT_URL, region: environment.region, credentials });
  await seed(all, valuesOf(emulatedSecrets), clients, missing);
}

function clientsWith(configuration: ConstructorParameters<typeof SSMClient>[0]): SecretClients {
  return { secrets: new SecretsManagerClient(configuration ?? {}), ssm: new SSMClient(configuration ?? {}) };
}

/** What may not be read is no reason to stop: the deployment says what it lacks. */
export async function assertThere(
  environment: Environment,
  all: readonly Named[],
  clients: SecretClients,
): Promise<void> {
  const lacking = (await Promise.all(all.map(async (named) => ({ named, found: await readable(named, clients) }))))
    .filter(({ found }) => found !== "there")
    .map(({ named, found }) => [`${named.kind} ${named.name}: ${found}`, `  ${remedyOf(named, found, environment)}`]);
  if (lacking.length === 0) return;
  throw new SetupError(
    [`Account ${environment.accountId} lacks what the services read:`, ...lacking.flat(), "Nothing was deployed."].join(
      "\n",
    ),
  );
}

async function readable(named: Named, clients: SecretClients): Promise<Found> {
  try {
    return await find(named, clients);
  } catch (error) {
    if (!/AccessDenied/.test((error as Error).name)) throw error;
    note(`${named.kind} ${named.name} may not be read: ${(error as Error).message}`);
    return "there";
  }
}

/** Creates what is missing, and changes what has another value than the file. */
export async function seed(
  all: readonly Named[],
  values: ReadonlyMap<string, string>,
  clients: SecretClients,
  missing: Missing,
): Promise<void> {
  const lacking: Named[] = [];
  for (const named of all) {
    const found = await find(named, clients);
    const given = values.get(named.name) ?? (missing === "generated" ? randomBytes(16).toString("hex") : undefined);
    const isFixed = values.has(named.name);
    if (found === "there" && (!isFixed || (await currentValue(named, clients)) === given)) continue;
    if (given === undefined) lacking.push(named);
    else await put(named, given, found, clients);
  }
  if (lacking.length === 0) return;
  throw new SetupError(
    [
      "The services read what the emulated account lacks, and .env.emulator has no value for it:",
      ...lacking.map(({ kind, name }) => `  ${kind} ${name}`),
      `Add a line for each, as in .env.emulator.example: ${lacking[0]?.name}=a value. Nothing was deployed.`,
    ].join("\n"),
  );
}

async function currentValue({ kind, name }: Named, { secrets, ssm }: SecretClients): Promise<string | undefined> {
  if (kind === "secret") return (await secrets.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return Parameter?.Value;
}

async function put({ kind, name }: Named, value: string, found: Found, clients: SecretClients): Promise<void> {
  if (kind === "parameter") {
    const parameter = { Name: name, Value: value, Type: "SecureString", Overwrite: true } as const;
    await clients.ssm.send(new PutParameterCommand(parameter));
  } else if (found === "absent") {
    await clients.secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  } else await clients.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
}

/** `name=value` in each line; what begins with # is a comment. */
export function valuesOf(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, "utf8").split("\n");
  return new Map(lines.flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [parsed(line, index + 1)])));
}

/** The error does not have the line: it may be a secret. */
function parsed(line: string, number: number): [string, string] {
  const at = line.indexOf("=");
  if (at > 0) return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  throw new SetupError(
    `Line ${number} of .env.emulator has no "=" after a name. Allowed: name=value, a comment (#), or nothing. Nothing was deployed.`,
  );
}
