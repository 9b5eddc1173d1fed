import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findEnvironment } from "../emulator/emulator";
import { ask } from "../shell/run";
import { LastApply, type LastApplyProps } from "./last-apply";

jest.mock("../shell/run", () => ({ ...jest.requireActual("../shell/run"), ask: jest.fn() }));
jest.mock("../images/wanted", () => ({ wantedImages: () => [] }));

const folder = mkdtempSync(join(tmpdir(), "last-apply-"));
interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: { readonly Key: string; readonly Body?: string };
}

const bucket = new Map<string, string>();
const s3 = {
  send: async ({ constructor: { name }, input: { Key, Body = "" } }: Sent) => {
    if (name === "PutObjectCommand") return void bucket.set(Key, Body);
    if (name === "DeleteObjectCommand") return void bucket.delete(Key);
    const found = bucket.get(Key);
    if (found === undefined) throw Object.assign(new Error(Key), { name: "NoSuchKey" });
    return { Body: { transformToString: async () => found } };
  },
} as unknown as NonNullable<LastApplyProps["s3"]>;

function put(stack: string, configuration: object): void {
  const file = join(folder, "cdktf.out/stacks", stack, "cdk.tf.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(configuration));
}

function stateOf(serial: number, outputs: object): string {
  return JSON.stringify({ serial, outputs });
}

const variable = { push_images: { type: "bool" } };
const reads = "data.terraform_remote_state.cross-stack-reference-input-dev-images.outputs.url";
const compute = { variable, locals: { reads } };
const props: LastApplyProps = {
  environment: findEnvironment("dev"),
  env: { TF_VAR_push_images: "false" },
  dependencies: new Map([
    ["dev-images", []],
    ["dev-compute", ["dev-images"]],
  ]),
  folder,
  s3,
  imageIds: async () => "sha256:1",
};
const changed = (some: Partial<LastApplyProps> = {}, emulator = "emulator 1") =>
  new LastApply({ ...props, ...some }, emulator);

beforeEach(async () => {
  bucket.clear();
  put("dev-images", { variable });
  put("dev-compute", compute);
  bucket.set("dev-images.tfstate", stateOf(1, { url: { value: "a" } }));
  bucket.set("dev-compute.tfstate", stateOf(1, {}));
  for (const stack of ["dev-images", "dev-compute"]) await changed().record(stack);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("has no reason to apply what was applied as it is", async () => {
  for (const stack of ["dev-images", "dev-compute"]) expect(await changed().reasonToApply(stack)).toBeUndefined();
});

describe("applies again", () => {
  const reason = (stack = "dev-compute", last = changed()) => last.reasonToApply(stack);

  it("where no apply is recorded, or one that began has not ended", async () => {
    await changed().forget("dev-compute");
    expect(await reason()).toBe("no complete apply to this emulator is recorded");
  });

  it("another configuration", async () => {
    put("dev-compute", { ...compute, resource: {} });
    expect(await reason()).toBe("its configuration changed");
  });

  it("other values of its variables, and of no others", async () => {
    const env = (name: string, value: string) => changed({ env: { ...props.env, [name]: value } });
    expect(await reason("dev-compute", env("TF_VAR_push_images", "true"))).toBe("its variables changed");
    expect(await reason("dev-compute", env("TF_VAR_other", "true"))).toBeUndefined();
  });

  it("after another value of an output that it reads", async () => {
    bucket.set("dev-images.tfstate", stateOf(2, { url: { value: "b" } }));
    expect(await reason()).toBe("outputs of the stacks that it depends on changed");
  });

  it("not after other values of outputs that it does not read", async () => {
    bucket.set("dev-images.tfstate", stateOf(2, { url: { value: "a" }, images: { value: "b" } }));
    expect(await reason()).toBeUndefined();
  });

  it("where Docker has other images, or none", async () => {
    const last = changed({ imageIds: async () => "sha256:2" });
    expect(await reason("dev-images", last)).toBe("its images in Docker are other ones");
    expect(await reason("dev-compute", last)).toBeUndefined();
  });

  it("on another emulator, and after another start of the same", async () => {
    expect(await reason("dev-compute", changed({}, "emulator 2"))).toBe("it was applied to another emulator");
  });

  it("where its own state is not what the apply left, as after a deploy by hand", async () => {
    bucket.set("dev-compute.tfstate", stateOf(2, {}));
    expect(await reason()).toBe("its state changed since");
  });

  it("what another version of this program recorded", async () => {
    const recorded = JSON.parse(bucket.get("dev-compute.applied.json") ?? "");
    bucket.set("dev-compute.applied.json", JSON.stringify({ ...recorded, format: "0" }));
    expect(await reason()).toBe("it was applied by another version of this program");
  });

  it("everything with FORCE=1", async () => {
    expect(await reason("dev-compute", changed({ isForced: true }))).toBe("FORCE=1");
  });
});

it("takes the state of the bootstrap stack from the disk", async () => {
  mkdirSync(join(folder, ".state"), { recursive: true });
  const file = join(folder, ".state/bootstrap-dev.tfstate");
  put("bootstrap-dev", {});
  writeFileSync(file, stateOf(1, { role: { value: "arn" } }));
  await changed().record("bootstrap-dev");
  expect(await changed().reasonToApply("bootstrap-dev")).toBeUndefined();
  expect(await changed().outputs("bootstrap-dev")).toEqual({ role: { value: "arn" } });
  writeFileSync(file, stateOf(2, {}));
  expect(await changed().reasonToApply("bootstrap-dev")).toBe("its state changed since");
});

describe("is there for the emulator of make up alone:", () => {
  const endpoint = "http://127.0.0.1:4566";
  const found = (env: NodeJS.ProcessEnv, inspected: string | null = "container") => {
    jest.mocked(ask).mockResolvedValue(inspected);
    return LastApply.onEmulator({ ...props, env });
  };

  it("there it is", async () => {
    expect(await found({ AWS_ENDPOINT_URL: endpoint })).toBeInstanceOf(LastApply);
  });

  it.each<[string, NodeJS.ProcessEnv, string | null]>([
    ["AWS", {}, "container"],
    ["an endpoint elsewhere", { AWS_ENDPOINT_URL: "https://s3.us-east-1.amazonaws.com" }, "container"],
    ["CI=true", { AWS_ENDPOINT_URL: endpoint, CI: "true" }, "container"],
    ["an emulator that nobody started here", { AWS_ENDPOINT_URL: endpoint }, null],
  ])("not for %s", async (_, env, inspected) => {
    expect(await found(env, inspected)).toBeUndefined();
  });
});
