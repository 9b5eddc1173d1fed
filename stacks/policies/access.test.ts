import { allows, type Request } from "./access";

const arn = "arn:aws:ecs:us-east-1:111111111111:service/dev/backend";
const allow = (more: object = {}) => ({ Effect: "Allow", Action: "ecs:*", Resource: "*", ...more });
const request: Request = { action: "ecs:UpdateService", resource: arn };

it.each([
  ["the action as it is", [allow({ Action: ["ecs:CreateService", "ecs:UpdateService"] })], true],
  ["the action in other letters", [allow({ Action: "ECS:updateservice" })], true],
  ["the start of the action", [allow({ Action: "ecs:Update*" })], true],
  ["one letter of it", [allow({ Action: "ecs:UpdateServic?" })], true],
  ["another service's star", [allow({ Action: "ec2:*" })], false],
  ["the resource by a star", [allow({ Resource: "arn:aws:ecs:us-east-1:111111111111:service/dev/*" })], true],
  ["another resource", [allow({ Resource: "arn:aws:ecs:us-east-1:111111111111:service/prod/*" })], false],
  ["a dot for any letter", [allow({ Resource: arn.replace("backend", "backen.") })], false],
  ["it, and denies it", [allow(), allow({ Effect: "Deny" })], false],
  ["it, and denies another", [allow(), allow({ Effect: "Deny", Action: "ecs:DeleteService" })], true],
  ["nothing", [], false],
])("knows a policy that allows %s", (_, statements, expected) => {
  expect(allows(statements, request)).toBe(expected);
});

it("takes a star in the request for all resources, which no narrower statement allows", () => {
  const everywhere = { ...request, resource: "*" };
  expect(allows([allow()], everywhere)).toBe(true);
  expect(allows([allow({ Resource: arn })], everywhere)).toBe(false);
});

it.each([
  [{ StringEquals: { "aws:SourceAccount": "111111111111" } }, true],
  [{ StringEquals: { "aws:SourceAccount": ["222222222222", "111111111111"] } }, true],
  [{ StringEquals: { "aws:SourceAccount": "1*" } }, false],
  [{ StringLike: { "aws:SourceAccount": "1*" } }, true],
  [{ StringEquals: { "aws:SourceArn": "arn" } }, false],
  [{ Bool: { "aws:SecureTransport": "false" } }, false],
  [{ NumericLessThan: { "aws:SourceAccount": "9" } }, false],
])("meets a condition with what the request says of itself, and only then: %j", (Condition, expected) => {
  const context = { "aws:SourceAccount": "111111111111", "aws:SecureTransport": "true" };
  expect(allows([allow({ Condition })], { ...request, context })).toBe(expected);
});

it("holds a denial for met whose condition it does not understand", () => {
  const deny = allow({ Effect: "Deny", Condition: { NumericLessThan: { "aws:SourceAccount": "9" } } });
  expect(allows([allow(), deny], request)).toBe(false);
});

it("asks whether a resource's policy names the service", () => {
  const statement = allow({ Principal: { Service: ["sns.amazonaws.com"] } });
  expect(allows([statement], { ...request, service: "sns.amazonaws.com" })).toBe(true);
  expect(allows([statement], { ...request, service: "events.amazonaws.com" })).toBe(false);
});
