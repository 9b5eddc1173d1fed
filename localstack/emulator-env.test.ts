import { execFileSync } from "node:child_process";
import { join } from "node:path";

const file = join(__dirname, "emulator.env.sh");

/** The variables for AWS and Terraform of a POSIX shell after it has sourced the file. */
function sourced(environment: Record<string, string>): Record<string, string> {
  const output = execFileSync("sh", ["-euc", `. "${file}"; env`], {
    // A home without prepared Terraform providers.
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...environment },
    encoding: "utf8",
  });
  const pairs = output.split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return Object.fromEntries(pairs.filter(([name]) => /^(AWS_|TF_|CHECKPOINT_|GOGC$)/.test(name)));
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
