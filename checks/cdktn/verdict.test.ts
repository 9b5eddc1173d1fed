import type { Explanation } from "./review";
import type { Synthesis } from "./synthesis";
import { judge } from "./verdict";

const synthesis = (version: string, source: string): Synthesis => ({
  version,
  stacks: { dev: { resource: { aws_vpc: { vpc: {} } }, terraform: { source } } },
});
const before = synthesis("0.21.0", "aws");
const after = synthesis("0.24.0", "hashicorp/aws");
const explanation: Explanation = {
  path: ["*", "terraform", "source"],
  before: "aws",
  after: "hashicorp/aws",
  reason: "The same provider with its full name.",
};

const failures = (...[left, right, explanations]: Parameters<typeof judge>) =>
  judge(left, right, explanations).filter(({ passed }) => !passed);

it("passes when each difference has a reason and each reason a difference", () => {
  expect(failures(before, after, [explanation])).toEqual([]);
});

it("fails on a difference that nobody explained, and says where and what", () => {
  expect(failures(before, after, [])).toMatchObject([
    {
      id: "unexplained.terraform.source",
      value: 1,
      evidence: '"aws" → "hashicorp/aws". Nobody explained it; dev has it, for one',
    },
  ]);
});

it("tells what several stacks share once", () => {
  const twice = ({ version, stacks }: Synthesis) => ({ version, stacks: { ...stacks, prod: stacks.dev ?? {} } });
  expect(failures(twice(before), twice(after), [])).toMatchObject([{ id: "unexplained.terraform.source", value: 2 }]);
});

it("fails on a stack that one side lacks", () => {
  expect(failures(before, { version: "0.24.0", stacks: {} }, [])).toMatchObject([{ id: "unexplained.a whole stack" }]);
});

it("fails on an explanation that covers nothing", () => {
  expect(failures(before, before, [explanation])).toMatchObject([
    { id: "explained.terraform.source", value: 0, evidence: "an explanation that covers nothing" },
  ]);
});

it("fails when one side was not synthesized, or both have nothing", () => {
  expect(failures(before, new Error(), [explanation])).toMatchObject([{ value: "no synthesis with cdktn" }]);
  const empty = { version: "0.21.0", stacks: {} };
  expect(failures(empty, empty, [])).toMatchObject([{ id: "extent", value: 0 }]);
});
