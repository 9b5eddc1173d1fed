import { PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { environments } from "../../stacks/environments";
import { parseImage } from "./image";
import { hasAll, recordRolledBack, releasesOf } from "./releases";

const [dev] = environments;
const image = (name: string, tag: string) => parseImage(`registry/dev/${name}:${tag}`);
const tags = (backend: string) => ({ backend, gateway: "g" });
const running = (backend: string) => [image("backend", backend), image("gateway", "g")];

/** Parameter Store with a history of these values, two versions a page; what is put is added. */
function storeOf(values: string[], refusal?: string) {
  const send = async (command: { input: Record<string, unknown> }) => {
    const { input } = command;
    if (refusal) throw Object.assign(new Error(refusal), { name: refusal });
    if (input.Name !== "/portfolio-dashboard/dev/images") throw new Error(`${input.Name} is not the record of dev`);
    if (command instanceof PutParameterCommand) {
      // As AWS: without Overwrite, a parameter that exists is refused.
      if (!input.Overwrite) throw new Error("ParameterAlreadyExists");
      values.push(String(input.Value));
      return {};
    }
    const start = Number(input.NextToken ?? 0);
    return {
      Parameters: values
        .map((Value, index) => ({ Version: index + 1, LastModifiedDate: new Date(index), Value }))
        .slice(start, start + 2),
      NextToken: start + 2 < values.length ? String(start + 2) : undefined,
    };
  };
  return { send } as unknown as SSMClient;
}
const storeWith = (...backends: string[]) => storeOf(backends.map((backend) => JSON.stringify(tags(backend))));
const recordedIn = async (store: SSMClient) => (await releasesOf(store, dev)).map((release) => release.tags.backend);

it("reads all pages of the history, the oldest release first", async () => {
  expect(await releasesOf(storeWith("a", "b", "c"), dev)).toEqual([
    { version: 1, recordedAt: new Date(0), tags: tags("a") },
    { version: 2, recordedAt: new Date(1), tags: tags("b") },
    { version: 3, recordedAt: new Date(2), tags: tags("c") },
  ]);
});

it("finds no release before the first deployment, and reports any other refusal", async () => {
  expect(await releasesOf(storeOf([], "ParameterNotFound"), dev)).toEqual([]);
  await expect(releasesOf(storeOf([], "AccessDeniedException"), dev)).rejects.toThrow("AccessDeniedException");
});

it.each(["written by hand", "null", '{"backend":1}'])(
  "says which version has what no deployment records: %s",
  async (value) => {
    await expect(releasesOf(storeOf([value]), dev)).rejects.toThrow(
      `/portfolio-dashboard/dev/images, version 1, has ${value}. It must be`,
    );
  },
);

it("a release has the images that run when it has all of them, of which a worker's environment has no gateway", () => {
  const release = { version: 1, recordedAt: undefined, tags: tags("a") };
  expect(hasAll(release, running("a"))).toBe(true);
  expect(hasAll(release, [image("backend", "a")])).toBe(true);
  expect(hasAll(release, [...running("a"), image("gateway", "older")])).toBe(false);
  expect(hasAll(release, [...running("a"), image("orders", "o")])).toBe(false);
  expect(hasAll(release, [])).toBe(false);
});

it.each([
  ["the one before it, when ECS runs that again", ["a", "b", "c"], running("b"), ["a", "b", "c", "b"]],
  ["an older one, when ECS runs that", ["a", "b", "c"], running("a"), ["a", "b", "c", "a"]],
  [
    "the one before it, when one service of two was rolled back",
    ["a", "b"],
    [...running("b"), image("frontend", "a")],
    ["a", "b", "a"],
  ],
])("records once more, after a release that ECS rolled back, %s", async (_, before, now, after) => {
  const store = storeWith(...before);
  await recordRolledBack(store, dev, now);
  expect(await recordedIn(store)).toEqual(after);
});

it.each([
  ["the newest release runs: what ECS rolled back had the same images", ["a", "b"], running("b")],
  ["nothing ran before", ["a"], running("x")],
  ["nothing was recorded", [], running("a")],
])("records nothing when %s", async (_, before, now) => {
  const store = storeWith(...before);
  await recordRolledBack(store, dev, now);
  expect(await recordedIn(store)).toEqual(before);
});
