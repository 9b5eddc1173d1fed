import { environments } from "../../stacks/environments";
import { ask, attempt } from "../shell/run";
import { LocalBuilds } from "./local-builds";

jest.mock("../shell/run", () => ({ ...jest.requireActual("../shell/run"), ask: jest.fn(), attempt: jest.fn() }));
jest.mock("./wanted", () => ({
  wantedBuilds: () =>
    ["backend", "frontend"].map((name) => ({
      image: { registry: "ecr", environment: "dev", name, tag: "1" },
      build: { context: `../../../apps/${name}`, platform: "linux/amd64" },
    })),
}));

const built = () => jest.mocked(attempt).mock.calls.map(([, , options]) => JSON.parse(options?.input ?? "").services);

beforeEach(() => {
  jest.mocked(attempt).mockReset().mockResolvedValue({ code: 0, output: "" });
  jest
    .mocked(ask)
    .mockReset()
    .mockImplementation(async (_, [, , tag]) => (tag === "ecr/dev/backend:1" ? "{}" : null));
});

it("builds the images that Docker lacks, from the checkout", async () => {
  expect(await new LocalBuilds(environments[0], {}, "/checkout").failures()).toBe("");
  const service = {
    build: { context: "/checkout/apps/frontend" },
    image: "ecr/dev/frontend:1",
    platform: "linux/amd64",
  };
  expect(built()).toEqual([{ frontend: service }]);
});

it("keeps what a failed build printed last", async () => {
  const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`);
  jest.mocked(attempt).mockResolvedValue({ code: 1, output: lines.join("\n") });
  expect(await new LocalBuilds(environments[0], {}, "/checkout").failures()).toBe(
    ["What the build of the image frontend printed last:", ...lines.slice(10).map((line) => `  ${line}`)].join("\n"),
  );
});
