import { ask, run } from "../shell/run";
import { reasonToAsk } from "./down";
import { discardEmulator } from "./emulator";
import type { Started } from "./instance";
import { thisProcess } from "./state";
import { discardAgreed, useOf } from "./with-emulator";

jest.mock("../shell/run", () => ({ ...jest.requireActual("../shell/run"), ask: jest.fn(), run: jest.fn() }));
jest.mock("../shell/progress", () => ({ note: jest.fn(), step: (_: string, work: () => unknown) => work() }));

const started = (given: Partial<Started> = {}): Started => {
  return { checkout: "/another", version: "1a2b3c4", owner: null, settings: {}, ...given };
};
const dead = { ...thisProcess(), pid: 2 ** 22 + 1 };

/** Arguments of all that Docker was called with. */
const calls = () => [
  ...jest.mocked(run).mock.calls.map(([, , args]) => args),
  ...jest.mocked(ask).mock.calls.map(([, args]) => args),
];

beforeEach(() => {
  process.env.EMULATOR_INSTANCE = "mine";
  process.env.XDG_STATE_HOME = "/nonexistent";
  delete process.env.YES;
  jest.mocked(ask).mockReset().mockResolvedValue("");
  jest
    .mocked(run)
    .mockReset()
    .mockImplementation(async (_, __, args) => (args.includes("ls") || args.includes("ps") ? "task-1\n" : ""));
});

it("removes what belongs to the instance, and asks about nothing else", async () => {
  await discardEmulator();
  const marks =
    /^(portfolio-dashboard-mine-aws|label=(com\.docker\.compose\.project=portfolio-dashboard-mine-aws|ministack\.instance=portfolio-dashboard-mine-emulator:4566))$/;
  const unbound = calls().filter(
    (args) => !args.some((each) => marks.test(each)) && args[0] !== "rm" && args[1] !== "rm",
  );
  expect(unbound).toEqual([]);
  expect(calls()).toContainEqual(["rm", "--force", "--volumes", "task-1"]);
  expect(calls()).toContainEqual([
    "compose",
    "--project-name",
    "portfolio-dashboard-mine-aws",
    "down",
    "--volumes",
    "--remove-orphans",
  ]);
});

describe("before a proof discards an instance:", () => {
  const running = (given: Started | null) => {
    const row = ["emulator", "127.0.0.1:4566->4566/tcp", "Up (healthy)", given ? JSON.stringify(given) : ""].join("\t");
    jest.mocked(ask).mockResolvedValue(row);
  };
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566", LOAD_BALANCERS_URL: "http://127.0.0.1:8081" };
  const removed = () => calls().some((args) => args.includes("down"));

  it.each([
    [
      "of a proof that runs",
      started({ owner: { ...thisProcess(), pid: 1, host: "elsewhere" } }),
      "is in use by /another (process 1 on elsewhere)",
    ],
    ["of an older version", null, "was started by an older version"],
  ])("stops where nobody can be asked: one %s", async (_, given, reason) => {
    running(given);
    await expect(discardAgreed(env)).rejects.toThrow(reason);
    expect(removed()).toBe(false);
  });

  it("does it with YES=1", async () => {
    running(null);
    process.env.YES = "1";
    await discardAgreed(env);
    expect(removed()).toBe(true);
  });

  it.each([
    ["left by a proof that was killed", started({ owner: dead })],
    ["with nothing on it", started()],
  ])("asks nobody: one %s", async (_, given) => {
    running(given);
    await discardAgreed(env);
    expect(removed()).toBe(true);
  });

  it("names what is on it", () => {
    const whole = { ports: {}, isWhole: true, started: started() };
    expect(useOf(whole, ["dev", "qa"])).toBe("was started by /another, and has dev, qa on it");
  });
});

describe("before make down:", () => {
  it.each<[string, Started, string[], string | undefined, string | undefined]>([
    [
      "an environment that another clone deployed",
      started(),
      ["dev"],
      "/another",
      "dev was deployed by /another. Destroy it?",
    ],
    [
      "an emulator that another clone has just started",
      started(),
      [],
      undefined,
      "The emulator (instance mine) was started by /another; nothing is on it yet. Discard it?",
    ],
    [
      "an environment on the emulator of a proof",
      started({ owner: thisProcess() }),
      ["dev"],
      undefined,
      expect.stringContaining("is in use by /another"),
    ],
    ["an own one on an emulator that another clone started", started(), ["dev"], process.cwd(), undefined],
    ["one that is not there, where others are", started(), ["qa"], undefined, undefined],
  ])("%s", (_, given, all, by, question) => {
    expect(reasonToAsk(given, all, { name: "dev", by })).toEqual(question);
  });
});
