import { compare } from "./compare";

it("finds what was changed, added and removed, with the way to it", () => {
  const before = { aws_vpc: { vpc: { cidr_block: "10.0.0.0/16", tags: { Name: "dev" } } } };
  const after = { aws_vpc: { vpc: { cidr_block: "10.1.0.0/16", region: "us-east-1" } } };
  expect(compare(before, after)).toEqual([
    { path: ["aws_vpc", "vpc", "cidr_block"], before: "10.0.0.0/16", after: "10.1.0.0/16" },
    { path: ["aws_vpc", "vpc", "tags"], before: { Name: "dev" }, after: undefined },
    { path: ["aws_vpc", "vpc", "region"], before: undefined, after: "us-east-1" },
  ]);
});

it("reads JSON inside strings, at any depth", () => {
  const policy = (action: string) => JSON.stringify({ Statement: [{ Action: action, Note: `{"deep":"${action}"}` }] });
  expect(compare({ policy: policy("s3:Get") }, { policy: policy("s3:Put") })).toEqual([
    { path: ["policy", "Statement", "0", "Action"], before: "s3:Get", after: "s3:Put" },
    { path: ["policy", "Statement", "0", "Note", "deep"], before: "s3:Get", after: "s3:Put" },
  ]);
});

it("takes no notice of the order of keys or of spaces in JSON strings", () => {
  const before = { name: "a", body: '{"x":1,"y":2}' };
  const after = { body: '{ "y": 2, "x": 1 }', name: "a" };
  expect(compare(before, after)).toEqual([]);
});

it("takes notice of the order of lists, and of kinds that look alike", () => {
  const before = { order: ["a", "b"], port: 80, body: '{"x":1}', gone: null, empty: [] };
  const after = { order: ["b", "a"], port: "80", body: { x: 1 }, empty: {} };
  expect(compare(before, after).map(({ path }) => path.join("."))).toEqual([
    "order.0",
    "order.1",
    "port",
    "body",
    "gone",
    "empty",
  ]);
});

it("leaves Terraform's own expressions as text", () => {
  const text = "$" + "{jsonencode([1])}";
  expect(compare({ value: text, list: "[for x in y : x]" }, { value: text, list: "[for x in z : x]" })).toEqual([
    { path: ["list"], before: "[for x in y : x]", after: "[for x in z : x]" },
  ]);
});
