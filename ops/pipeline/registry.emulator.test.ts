import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatImage, parseImage } from "../images/image";
import { ensureCrane } from "../install/crane";
import { promote, save } from "../promote/promote";
import { digestOf, manifestOf, pushArchive } from "./push";

/** Against crane's own registry, in memory, on loopback: that ECR does the same is not shown. */
describe("promote", () => {
  jest.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "promote-"));
  let crane: string;
  let server: ChildProcess;
  let registry: string;
  const ref = (environment: string, tag: string) => parseImage(`${registry}/${environment}/backend:${tag}`);
  const push = (content: string, target: string) => {
    writeFileSync(join(folder, "content"), content);
    execFileSync("tar", ["-cf", "layer.tar", "content"], { cwd: folder });
    execFileSync(crane, ["append", "--new_layer", "layer.tar", "--new_tag", target], { cwd: folder, stdio: "pipe" });
  };

  beforeAll(async () => {
    crane = await ensureCrane();
    const port = await freePort();
    registry = `127.0.0.1:${port}`;
    server = spawn(crane, ["registry", "serve", "--address", registry], { stdio: "ignore" });
    await until(() => fetch(`http://${registry}/v2/`).then((response) => response.ok));
  });

  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });

  it("copies the digest that ran, and does so again without harm", async () => {
    push("release 1", `${registry}/staging/backend:one`);
    const digest = execFileSync(crane, ["digest", `${registry}/staging/backend:one`], { encoding: "utf8" }).trim();
    const promotion = { from: ref("staging", "one"), to: ref("prod", "one") };
    expect(await promote(crane, promotion)).toBe(digest);
    expect(await promote(crane, promotion)).toBe(digest);
    expect(execFileSync(crane, ["digest", `${registry}/prod/backend:one`], { encoding: "utf8" }).trim()).toBe(digest);
  });

  it("copies a saved image without its registry, to the same digest", async () => {
    push("release 4", `${registry}/staging/backend:four`);
    const saved = join(folder, "saved");
    const digest = await save(crane, ref("staging", "four"), saved);
    const elsewhere = { ...ref("staging", "four"), registry: "127.0.0.1:1" };
    expect(await promote(crane, { from: elsewhere, to: ref("prod", "four") }, saved)).toBe(digest);
    expect(execFileSync(crane, ["digest", `${registry}/prod/backend:four`], { encoding: "utf8" }).trim()).toBe(digest);
    await expect(promote(crane, { from: elsewhere, to: ref("prod", "five") }, folder)).rejects.toThrow("SAVE=1");
  });

  it("pushes an archive once: what is there under its tag stays", async () => {
    const archives = ["release 6", "built again"].map((content, index) => {
      push(content, `${registry}/built/backend:${index}`);
      const archive = join(folder, `${index}.tar`);
      execFileSync(crane, ["pull", "--format", "tarball", `${registry}/built/backend:${index}`, archive]);
      return archive;
    });
    const [first = "", second = ""] = archives;
    const six = formatImage(ref("staging", "six"));
    await pushArchive(crane, first, six);
    expect(execFileSync(crane, ["digest", six], { encoding: "utf8" }).trim()).toBe(await digestOf(first));
    await pushArchive(crane, second, six);
    expect(execFileSync(crane, ["digest", six], { encoding: "utf8" }).trim()).toBe(await digestOf(first));
  });

  it("writes the manifest of an image to a file whose digest is that of the image", async () => {
    push("release 7", `${registry}/staging/backend:seven`);
    const reference = formatImage(ref("staging", "seven"));
    const file = await manifestOf(crane, reference);
    const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(execFileSync(crane, ["digest", reference], { encoding: "utf8" }).trim()).toBe(`sha256:${digest}`);
  });

  it("leaves another image under the same tag alone, and says so", async () => {
    push("release 2", `${registry}/staging/backend:two`);
    push("built elsewhere", `${registry}/prod/backend:two`);
    await expect(promote(crane, { from: ref("staging", "two"), to: ref("prod", "two") })).rejects.toThrow(
      /prod\/backend:two is sha256:\S+ already, not sha256:\S+ as in staging. Nothing was copied./,
    );
  });

  it("names an image that is not there", async () => {
    await expect(promote(crane, { from: ref("staging", "three"), to: ref("prod", "three") })).rejects.toThrow(
      "staging/backend:three has no digest",
    );
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await check().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The registry does not answer.");
}
