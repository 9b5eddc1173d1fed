import { type Accepted, review } from "./review";

const finding = { check: "CKV_AWS_2", resource: "aws_lb_listener.http" };
const reason: Accepted = { check: "CKV_AWS_2", resource: /^aws_lb_listener\./, reason: "within the VPC" };

it("accepts a finding that has a reason", () => {
  expect(review([finding], [reason])).toEqual({ open: [], idle: [] });
});

it("does not accept one that has none, nor another check's reason", () => {
  expect(review([finding], []).open).toEqual([finding]);
  expect(review([finding], [{ ...reason, check: "CKV_AWS_3" }]).open).toEqual([finding]);
});

it("names a reason that covers nothing", () => {
  expect(review([], [reason]).idle).toEqual([reason]);
});
