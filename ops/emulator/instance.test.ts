import { ask } from "../shell/run";
import { findRunning, instance, portsOf, runningInstances, useProofInstance } from "./instance";

jest.mock("../shell/run", () => ({ ...jest.requireActual("../shell/run"), ask: jest.fn() }));

const asked = jest.mocked(ask);
const before = process.env;
const started = { checkout: "/clone", version: "1a2b3c4", owner: null, settings: {} };
/** As `docker ps` prints them: service, ports, status, label. */
const row = (service: string, port: number, status = "Up 2 minutes (healthy)", label = "") =>
  [service, `127.0.0.1:${port}->1/tcp`, status, label].join("\t");
const whole = [
  row("emulator", 40_001, undefined, JSON.stringify(started)),
  row("control-plane", 40_002),
  row("load-balancers", 40_003),
];

beforeEach(() => {
  process.env = { ...before };
  for (const name of ["EMULATOR_INSTANCE", "EMULATOR_PORT", "CONTROL_PLANE_PORT", "DASHBOARD_PORT"])
    delete process.env[name];
  asked.mockReset().mockResolvedValue("");
});
afterAll(() => {
  process.env = before;
});

describe("names:", () => {
  it("the shared instance keeps its names", () => {
    const shared = { name: "default", project: "portfolio-dashboard-aws", container: "portfolio-dashboard-emulator" };
    expect(instance()).toEqual(shared);
    process.env.EMULATOR_INSTANCE = "";
    expect(instance()).toEqual(shared);
  });

  it("another one has its name in each of them", () => {
    process.env.EMULATOR_INSTANCE = "mine";
    expect(instance()).toEqual({
      name: "mine",
      project: "portfolio-dashboard-mine-aws",
      container: "portfolio-dashboard-mine-emulator",
    });
  });

  it.each(["Mine", "-mine", "a b", "a".repeat(21), "../x"])("%j is none", (name) => {
    process.env.EMULATOR_INSTANCE = name;
    expect(instance).toThrow(`EMULATOR_INSTANCE is "${name}". Allowed: a letter, then`);
  });

  it("proofs take one of their own, unless the setting says otherwise", () => {
    useProofInstance();
    expect(instance().name).toBe("proof");
    process.env.EMULATOR_INSTANCE = "default";
    useProofInstance();
    expect(instance().project).toBe("portfolio-dashboard-aws");
  });
});

describe("ports:", () => {
  const named = (name: string) => {
    process.env.EMULATOR_INSTANCE = name;
    return portsOf(instance());
  };

  it("those of the shared instance", async () => {
    expect(await named("default")).toEqual({ EMULATOR_PORT: 4566, CONTROL_PLANE_PORT: 4567, DASHBOARD_PORT: 8081 });
  });

  it("free ones for another, the same until it starts", async () => {
    const ports = await named("another");
    expect(new Set(Object.values(ports)).size).toBe(3);
    for (const port of Object.values(ports)) expect(port).toBeGreaterThan(1024);
    expect(await named("another")).toEqual(ports);
    expect(await named("third")).not.toEqual(ports);
  });

  it("as they are set", async () => {
    process.env.DASHBOARD_PORT = "9000";
    expect(await named("fixed")).toMatchObject({ DASHBOARD_PORT: 9000 });
  });

  it("as they are published, whoever started it, and whatever is set", async () => {
    asked.mockResolvedValue(whole.join("\n"));
    process.env.DASHBOARD_PORT = "9000";
    expect(await named("running")).toEqual({
      EMULATOR_PORT: 40_001,
      CONTROL_PLANE_PORT: 40_002,
      DASHBOARD_PORT: 40_003,
    });
    expect(asked.mock.calls[0]?.[1]).toContain("label=com.docker.compose.project=portfolio-dashboard-running-aws");
  });
});

describe("what runs:", () => {
  const found = (...rows: readonly string[]) => {
    asked.mockResolvedValue(rows.join("\n"));
    return findRunning(instance());
  };

  it("nothing", async () => {
    expect(await found()).toBeNull();
  });

  it("a whole one, with who started it", async () => {
    expect(await found(...whole)).toMatchObject({ isWhole: true, started });
  });

  it("one that was interrupted while it started", async () => {
    expect(await found(...whole.slice(0, 2))).toMatchObject({ isWhole: false, started });
    expect(await found(...whole.slice(0, 2), row("load-balancers", 1, "Up 1 second (health: starting)"))).toMatchObject(
      {
        isWhole: false,
      },
    );
  });

  it("one that an older version started", async () => {
    expect(await found(row("emulator", 4566), ...whole.slice(1))).toMatchObject({ isWhole: true, started: null });
  });
});

it("lists every instance by its name, with its address", async () => {
  const label = JSON.stringify(started);
  const listed = (project: string, port: number) => [project, `127.0.0.1:${port}->4566/tcp`, "Up", label].join("\t");
  asked.mockResolvedValue(
    [listed("portfolio-dashboard-aws", 4566), listed("portfolio-dashboard-a-b-aws", 40_001)].join("\n"),
  );
  expect(await runningInstances()).toEqual([
    { name: "default", endpoint: "http://127.0.0.1:4566", started },
    { name: "a-b", endpoint: "http://127.0.0.1:40001", started },
  ]);
});
