import { installPackages } from "./packages";
import { ask, SetupError } from "./run";

/** Go 1.21 or newer: from then on it fetches the version that a `go.mod` asks for by itself (Debian switches that off: GOTOOLCHAIN=auto). */
export async function ensureGo(): Promise<void> {
  if (!(await ask("go", ["version"])))
    await installPackages("Go (to build what no registry here serves)", ["golang-go"]);
  const version = await ask("go", ["env", "GOVERSION"]);
  const [major = 0, minor = 0] = (version ?? "").replace("go", "").split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 21)) {
    throw new SetupError(
      `Go is ${version ?? "absent"}; 1.21 or newer is needed to build Docker Compose and the docker provider.`,
    );
  }
}
