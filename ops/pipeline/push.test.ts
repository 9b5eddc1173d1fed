import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Copy } from "../shell/copy";
import { attempt } from "../shell/run";
import { putProgram } from "./fake-executable.fixture";

test("a copy on Docker Hub is made once: what is there under its tag stays", async () => {
  const copy = await Copy.make();
  const [bin, images] = [join(copy.folder, "bin"), join(copy.folder, "reports/images")];
  for (const path of [bin, images]) mkdirSync(path, { recursive: true });
  writeFileSync(join(images, "stand-ins.json"), "[]");
  // A crane for which the backend is there, and the gateway once it was pushed.
  putProgram(bin, "crane", [
    'case "$*" in',
    '  push*) echo "$3" >> pushed ;;',
    "  *portfolio-dashboard-gateway:*) [ -e pushed ] || exit 1 ;;",
    "esac",
    "echo sha256:0",
  ]);
  const { AWS_ENDPOINT_URL, ...env } = process.env;
  const args = ["push", "--service", "backend", "--environment", "staging", "--docker-hub", "example"];
  const { code, output } = await attempt("node_modules/.bin/tsx", ["ops/cli.ts", "pipeline", ...args], {
    cwd: copy.folder,
    env: { ...env, PATH: `${bin}:${env.PATH}` },
  });
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(readFileSync(join(copy.folder, "pushed"), "utf8")).toMatch(
    /^docker\.io\/example\/portfolio-dashboard-gateway:\w+\n$/,
  );
  copy.remove();
}, 120_000);
