import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfiguration, ensureTerraform } from "../../../ops/install/terraform-providers";
import { attempt } from "../../../ops/shell/run";
import { containerDefinition } from "../../../stacks/constructs/container-definition";
import { Caller } from "../call";
import { judge } from "../judge";
import { faultCalls } from "./calls";

const aws = process.env.AWS_ENDPOINT_URL ?? "";
/** One for each test, so that nothing of an earlier run is there. */
const newAccount = () => String(randomInt(910_000_000_000, 919_999_999_999));

/** The others need IAM enforced, as in `make check NAME=aws-rules ARGS=--faults`, which makes all of them. */
const withoutPermissions = faultCalls.filter(({ kind }) => kind !== "permission");

it.each(withoutPermissions)("answers as AWS does: $name", async (call) => {
  const { outcome, evidence } = await judge(call, new Caller({ aws, autoscaling: aws }, newAccount()));
  expect({ outcome, evidence }).toEqual({ outcome: "caught", evidence });
});

describe("a second plan of a task definition", () => {
  jest.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "faults-plan-"));
  const env = {
    ...process.env,
    ...{ AWS_ACCESS_KEY_ID: newAccount(), AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" },
    TF_CLI_CONFIG_FILE: cliConfiguration,
  };
  const terraform = (...args: string[]) => attempt("terraform", [...args, "-no-color"], { cwd: folder, env });

  beforeAll(async () => {
    await ensureTerraform();
    const asItIs = definition();
    const { capabilities, ...others } = asItIs.linuxParameters;
    const withFault = { ...asItIs, linuxParameters: { ...others, capabilities: { drop: capabilities.drop } } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration({ asItIs, withFault })));
    expect(await terraform("init")).toMatchObject({ code: 0 });
    const { code, output } = await terraform("apply", "-auto-approve");
    expect({ code, output }).toEqual({ code: 0, output });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("changes nothing, unless a list of capabilities is left out", async () => {
    const { code, output } = await terraform("plan", "-detailed-exitcode");
    expect(code).toBe(2);
    expect(output.match(/^ {2}# .*$/gm)).toEqual(["  # aws_ecs_task_definition.withFault must be replaced"]);
    expect(output).toMatch(/- add {2}= \[\]/);
  });
});

function definition() {
  const surroundings = { logGroupName: "/faults", region: "us-east-1", executeCommand: false };
  return containerDefinition(
    {
      ...{ name: "app", image: "example/app:0123456789abcdef", user: "1000:1000", port: 8080 },
      ...{ environment: { PORT: "8080" }, secrets: {}, writablePaths: [], healthCommand: ["true"] },
    },
    surroundings,
  );
}

function configuration(containers: Readonly<Record<string, object>>): object {
  const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  const fargate = { cpu: "256", memory: "512", network_mode: "awsvpc", requires_compatibilities: ["FARGATE"] };
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    resource: {
      aws_iam_role: {
        execution: {
          name: "faults-execution",
          assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
        },
      },
      aws_ecs_task_definition: Object.fromEntries(
        Object.entries(containers).map(([name, container]) => [
          name,
          {
            ...fargate,
            family: `faults-${name}`,
            execution_role_arn: `\${aws_iam_role.execution.arn}`,
            container_definitions: JSON.stringify([container]),
          },
        ]),
      ),
    },
  };
}
