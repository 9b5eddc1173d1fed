import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { holderOf } from "./locks";

/** Another Terraform of this machine may work in a folder of the usual name. */
const stack = `network-${process.pid}`;
const lock = (who: string) => ({ stack, id: "1", operation: "OperationTypeApply", who, created: "" });
const here = lock(`root@${hostname()}`);

it("says nothing of a Terraform on another machine", () => {
  expect(holderOf(lock("runner@elsewhere"))).toBe("elsewhere");
});

it("knows a Terraform that works in the stack's folder, and that it is gone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "locks-"));
  const stackFolder = join(folder, stack);
  mkdirSync(stackFolder);
  const terraform = join(folder, "terraform");
  copyFileSync("/bin/sleep", terraform);
  chmodSync(terraform, 0o755);
  expect(holderOf(here)).toBe("dead");
  const endpoint = "http://127.0.0.1:4566";
  const child = spawn(terraform, ["60"], { cwd: stackFolder, env: { AWS_ENDPOINT_URL: endpoint } });
  try {
    await new Promise((resolve) => child.once("spawn", resolve));
    expect(holderOf(here, endpoint)).toBe("alive");
    expect(holderOf({ ...here, stack: `compute-${process.pid}` }, endpoint)).toBe("dead");
    expect([holderOf(here, "http://127.0.0.1:4600"), holderOf(here)]).toEqual(["dead", "dead"]);
  } finally {
    child.kill();
    await new Promise((resolve) => child.once("exit", resolve));
    rmSync(folder, { recursive: true });
  }
  expect(holderOf(here, endpoint)).toBe("dead");
});
