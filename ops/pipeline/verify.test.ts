import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putProgram } from "./fake-executable.fixture";
import { verifySignature } from "./verify";

/** What GitHub's own program makes of a signature is not shown here: only what it is asked, and that its refusal ends everything. */
describe("the signature of an image", () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  const manifest = join(folder, "manifest");
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env.PATH}`,
    GITHUB_REPOSITORY: "owner/name",
    GITHUB_TOKEN: "t",
  };

  beforeAll(() => {
    writeFileSync(manifest, "{}");
    putProgram(folder, "gh", [
      `echo "$GH_TOKEN $@" > "${folder}/asked"`,
      `[ ! -e "${folder}/refuses" ] || { echo "no attestation"; exit 1; }`,
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("has to be of main's workflow that builds images, on a runner of GitHub", async () => {
    await verifySignature(manifest, env);
    expect(readFileSync(join(folder, "asked"), "utf8").trim()).toBe(
      `t attestation verify ${manifest} --repo owner/name --signer-workflow owner/name/.github/workflows/service.yml --source-ref refs/heads/main --deny-self-hosted-runners`,
    );
  });

  it("that another workflow or branch made is refused, with what to do", async () => {
    writeFileSync(join(folder, "refuses"), "");
    await expect(verifySignature(manifest, env)).rejects.toThrow(
      /It is not deployed\. Delete its tag .*\nno attestation/s,
    );
  });

  it("is not taken for granted without GitHub", async () => {
    await expect(verifySignature(manifest, {})).rejects.toThrow("GITHUB_REPOSITORY and GITHUB_TOKEN are needed");
  });
});
