import { attempt, SetupError } from "../shell/run";

/** The workflow that attests what it built: no other signature counts. */
const signer = ".github/workflows/service.yml";

/**
 * Ends with an error unless main's workflow signed for the manifest of an image. The digest of an image is that of its manifest, so a file
 * with that is enough, and no registry is asked. https://cli.github.com/manual/gh_attestation_verify
 */
export async function verifySignature(
  manifest: string,
  { GITHUB_REPOSITORY: repository, GITHUB_TOKEN, ...env }: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (!repository || !GITHUB_TOKEN)
    throw new SetupError(
      "GITHUB_REPOSITORY and GITHUB_TOKEN are needed to verify a signature: this runs in GitHub Actions.",
    );
  const who = ["--repo", repository, "--signer-workflow", `${repository}/${signer}`, "--source-ref", "refs/heads/main"];
  const { code, output } = await attempt(
    "gh",
    ["attestation", "verify", manifest, ...who, "--deny-self-hosted-runners"],
    {
      env: { ...env, GH_TOKEN: GITHUB_TOKEN },
    },
  );
  if (code === 0) return;
  throw new SetupError(
    `No signature of ${signer} on main covers ${manifest}. It is not deployed. Delete its tag from the registry and start ci by hand, on main, or change the sources.\n${output.trim()}`,
  );
}
