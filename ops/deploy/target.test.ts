import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");
// Shaped like a real key; AWS's documentation uses this one.
const realLooking = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

it("stops a deploy meant for an emulator that does not answer, before any call", () => {
  const endpoint = "http://127.0.0.1:9";
  const { status, stderr } = spawnSync("node_modules/.bin/tsx", ["ops/deploy/target.ts"], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...realLooking, AWS_ENDPOINT_URL: endpoint },
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    `No emulator answers at AWS_ENDPOINT_URL=${endpoint}. Start it with: make up. Nothing was called.\n`,
  );
});
