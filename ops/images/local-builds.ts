import { join } from "node:path";
import type { Environment } from "../../stacks/environments";
import { ask, attempt } from "../shell/run";
import { formatImage } from "./image";
import { wantedBuilds } from "./wanted";

/**
 * Builds of the images that the local Docker lacks, beside the work of Terraform, which then has them from Docker's cache. Terraform's
 * provider does not pass on what a build prints: it is kept here for an error. A failure here is none by itself, as Terraform builds too.
 */
export class LocalBuilds {
  private readonly printed: readonly Promise<string>[];

  constructor(environment: Environment, env: NodeJS.ProcessEnv, folder: string) {
    this.printed = wantedBuilds(environment, folder).map(async ({ image, build }) => {
      const tag = formatImage(image);
      if ((await ask("docker", ["image", "inspect", tag])) !== null) return "";
      const context = join(folder, "cdktf.out/stacks/any", build.context);
      const service = { build: { context }, image: tag, platform: build.platform };
      // Compose has BuildKit in it; `docker build` has it only where buildx is installed.
      const input = JSON.stringify({ name: "images", services: { [image.name]: service } });
      const { code, output } = await attempt("docker", ["compose", "--file", "-", "build"], { env, input });
      return code === 0 ? "" : `What the build of the image ${image.name} printed last:\n${endOf(output)}`;
    });
  }

  /** The ends of what failed builds have printed. */
  async failures(): Promise<string> {
    return (await Promise.all(this.printed)).filter(Boolean).join("\n");
  }
}

function endOf(output: string): string {
  const lines = output.trim().split("\n").slice(-30);
  return lines.map((line) => `  ${line}`).join("\n");
}
