import { existsSync } from "node:fs";
import { note, step } from "../shell/progress";
import { run, SetupError } from "../shell/run";

/** Whether `installPackages` would do so, and not stop with the command. */
export function mayInstallPackages(): boolean {
  return existsSync("/etc/debian_version") && (process.getuid?.() === 0 || process.env.INSTALL === "1");
}

/** Installs Debian packages where that is allowed: as root, or with INSTALL=1. Elsewhere it stops with the command. */
export async function installPackages(reason: string, names: readonly string[]): Promise<void> {
  const command = `apt-get install --yes --no-install-recommends ${names.join(" ")}`;
  if (!existsSync("/etc/debian_version")) {
    throw new SetupError(
      `${reason} is missing. Install it with your system's packages (Debian's are: ${names.join(" ")}).`,
    );
  }
  if (!mayInstallPackages()) {
    throw new SetupError(
      `${reason} is missing. Install it with: sudo ${command}\nor let this command do so: INSTALL=1 make up`,
    );
  }
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (args: string[]) => {
    const [program, ...rest] = [...sudo, "apt-get", ...args];
    return run("packages", program as string, rest, { env });
  };
  await step(`Install ${names.join(", ")}`, async () => {
    note(`$ ${[...sudo, command].join(" ")}`);
    await apt(["update"]);
    await apt(["install", "--yes", "--no-install-recommends", ...names]);
  });
}
