import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const file = join(__dirname, "emulator.env.sh");

const programs = mkdtempSync(join(tmpdir(), "programs-"));
const docker = join(programs, "docker");

/** A Docker in which these containers run: `docker port <container> <port>`. */
function runs(ports: Readonly<Record<string, number>>): void {
  const cases = Object.entries(ports).map(([asked, port]) => `"${asked}") echo 127.0.0.1:${port} ;;`);
  writeFileSync(docker, `#!/bin/sh\ncase "$2 $3" in\n${cases.join("\n")}\n*) exit 1 ;;\nesac\n`);
  chmodSync(docker, 0o755);
}

beforeEach(() => runs({}));
afterAll(() => rmSync(programs, { recursive: true }));

/** The variables for AWS and Terraform of a POSIX shell after it has sourced the file. */
function sourced(environment: Record<string, string>): Record<string, string> {
  const output = execFileSync("sh", ["-euc", `. "${file}"; env`], {
    // A home without prepared Terraform providers.
    env: { PATH: [programs, process.env.PATH].join(delimiter), HOME: "/nonexistent", ...environment },
    encoding: "utf8",
  });
  const pairs = output.split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return Object.fromEntries(
    pairs.filter(([name]) => /^(AWS_|TF_|CHECKPOINT_|GOGC$|EMULATOR_|LOAD_BALANCERS)/.test(name)),
  );
}

const expected = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
  AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: "http://127.0.0.1:4567",
  AWS_ACCESS_KEY_ID: "111111111111",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "2",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  CHECKPOINT_DISABLE: "1",
  GOGC: "400",
  EMULATOR_INSTANCE: "",
  LOAD_BALANCERS_URL: "http://127.0.0.1:8081",
  TF_VAR_push_images: "false",
};

it("sets exactly what sends calls to the emulator", () => {
  expect(sourced({})).toEqual(expected);
});

it("chooses the account by ACCOUNT_ID", () => {
  expect(sourced({ ACCOUNT_ID: "333333333333" }).AWS_ACCESS_KEY_ID).toBe("333333333333");
});

it("removes everything that could send a call elsewhere or sign it for real", () => {
  const hostile = {
    AWS_PROFILE: "production",
    AWS_DEFAULT_PROFILE: "production",
    AWS_SESSION_TOKEN: "real token=with equals",
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_SECRET_ACCESS_KEY: "real",
    AWS_REGION: "eu-central-1",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/admin",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/",
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/",
    AWS_USE_FIPS_ENDPOINT: "true",
    AWS_USE_DUALSTACK_ENDPOINT: "true",
    AWS_ENDPOINT_URL: "https://aws.example.com",
    AWS_ENDPOINT_URL_S3: "https://s3.example.com",
    AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: "https://elb.example.com",
    AWS_CONFIG_FILE: "/root/.aws/config",
    TF_VAR_push_images: "true",
  };
  expect(sourced(hostile)).toEqual(expected);
});

it.each(["", "default"])("takes the ports on which the shared instance runs (EMULATOR_INSTANCE=%j)", (name) => {
  runs({ "portfolio-dashboard-emulator 4566": 9001 });
  expect(sourced({ EMULATOR_INSTANCE: name })).toEqual({ ...expected, AWS_ENDPOINT_URL: "http://127.0.0.1:9001" });
});

it("takes the ports of another instance", () => {
  runs({
    "portfolio-dashboard-mine-emulator 4566": 9001,
    "portfolio-dashboard-mine-aws-control-plane-1 4567": 9002,
    "portfolio-dashboard-mine-aws-load-balancers-1 10080": 9003,
  });
  expect(sourced({ EMULATOR_INSTANCE: "mine" })).toEqual({
    ...expected,
    EMULATOR_INSTANCE: "mine",
    AWS_ENDPOINT_URL: "http://127.0.0.1:9001",
    AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: "http://127.0.0.1:9002",
    LOAD_BALANCERS_URL: "http://127.0.0.1:9003",
  });
});

it("sends no call to the shared instance in place of one that does not run", () => {
  runs({ "portfolio-dashboard-emulator 4566": 4566 });
  expect(sourced({ EMULATOR_INSTANCE: "mine" }).AWS_ENDPOINT_URL).toBe("http://127.0.0.1:9");
});
