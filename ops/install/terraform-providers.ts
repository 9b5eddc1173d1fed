import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cache } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask, SetupError } from "../shell/run";
import { buildGoProgram } from "./go";

/** Terraform's configuration for this project; `localstack/emulator.env.sh` points at it. */
export const cliConfiguration = join(cache, "terraformrc");
const mirror = join(cache, "terraform-providers");
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const registry = "registry.terraform.io";
const aws = { address: `${registry}/hashicorp/aws`, version: "5.100.0" };
const docker = {
  address: `${registry}/kreuzwerker/docker`,
  version: "4.5.0",
  module: "github.com/kreuzwerker/terraform-provider-docker",
  declaredModule: "github.com/terraform-providers/terraform-provider-docker",
  commit: "v0.0.0-20260916201441-96d331c98ff4",
};

/** A link at the platform's folder: Terraform does not follow one further up. */
const awsLink = join(mirror, aws.address, aws.version, platform);
const dockerBinary = join(
  mirror,
  docker.address,
  docker.version,
  platform,
  `terraform-provider-docker_v${docker.version}`,
);

/** Terraform itself, and its two providers: from their registry, or else from this machine (AWS) and built from source (Docker). */
export async function ensureTerraform(): Promise<void> {
  if (!(await terraformVersion())) {
    throw new SetupError("Terraform 1.11 or newer is missing: https://developer.hashicorp.com/terraform/install");
  }
  if (isConfigured()) return;
  mkdirSync(cache, { recursive: true });
  if (await step("Ask the Terraform registry", registryAnswers)) {
    const pluginCache = join(cache, "terraform-plugin-cache");
    mkdirSync(pluginCache, { recursive: true });
    writeFileSync(cliConfiguration, `plugin_cache_dir = "${pluginCache}"\n`);
    return;
  }
  note("No Terraform registry answers: taking the AWS provider from this machine and building the docker provider");
  linkAwsProvider();
  if (!existsSync(dockerBinary)) {
    await step("Build the docker provider (3 to 5 minutes, once)", () => buildDockerProvider(dockerBinary));
  }
  writeFileSync(cliConfiguration, mirrorConfiguration());
}

/** The configuration may outlive the providers that it points at. */
function isConfigured(): boolean {
  if (!existsSync(cliConfiguration)) return false;
  const usesMirror = readFileSync(cliConfiguration, "utf8").includes(mirror);
  return !usesMirror || (existsSync(awsLink) && existsSync(dockerBinary));
}

export async function terraformVersion(): Promise<string | null> {
  const json = await ask("terraform", ["version", "-json"]);
  return json && (JSON.parse(json.slice(json.indexOf("{"))) as { terraform_version: string }).terraform_version;
}

async function registryAnswers(): Promise<boolean> {
  try {
    const response = await fetch(`https://${registry}/.well-known/terraform.json`, {
      signal: AbortSignal.timeout(8000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** Looks where Terraform itself would, and where add-on software is kept. */
function linkAwsProvider(): void {
  const places = [
    join(homedir(), ".terraform.d/plugins"),
    join(homedir(), ".local/share/terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...(existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : []),
  ];
  const found = places.map((place) => join(place, aws.address, aws.version, platform)).find((path) => existsSync(path));
  if (!found) {
    throw new SetupError(
      `The AWS provider ${aws.version} is neither downloadable nor on this machine. Put it, unpacked, into ${join(places[0] as string, aws.address, aws.version, platform)}`,
    );
  }
  mkdirSync(join(awsLink, ".."), { recursive: true });
  rmSync(awsLink, { force: true });
  symlinkSync(found, awsLink);
}

function buildDockerProvider(binary: string): Promise<void> {
  const { declaredModule, module, commit } = docker;
  return buildGoProgram({
    name: "docker-provider",
    requirements: `require ${declaredModule} v0.0.0\n\nreplace ${declaredModule} => ${module} ${commit}`,
    mainPackage: declaredModule,
    binary,
  });
}

function mirrorConfiguration(): string {
  const list = JSON.stringify([aws.address, docker.address]);
  return `provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ${list}
  }
  direct {
    exclude = ${list}
  }
}
`;
}
