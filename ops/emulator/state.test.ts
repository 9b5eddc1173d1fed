import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorAt } from "../deploy/emulator-at";
import { emulatorState, root } from "../shell/paths";
import { claimState, deployedOn, environmentsOn, forgetDeployed, isAlive, thisProcess, whileDeploying } from "./state";

jest.mock("../deploy/emulator-at", () => ({ emulatorAt: jest.fn() }));

const endpoint = "http://127.0.0.1:40001";
const states = mkdtempSync(join(tmpdir(), "states-"));
const folder = () => emulatorState(endpoint);
const stateOf = (environment: string, resources: readonly object[]) =>
  writeFileSync(join(folder(), `bootstrap-${environment}.tfstate`), JSON.stringify({ resources }));

beforeAll(() => {
  process.env.XDG_STATE_HOME = states;
});
beforeEach(() => {
  rmSync(folder(), { recursive: true, force: true });
  mkdirSync(folder(), { recursive: true });
});
afterAll(() => {
  rmSync(states, { recursive: true });
  delete process.env.XDG_STATE_HOME;
});

const claim = async (emulator: string) => {
  jest.mocked(emulatorAt).mockResolvedValue(emulator);
  await claimState(endpoint);
};

it("keeps the state for as long as the emulator runs, and discards it after another start", async () => {
  await claim("id monday");
  stateOf("dev", [{}]);
  await claim("id monday");
  expect(environmentsOn(endpoint)).toEqual(["dev"]);
  await claim("id tuesday");
  expect(environmentsOn(endpoint)).toEqual([]);
});

it("keeps the state of one emulator apart from another's", async () => {
  stateOf("dev", [{}]);
  expect(environmentsOn("http://127.0.0.1:40002")).toEqual([]);
});

it("lists what somebody deployed, began to deploy, or deployed by hand", async () => {
  stateOf("dev", [{}]);
  stateOf("gone", []);
  await whileDeploying(endpoint, "qa", async () => {});
  expect(environmentsOn(endpoint)).toEqual(["dev", "qa"]);
  forgetDeployed(endpoint, "qa");
  expect(environmentsOn(endpoint)).toEqual(["dev"]);
});

it("marks a deployment while it runs, and keeps who deployed, also when it failed", async () => {
  const failing = whileDeploying(endpoint, "dev", async () => {
    expect(deployedOn(endpoint, "dev")).toEqual({ checkout: root, owner: thisProcess() });
    throw new Error("failed");
  });
  await expect(failing).rejects.toThrow("failed");
  expect(deployedOn(endpoint, "dev")).toEqual({ checkout: root });
});

it("knows a process that has ended from one that runs, and from one of another host", () => {
  expect(isAlive(thisProcess())).toBe(true);
  expect(isAlive({ pid: 2 ** 22 + 1, host: hostname() })).toBe(false);
  expect(isAlive({ pid: 2 ** 22 + 1, host: "elsewhere" })).toBe(true);
});
