import { type Environment, environments } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { alternatives } from "./alternatives";
import { drivers } from "./drivers";
import { estimate } from "./estimate";
import { createProgram } from "./program";

const [dev, shippedStaging, shippedProd] = environments;
// The choices that these tests are about, whatever the table says today.
const staging: Environment = {
  ...shippedStaging,
  egress: "single-nat",
  capacity: { fargateWeight: 1, spotWeight: 3 },
};
const prod: Environment = {
  ...shippedProd,
  availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  egress: "nat-per-az",
  tasks: { minimum: 3, maximum: 12 },
  capacity: { fargateWeight: 1, spotWeight: 0 },
};
const now = estimate(prod, services);
const others = alternatives(prod, services, {});

function run(rows: readonly Environment[], ...args: string[]) {
  const output: string[] = [];
  const write = (text: string | Uint8Array) => output.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, "write").mockImplementation(write));
  process.exitCode = 0;
  try {
    createProgram(rows, services).exitOverride().parse(args, { from: "user" });
  } catch (error) {
    process.exitCode = (error as { exitCode: number }).exitCode;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const { exitCode } = process;
  process.exitCode = undefined;
  return { output: output.join(""), exitCode };
}

it("prints resources, what drives the price, other choices and assumptions", () => {
  const { output, exitCode } = run([prod], "--environment", "prod");
  expect(exitCode).toBe(0);
  const parts = [
    "3 × aws_nat_gateway",
    "What drives it",
    'egress: "single-nat"',
    "100 % Spot",
    "Assumptions",
    "checked 20",
  ];
  for (const part of parts) expect(output).toContain(part);
});

it("puts all environments side by side", () => {
  const { output, exitCode } = run(environments, "--environment", "all");
  expect(exitCode).toBe(0);
  expect(output).toMatch(/dev +staging +prod/);
});

it("fails, and says so, when a price is not known", () => {
  const { output, exitCode } = run([{ ...dev, region: "eu-central-1" }], "--environment", "dev");
  expect(exitCode).toBe(1);
  expect(output).toContain("price unknown: everything in dev");
});

it("names the environments that there are", () => {
  const { output, exitCode } = run(environments, "--environment", "production");
  expect(exitCode).toBe(1);
  expect(output).toContain("Allowed choices are dev, staging, prod, all");
});

it("refuses an assumption that is no amount", () => {
  const { output, exitCode } = run(environments, "--environment", "dev", "--task-share", "many");
  expect(exitCode).toBe(1);
  expect(output).toContain("Allowed: a number from 0");
});

it("prints JSON with the same total, and the assumptions of the command line", () => {
  const { output } = run(environments, "--environment", "dev", "--json", "--key-requests-10k", "9");
  const { environments: rows, assumptions } = JSON.parse(output);
  expect(rows[0].total).toEqual(estimate(dev, services, { keyRequests10k: 9 }).total);
  expect(assumptions.keyRequests10k).toBe(9);
});

it("prices every other way out and share of Spot, and not the row's own", () => {
  expect(others.map(({ change }) => change)).toEqual([
    'egress: "single-nat"',
    'egress: "vpc-endpoints"',
    "50 % Spot",
    "75 % Spot",
    "100 % Spot",
  ]);
  expect(alternatives(staging, services, {}).map(({ change }) => change)).toEqual([
    'egress: "nat-per-az"',
    'egress: "vpc-endpoints"',
    "0 % Spot",
    "50 % Spot",
    "100 % Spot",
  ]);
});

it("finds that Spot, a single NAT gateway, and endpoints lower the price", () => {
  const lower = others.filter(({ estimate: { total } }) => total.typical < now.total.typical - 10);
  expect(lower.map(({ change }) => change)).toEqual([
    'egress: "single-nat"',
    'egress: "vpc-endpoints"',
    "50 % Spot",
    "75 % Spot",
    "100 % Spot",
  ]);
});

it("names what costs most first, with its share of the total", () => {
  const [first, second, third] = drivers(now);
  expect(first?.type).toBe("aws_ecs_service");
  expect(first?.percent).toBeCloseTo(((first?.usd ?? 0) / now.total.typical) * 100);
  expect(first?.usd).toBeGreaterThan(second?.usd ?? 0);
  expect(second?.usd).toBeGreaterThan(third?.usd ?? 0);
});
