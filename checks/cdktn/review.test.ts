import type { Difference } from "./compare";
import { type Explanation, review } from "./review";

const difference = (stack: string, after: string): Difference => ({
  path: [stack, "terraform", "source"],
  before: "aws",
  after,
});

const explanation: Explanation = {
  path: ["*", "terraform", "source"],
  before: "aws",
  after: "hashicorp/aws",
  reason: "The same provider with its full name.",
};

it("accepts differences that are explained, in every stack", () => {
  const differences = [difference("dev-network", "hashicorp/aws"), difference("prod-network", "hashicorp/aws")];
  expect(review(differences, [explanation])).toEqual({ explained: [{ explanation, count: 2 }], unexplained: [] });
});

it("hands back a difference that nobody explained", () => {
  const stranger = { path: ["dev-network", "resource"], before: "a", after: "b" };
  expect(review([stranger], [explanation]).unexplained).toEqual([stranger]);
});

it("hands back a difference whose values are not those of the explanation", () => {
  const other = difference("dev-network", "somebody/aws");
  expect(review([other], [explanation]).unexplained).toEqual([other]);
});

it("hands back a difference that lies deeper than the explanation reaches", () => {
  const deeper = { ...difference("dev-network", "hashicorp/aws"), path: ["dev-network", "terraform", "source", "0"] };
  expect(review([deeper], [explanation]).unexplained).toEqual([deeper]);
});

it("counts nothing for an explanation that covers nothing", () => {
  expect(review([], [explanation]).explained).toEqual([{ explanation, count: 0 }]);
});
