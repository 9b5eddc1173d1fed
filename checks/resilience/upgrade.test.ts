import type { Review } from "../../packages/plan-review/review";
import { announcements, replacementsIn } from "./upgrade";

const change = (address: string, ...actions: string[]) => ({ address, change: { actions } });
const review = (...changes: { address: string; action: string }[]) => ({ changes }) as unknown as Review;

it("counts as a replacement what is deleted and created in either order", () => {
  const plan = {
    resource_changes: [
      change("aws_lb.a", "delete", "create"),
      change("aws_lb.b", "create", "delete"),
      change("aws_lb.c", "create"),
      change("aws_lb.d", "delete"),
      change("aws_lb.e", "update"),
    ],
  };
  expect(replacementsIn(JSON.stringify(plan))).toEqual(["aws_lb.a", "aws_lb.b"]);
});

it("fails for a replacement that the review lists as something else, or not at all", () => {
  const seen = review({ address: "aws_lb.a", action: "replace" }, { address: "aws_lb.b", action: "update" });
  expect(announcements(["aws_lb.a"], seen).passed).toBe(true);
  expect(announcements(["aws_lb.a", "aws_lb.b", "aws_lb.c"], seen)).toMatchObject({
    passed: false,
    value: 2,
    evidence: "aws_lb.b, aws_lb.c",
  });
});
