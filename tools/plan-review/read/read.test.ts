import { planText } from "../made-plan";
import { PlanError, readPlan } from "./read";

const whole = planText({ changes: [{ address: "aws_s3_bucket.b", before: { bucket: "b" } }] });
const read = (text: string) => readPlan("web.plan.json", text);

test("reads a plan, and takes the stack's name from its file", () => {
  expect(read(whole)).toMatchObject({ stack: "web", terraformVersion: "1.11.4", isComplete: true });
});

test.each([
  ["nothing", "", /is empty/],
  ["half a plan", whole.slice(0, whole.length / 2), /is cut off: its JSON is still open/],
  ["a plan that ends in a string", `{"format_version": "1.`, /is cut off/],
  ["broken JSON", '{"format_version": "1.2",, }', /is not valid JSON/],
  ["text", "Terraform will perform the following actions", /is not JSON/],
  ["Terraform's own form", "PK\u0003\u0004…", /Terraform's own form.*terraform show -json/],
  ["messages of terraform plan -json", '{"@level":"info"}\n{"@level":"info"}', /messages of terraform plan -json/],
  ["a list", "[]", /not a plan: it is a list/],
  ["a number", "7", /not a plan: it is 7|is not JSON/],
  ["other JSON", '{"name": "x"}', /not a plan: it has no format_version/],
  ["a state", '{"format_version": "1.0", "values": {}}', /is a state, not a plan/],
  [
    "a change without actions",
    '{"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "a"}]}',
    /resource_changes\[0\] lacks actions/,
  ],
  ["changes that are no list", '{"format_version": "1.2", "resource_changes": {}}', /resource_changes is not a list/],
])("says what is wrong with %s", (_, text, message) => {
  expect(() => read(text)).toThrow(PlanError);
  expect(() => read(text)).toThrow(message);
});

test("refuses a format that it does not know", () => {
  expect(() => read('{"format_version": "2.0"}')).toThrow(
    /format version 2.0; known is 1.0 to 1.2. Nothing was reviewed/,
  );
});

test("reads a newer minor version, and says that parts were not read", () => {
  expect(read('{"format_version": "1.9", "resource_changes": []}').notes).toEqual([
    expect.stringContaining("1.9 is newer than 1.2"),
  ]);
});

test("an error quotes nothing of the file, which may hold secrets", () => {
  const text = '{"format_version": "1.2", "password": hunter2-hunter2}';
  expect(() => read(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining("hunter2") }));
});

test("finds out what arguments name, in modules too", () => {
  const configuration = {
    root_module: {
      resources: [
        { address: "aws_lb.a", expressions: { subnets: { references: ["aws_subnet.s.id", "aws_subnet.s"] } } },
      ],
      module_calls: {
        web: {
          module: {
            resources: [{ address: "aws_lb.b", expressions: { nested: [{ of: { references: ["aws_vpc.v"] } }] } }],
          },
        },
      },
    },
  };
  const { references } = readPlan("p.json", planText({ more: { configuration } }));
  expect(references.get("aws_lb.a")).toEqual({ subnets: ["aws_subnet.s.id", "aws_subnet.s"] });
  expect(references.get("module.web.aws_lb.b")).toEqual({ nested: ["module.web.aws_vpc.v"] });
});
