import type { Json } from "../read/plan";
import { compare } from "./differences";

const paths = (before: Json, after: Json) => compare(before, after, {}).differences.map(({ path }) => path);

test("compares JSON in strings by meaning", () => {
  const before = { policy: '{"Version":"1","Statement":[{"Sid":"A","Action":"s3:GetObject"}]}' };
  const after = { policy: '{ "Statement": [ { "Action": ["s3:GetObject"], "Sid": "A" } ], "Version": "1" }' };
  expect(paths(before, after)).toEqual([]);
});

test("finds the entry of a list by its name", () => {
  const tasks = (image: string) => ({
    container_definitions: JSON.stringify([
      { name: "gateway", image: "g" },
      { name: "app", image },
    ]),
  });
  expect(compare(tasks("a:1"), tasks("a:2"), {}).differences).toEqual([
    { path: "container_definitions[app].image", before: "a:1", after: "a:2" },
  ]);
});

test("finds a variable by its name, wherever it stands", () => {
  const environment = (...pairs: [string, string][]) => ({
    environment: pairs.map(([name, value]) => ({ name, value })),
  });
  expect(compare(environment(["A", "1"], ["B", "2"]), environment(["B", "3"], ["A", "1"]), {}).differences).toEqual([
    { path: "environment[B]", before: "2", after: "3" },
  ]);
});

test("order is no difference, but for commands", () => {
  expect(paths({ subnets: ["a", "b"] }, { subnets: ["b", "a"] })).toEqual([]);
  expect(paths({ rules: [{ port: 1 }, { port: 2 }] }, { rules: [{ port: 2 }, { port: 1 }] })).toEqual([]);
  expect(paths({ command: ["a", "b"] }, { command: ["b", "a"] })).toEqual(["command"]);
});

test.each([
  ["definition", { States: { Route: { Choices: [{ Next: "Review" }, { Next: "Refund" }] } } }, ".States.Route.Choices"],
  ["content", { mainSteps: [{ name: "drain" }, { name: "stop" }] }, ".mainSteps"],
  ["body", ["a", "b"], ""],
])("order is a difference in JSON of steps: %s", (argument, document, place) => {
  const reversed = JSON.stringify(document, (_, value) => (Array.isArray(value) ? value.toReversed() : value));
  const [before, after] = [
    { [argument]: JSON.stringify(document), tags: "a" },
    { [argument]: reversed, tags: "b" },
  ];
  expect(paths(before, after)).toEqual([`${argument}${place}`, "tags"]);
});

test.each(["policy", "assume_role_policy", "event_pattern"])("order is no difference in a %s", (argument) => {
  const json = (...actions: string[]) => ({ [argument]: JSON.stringify({ Statement: [{ Action: actions }] }) });
  expect(paths(json("a:b", "a:c"), json("a:c", "a:b"))).toEqual([]);
});

test("an entry that was inserted does not shift the others", () => {
  expect(
    compare({ rule: [{ port: 1 }, { port: 2 }] }, { rule: [{ port: 9 }, { port: 1 }, { port: 2 }] }, {}).differences,
  ).toEqual([{ path: "rule[0].port", after: 9 }]);
});

test("nothing, null, empty text and empty lists are the same", () => {
  expect(paths({ a: null, b: [], c: {}, d: "" }, { a: "", b: null, d: [] })).toEqual([]);
  expect(paths({ a: null }, { a: false })).toEqual(["a"]);
});

test("in a block 0 is nothing, as providers write either; in JSON and at the top it is 0", () => {
  expect(paths({ query: [{ id: "a", period: null }] }, { query: [{ id: "a", period: 0 }] })).toEqual([]);
  expect(paths({ body: '{"a":{"b":0}}' }, { body: '{"a":{}}' })).toEqual(["body.a.b"]);
  expect(paths({ desired_count: null }, { desired_count: 0 })).toEqual(["desired_count"]);
});

test("keeps what the apply will tell apart", () => {
  expect(compare({ arn: "x", size: 1 }, { size: 2 }, { arn: true })).toEqual({
    differences: [{ path: "size", before: 1, after: 2 }],
    unknown: ["arn"],
  });
});

test("tags are told once", () => {
  expect(
    paths({ tags: { A: "1" }, tags_all: { A: "1", B: "1" } }, { tags: { A: "2" }, tags_all: { A: "2", B: "2" } }),
  ).toEqual(["tags.A", "tags_all.B"]);
});

test("objects that were strings, and strings that were objects, do not stop it", () => {
  expect(paths({ a: "[1]", b: '{"x":1}' }, { a: "text", b: 3 })).toEqual(["a", "b"]);
});

test("keys that every JavaScript object has are keys like others", () => {
  expect(compare({ tags: {} }, { tags: { toString: "x", constructor: "y" } }, {}).differences).toEqual([
    { path: "tags.toString", after: "x" },
    { path: "tags.constructor", after: "y" },
  ]);
  expect(compare({ tags: { valueOf: "x" } }, { tags: {} }, {}).differences).toEqual([
    { path: "tags.valueOf", before: "x" },
  ]);
});
