import { registryOf } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { type Answer, type Check, missing, ok, unknown } from "./check";

/** What is asked of this machine. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  /** The version of the daemon that answers; null where none does. */
  readonly dockerVersion: () => Promise<string | null>;
  /** Docker's `config.json`; null where there is none. */
  readonly dockerConfiguration: () => string | null;
  /** Names of the registries for which a credential helper keeps a login; null where it cannot be run. */
  readonly loginsOf: (helper: string) => Promise<readonly string[] | null>;
}

interface Configuration {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Gets a new token for each push, with the credentials of AWS. */
const helperOfEcr = "ecr-login";

/** Docker builds and pushes the images, unless whoever deploys says that this is done, or that none is pushed. */
export function dockerChecks(environment: Environment, machine: Machine): Check[] {
  const spared = ["TF_VAR_prebuilt=true", "TF_VAR_push_images=false"].find((setting) => {
    const [name = "", value] = setting.split("=");
    return machine.env[name] === value;
  });
  const unlessSpared = (ask: () => Promise<Answer>) => async () => (spared ? ok(`not needed: ${spared}`) : ask());
  return [
    { title: "Docker", permission: null, ask: unlessSpared(() => daemon(machine)) },
    { title: "Docker's login to ECR", permission: null, ask: unlessSpared(() => login(environment, machine)) },
  ];
}

async function daemon({ dockerVersion }: Machine): Promise<Answer> {
  const version = await dockerVersion();
  if (version) return ok(version);
  return missing(
    "no daemon answers",
    "make doctor says how to get it. To deploy images of a pipeline, without Docker: TF_VAR_prebuilt=true",
  );
}

async function login(environment: Environment, { now, dockerConfiguration, loginsOf }: Machine): Promise<Answer> {
  const registry = registryOf(environment);
  const command = `aws ecr get-login-password --region ${environment.region} | docker login --username AWS --password-stdin ${registry}`;
  const text = dockerConfiguration();
  if (text === null) return missing("no login at all", command);
  const configuration = parsed(text);
  if (!configuration) return unknown("Docker's config.json is no JSON", command);
  const helper = configuration.credHelpers?.[registry] ?? configuration.credsStore;
  if (helper !== undefined) return loginByHelper(helper, registry, command, loginsOf);
  const auth = configuration.auths?.[registry]?.auth;
  if (!auth) return missing(`no login to ${registry}`, command);
  const until = expiryOf(auth);
  if (until === undefined) return unknown("a login that does not say when it ends: it is valid for 12 hours", command);
  const ends = `${new Date(until).toISOString().slice(0, 16)} UTC`;
  return until > now() ? ok(`until ${ends}`) : missing(`the login ended at ${ends}`, command);
}

async function loginByHelper(
  helper: string,
  registry: string,
  command: string,
  loginsOf: Machine["loginsOf"],
): Promise<Answer> {
  const logins = await loginsOf(helper);
  if (logins === null) return unknown(`docker-credential-${helper} does not run`, command);
  if (helper === helperOfEcr) return ok("docker-credential-ecr-login signs in by itself");
  if (!logins.some((server) => server.replace(/^https:\/\//, "").split("/")[0] === registry)) {
    return missing(`docker-credential-${helper} has no login to ${registry}`, command);
  }
  return unknown(
    `docker-credential-${helper} has a login, and does not say since when: it is valid for 12 hours`,
    command,
  );
}

function parsed(text: string): Configuration | undefined {
  try {
    return JSON.parse(text) as Configuration;
  } catch {
    return undefined;
  }
}

/** A password of ECR is JSON in base64, whose `expiration` is in seconds since 1970; undefined for one that is not. */
function expiryOf(auth: string): number | undefined {
  const decoded = (base64: string) => Buffer.from(base64, "base64").toString();
  const [, password = ""] = decoded(auth).split(":");
  const { expiration } = (parsed(decoded(password)) ?? {}) as { expiration?: unknown };
  return typeof expiration === "number" ? expiration * 1000 : undefined;
}
