import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient, ListAliasesCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { ask, run } from "../../ops/shell/run";
import { connection } from "./ecs-task";

const seed = "7";
const containers: string[] = [];
let image = "";

jest.setTimeout(120_000);
beforeAll(async () => {
  // Other lines are the builder's warnings.
  const built = await run("emulator", "docker", ["build", "--quiet", __dirname]);
  image = built.trim().split("\n").at(-1) ?? "";
});
afterAll(() => run("emulator", "docker", ["rm", "--force", "--volumes", ...containers]));

/** An emulator beside the one that the other tests use, without Docker's socket: its tasks do not start. */
async function start(EVENTUAL_CONSISTENCY_SEED: string): Promise<typeof connection> {
  const variables = {
    MINISTACK_REGION: "us-east-1",
    HOSTNAME: "eventual-consistency",
    AUTH: "true",
    EVENTUAL_CONSISTENCY_SEED,
  };
  const env = Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const container = await run("emulator", "docker", ["run", "--detach", "--publish", "127.0.0.1::4566", ...env, image]);
  containers.push(container.trim());
  const port = (await run("emulator", "docker", ["port", container.trim(), "4566"])).trim();
  const endpoint = `http://${port}`;
  for (let attempt = 0; attempt < 100; attempt++) {
    // Docker accepts connections for a program that does not listen yet, and lets them wait.
    const signal = AbortSignal.timeout(1000);
    const answer = await fetch(`${endpoint}/_ministack/health`, { signal }).catch(() => null);
    if (answer?.ok) return { ...connection, endpoint };
    await sleep(200);
  }
  throw new Error(`The emulator does not start: ${await ask("docker", ["logs", container.trim()])}`);
}

/** What the emulator's own code says in Python. */
async function python<Value>(code: string): Promise<Value> {
  return JSON.parse(await run("emulator", "docker", ["run", "--rm", "--entrypoint", "python3", image, "-c", code]));
}

const settings = { ...connection, maxAttempts: 1 };
const trust = (principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });

/** The name of an error, and what it says; undefined when there is none. */
const refusal = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  );

/** Until the call is accepted: what it was refused with before, and for how many seconds. */
async function untilAccepted(call: () => Promise<unknown>): Promise<{ refusals: Set<string>; seconds: number }> {
  const refusals = new Set<string>();
  const begin = performance.now();
  for (let refused = await refusal(call()); refused; refused = await refusal(call())) {
    refusals.add(refused);
    if (performance.now() - begin > 30_000) throw new Error(`Not accepted in 30 s: ${[...refusals].join(", ")}`);
    await sleep(100);
  }
  return { refusals, seconds: (performance.now() - begin) / 1000 };
}

async function createRole(iam: IAMClient, RoleName: string): Promise<string> {
  const AssumeRolePolicyDocument = trust({ Service: "ecs-tasks.amazonaws.com" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  return Role?.Arn ?? "";
}

const keyFor = (role: string) =>
  new CreateKeyCommand({
    Policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::000000000042:root", role] },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  });

describe("with a seed", () => {
  let eventual: typeof settings;
  beforeAll(async () => {
    eventual = { ...settings, ...(await start(seed)), maxAttempts: 1 };
  });

  it("KMS refuses a key policy for a new role in AWS's words, until it sees the role", async () => {
    const role = await createRole(new IAMClient(eventual), "late");
    const kms = new KMSClient(eventual);
    const { refusals, seconds } = await untilAccepted(() => kms.send(keyFor(role)));
    expect([...refusals]).toEqual([
      "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
    ]);
    expect(seconds).toBeLessThan(15);
  });

  it("ECS refuses a service in AWS's words, until it sees the service-linked role that its first cluster made", async () => {
    const ecs = new ECSClient(eventual);
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "late",
        networkMode: "bridge",
        containerDefinitions: [{ name: "app", image: "app", memory: 128 }],
      }),
    );
    await ecs.send(new CreateClusterCommand({ clusterName: "late" }));
    const service = { cluster: "late", serviceName: "late", taskDefinition: "late", desiredCount: 0 };
    const { refusals } = await untilAccepted(() => ecs.send(new CreateServiceCommand(service)));
    expect([...refusals]).toContain(
      "InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
    );
  });

  it("a session of a role uses a new policy late, and one that is gone for a while yet", async () => {
    const iam = new IAMClient(eventual);
    const AssumeRolePolicyDocument = trust({ AWS: "arn:aws:iam::000000000042:root" });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument }));
    const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "test" });
    const { Credentials } = await new STSClient(eventual).send(assume);
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId, secretAccessKey, sessionToken: SessionToken ?? "" };
    const kms = new KMSClient({ ...eventual, credentials });
    const list = () => refusal(kms.send(new ListAliasesCommand()));
    // By its name, with this seed: its creation is seen after 3.0 s, its deletion after 2.6 s. A deletion that is seen at once proves nothing.
    const policy = { RoleName: "reader", PolicyName: "aliases" };
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "kms:ListAliases", Resource: "*" }],
    });

    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
    const { refusals } = await untilAccepted(() => kms.send(new ListAliasesCommand()));
    expect([...refusals]).toEqual([expect.stringContaining("not authorized to perform: kms:ListAliases")]);
    await iam.send(new DeleteRolePolicyCommand(policy));
    expect(await list()).toBeUndefined();
    await sleep(4000);
    expect(await list()).toContain("AccessDeniedException");
  });

  it("takes as long to answer as the seed says, and answers others meanwhile", async () => {
    const iam = new IAMClient(eventual);
    const names = Array.from({ length: 20 }, (_, number) => `nobody-${number}`);
    const begin = performance.now();
    const measured = await Promise.all(
      names.map(async (RoleName) => {
        await refusal(iam.send(new GetRoleCommand({ RoleName })));
        return (performance.now() - begin) / 1000;
      }),
    );
    const delays = await python<number[]>(
      `import json; from eventual_consistency.seeds import *; print(json.dumps([answer_delay(${seed}, "000000000042", description("iam", "GetRole", {"RoleName": f"nobody-{n}"})) for n in range(20)]))`,
    );
    const total = delays.reduce((sum, delay) => sum + delay);
    expect(total).toBeGreaterThan(2);
    expect(measured.filter((seconds, index) => seconds < (delays[index] ?? 0))).toEqual([]);
    expect(Math.max(...measured)).toBeLessThan(total);
  });
});

it("draws the same delays from the same seed for the same request, whatever ids AWS gave, and others from another", async () => {
  const [first, again, other, elsewhere] = await python<number[][]>(`
import json
from eventual_consistency.seeds import answer_delay, description
def delays(seed, vpc, account):
    requests = [{"VpcId": vpc, "CidrBlock": f"10.0.{n}.0/24", "Tags": [{"Key": "b"}, {"Key": "a"}]} for n in range(20)]
    return [answer_delay(seed, account, description("ec2", "CreateSubnet", each)) for each in requests]
print(json.dumps([
    delays(7, "vpc-0123456789abcdef0", "1"), delays(7, "vpc-fedcba9876543210f", "1"),
    delays(8, "vpc-0123456789abcdef0", "1"), delays(7, "vpc-0123456789abcdef0", "2"),
]))`);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(elsewhere).not.toEqual(first);
  expect(new Set(first).size).toBe(20);
});

it("sees a new role at once without a seed", async () => {
  const iam = new IAMClient(settings);
  const kms = new KMSClient(settings);
  const RoleName = `test-${randomUUID().slice(0, 8)}`;
  const role = await createRole(iam, RoleName);
  const { KeyMetadata } = await kms.send(keyFor(role));
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
});

it.each(["soon", "-1", "1.5", "4294967296"])("does not start with the seed %s", (value) => {
  const env = ["--env", `EVENTUAL_CONSISTENCY_SEED=${value}`];
  // One that starts after all is ended.
  const options = { encoding: "utf8", timeout: 20_000 } as const;
  const { status, stderr } = spawnSync("docker", ["run", "--rm", ...env, image], options);
  expect(status).toBe(1);
  expect(stderr).toBe(
    `emulator: EVENTUAL_CONSISTENCY_SEED is "${value}", not a whole number from 0 to 4294967295; unset it to switch eventual consistency off\n`,
  );
});
