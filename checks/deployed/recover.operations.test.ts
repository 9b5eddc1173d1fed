import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { ECSClient, RegisterTaskDefinitionCommand, UntagResourceCommand } from "@aws-sdk/client-ecs";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { leftToChange } from "../../ops/deploy/left-to-change.fixture";
import { taggedResources } from "../../ops/recover/tagged";
import { Copy } from "../../ops/shell/copy";
import { addedServices } from "../environments/added-services/rows";

/** The dev stacks as `make up` deployed them, with damage that interrupted applies do, and more of it at once. */
jest.setTimeout(1_800_000);

const root = join(__dirname, "../..");
const stacks = ["dev-network", "dev-images", "dev-compute", "dev-observability"];
const bucket = `portfolio-dashboard-${process.env.AWS_ACCESS_KEY_ID}-us-east-1-state`;
const s3 = new S3Client();
const ecs = new ECSClient();

const folderOf = (stack: string) => join(root, "cdktf.out/stacks", stack);
const terraform = (cwd: string, ...args: string[]) => execFileSync("terraform", args, { cwd, encoding: "utf8" });
const recover = (...args: string[]) => recoverIn(root, ...args);
const recoverIn = (cwd: string, ...args: string[]) =>
  spawnSync(join(root, "node_modules/.bin/tsx"), ["ops/cli.ts", "recover", "--environment", "dev", ...args], {
    cwd,
    encoding: "utf8",
    // As the Makefile has it: what the SDK says of its future is no error of ours.
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });

async function environmentArns(): Promise<string[]> {
  const tagged = await taggedResources(new ResourceGroupsTaggingAPIClient(), "dev");
  // Tasks come and go, and the sorted rest is compared.
  return tagged
    .map(({ arn }) => arn)
    .filter((arn) => !arn.includes(":task/"))
    .sort();
}

async function lock(stack: string, who: string): Promise<string> {
  const ID = randomUUID();
  const Body = JSON.stringify({ ID, Operation: "OperationTypeApply", Who: who, Created: new Date().toISOString() });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${stack}.tfstate.tflock`, Body }));
  return ID;
}

/** A second VPC with a subnet, as a run makes them whose state was lost. */
function duplicate(): void {
  const folder = mkdtempSync(join(tmpdir(), "duplicate-"));
  try {
    cpSync(join(folderOf("dev-network"), "cdk.tf.json"), join(folder, "cdk.tf.json"));
    const configuration = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    delete configuration.terraform.backend;
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
    terraform(folder, "init", "-input=false");
    const subnet = Object.keys(configuration.resource.aws_subnet)[0];
    terraform(folder, "apply", "-auto-approve", "-input=false", `-target=aws_subnet.${subnet}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What stays when a service goes, and its image with it: its task definition, as this checkout tags it. Gives the ARN and the address. */
async function formerTaskDefinition(service: string, folder: string): Promise<{ arn: string; address: string }> {
  const stack = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/dev-compute/cdk.tf.json"), "utf8"));
  const name = Object.keys(stack.resource.aws_ecs_task_definition).find((each) => each.startsWith(`${service}-`));
  const address = `aws_ecs_task_definition.${name}`;
  const tags = Object.entries({ Environment: "dev", Stack: "dev-compute", Address: address });
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: `dev-${service}`,
      containerDefinitions: [{ name: "app", image: "none", memory: 128 }],
      tags: tags.map(([key, value]) => ({ key, value })),
    }),
  );
  return { arn: taskDefinition?.taskDefinitionArn ?? "", address };
}

/** A replacement whose run was killed before it had saved the state: that names what is destroyed by now. */
function replaceUnseen(stack: string, address: string): void {
  const folder = folderOf(stack);
  const before = join(folder, "before.tfstate");
  writeFileSync(before, terraform(folder, "state", "pull"));
  terraform(folder, "apply", "-auto-approve", "-input=false", `-replace=${address}`, `-target=${address}`);
  terraform(folder, "state", "push", "-force", before);
  rmSync(before);
}

it("finds nothing to do where nothing was interrupted", () => {
  const { status, stdout } = recover();
  expect(stdout).toContain("Nothing to recover.");
  expect(status).toBe(0);
});

it("does not touch a lock that may be held, and says how to release it", async () => {
  const id = await lock("dev-network", "runner@another-machine");
  const { status, stderr } = recover("--yes");
  expect(stderr).toMatch(
    new RegExp(`dev-network is locked by runner@another-machine, OperationTypeApply since .*UNLOCK=${id}. Nothing was`),
  );
  expect(status).toBe(1);
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "dev-network.tfstate.tflock" }));
});

it.each([
  ["an output that no earlier stack has yet", "images.apps.get(name.trim())"],
  ["roles that nothing has made yet", 'images.apps.get(name.replace("orders", "backend"))'],
])("leaves alone what needs %s: no deploy came so far", async (_, image) => {
  const copy = await Copy.make();
  try {
    copy.add("checks/environments/added-services/apps", "apps");
    copy.edit("stacks/services.ts", "] as const satisfies", `${JSON.stringify(addedServices[0])}] as const satisfies`);
    copy.edit("stacks/compute-stack.ts", "this.props.images.apps.get(name)", `this.props.${image}`);
    execFileSync(join(root, "node_modules/.bin/cdktf"), ["synth"], { cwd: copy.folder });
    const { arn, address } = await formerTaskDefinition("orders", copy.folder);
    const before = await environmentArns();
    const { status, stdout, stderr } = recoverIn(copy.folder, "--yes");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`import  dev-compute: ${address} = ${arn}`);
    expect(stdout).toContain(`left alone, what it needs has to be deployed first: ${address}`);
    expect(stdout).not.toMatch(/imported|does not exist any more/);
    expect(await environmentArns()).toEqual(before);
    await ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ["Environment"] }));
  } finally {
    copy.remove();
  }
});

it("unlocks, imports what no state knows, removes what is there twice; one deploy later the plans are empty", async () => {
  const inState = terraform(folderOf("dev-network"), "state", "list").trim().split("\n");
  const replaced = inState.find((address) => address.startsWith("aws_flow_log.")) ?? "";
  replaceUnseen("dev-network", replaced);
  const before = await environmentArns();
  duplicate();
  const lost = ["aws_nat_gateway", "aws_route", "aws_route_table_association", "aws_iam_role", "aws_lb"];
  const addresses = inState.filter((address) => lost.includes(address.split(".")[0] ?? ""));
  expect(new Set(addresses.map((address) => address.split(".")[0])).size).toBe(lost.length);
  terraform(folderOf("dev-network"), "state", "rm", ...addresses);
  for (const stack of ["dev-images", "dev-compute", "dev-observability"]) {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${stack}.tfstate` }));
  }
  await lock("dev-network", `root@${hostname()}`);
  expect((await environmentArns()).length).toBe(before.length + 2);

  const asked = recover();
  expect(asked.stderr).toContain("Nobody is there to ask");
  const { status, stdout, stderr } = recover("--yes");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/unlock {2}dev-network: locked by root@\S+ \(OperationTypeApply\) since/);
  expect(stdout).toContain(`remove from state  dev-network: ${replaced} does not exist any more`);
  expect(await environmentArns()).toEqual(before);

  execFileSync(join(root, "node_modules/.bin/cdktf"), ["deploy", "dev-*", "--auto-approve"], { cwd: root });
  expect(await environmentArns()).toEqual(before);
  for (const stack of stacks) expect({ stack, changes: leftToChange(stack) }).toEqual({ stack, changes: "" });
});
