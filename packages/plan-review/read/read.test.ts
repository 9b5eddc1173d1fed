import { created, planText, resourceChange } from "../made-plan.fixture";
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
  ["a number", "7", /not a plan: it is a number/],
  ["null", "null", /not a plan: it is null/],
  ["a text, without telling it", '"hunter2-hunter2"', /not a plan: it is a string\./],
  ["other JSON", '{"name": "x"}', /not a plan: it has no format_version/],
  ["schemas of providers", '{"format_version": "1.0", "provider_schemas": {}}', /not a plan: it has neither changes/],
  ["a validation", '{"format_version": "1.0", "valid": true}', /not a plan: it has neither changes/],
  ["an empty state", '{"format_version": "1.0"}', /not a plan: it has neither changes/],
  ["a state", '{"format_version": "1.0", "values": {}}', /is a state, not a plan/],
  [
    "a change without actions",
    '{"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "a"}]}',
    /resource_changes\[0\] lacks actions/,
  ],
  ["changes that are no list", '{"format_version": "1.2", "resource_changes": {}}', /resource_changes is not a list/],
  ...[
    [{ resource_changes: [null] }, /resource_changes\[0\] is not an object: it is null/],
    [{ output_changes: { a: null } }, /output_changes.a is not an object: it is null/],
    [{ output_changes: { a: {} } }, /output_changes.a lacks actions/],
    [{ variables: { a: null } }, /variables.a is not an object: it is null/],
    [{ checks: [null] }, /checks\[0\] is not an object/],
    [{ deferred_changes: [null] }, /deferred_changes\[0\] is not an object/],
    [{ action_invocations: [null] }, /action_invocations\[0\] is not an object/],
    [{ deferred_action_invocations: {} }, /deferred_action_invocations is not a list/],
    [{ configuration: { root_module: { resources: [{ provisioners: {} }] } } }, /provisioners is not a list/],
    [{ configuration: { root_module: null } }, /root_module is not an object/],
    [{ configuration: { root_module: { resources: null } } }, /root_module.resources is not a list/],
    [{ configuration: { root_module: { resources: [null] } } }, /root_module.resources\[0\] is not an object/],
    [{ configuration: { root_module: { module_calls: { a: null } } } }, /module_calls.a is not an object/],
    [{ configuration: { root_module: { variables: { a: null } } } }, /variables.a is not an object/],
  ].map(([part, message]): [string, string, RegExp] => [
    `a plan with ${JSON.stringify(part)}`,
    planText({ more: part as Record<string, unknown> }),
    message as RegExp,
  ]),
  ...[{ replace_paths: [null] }, { replace_paths: "x" }, { actions: [1] }, { importing: null }].map(
    (part): [string, string, RegExp] => [
      `a change with ${JSON.stringify(part)}`,
      planText({
        more: { resource_changes: [{ address: "a.b", type: "a", change: { actions: ["update"], ...part } }] },
      }),
      /resource_changes\[0\]\.change\.\w+(\[0\])? is not a/,
    ],
  ),
])("says what is wrong with %s", (_, text, message) => {
  expect(() => read(text)).toThrow(PlanError);
  expect(() => read(text)).toThrow(message);
});

test("refuses a format that it does not know", () => {
  expect(() => read('{"format_version": "2.0"}')).toThrow(
    /format version 2.0; known are 0.1, 0.2 and 1.0 to 1.2. Nothing was reviewed/,
  );
});

test("refuses a format that is no number without repeating it, as it could steer the terminal", () => {
  expect(() => read(JSON.stringify({ format_version: "x\u001b[31mred\nline" }))).toThrow(
    /has the format version that is no number; known are/,
  );
});

test("reads what has null for a whole part, as some tools write it", () => {
  const nothing = { resource_drift: null, output_changes: null, variables: null, checks: null, configuration: null };
  expect(readPlan("p.json", planText({ more: nothing })).changes).toEqual([]);
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

test.each(["0.1", "0.2"])("reviews a plan of the old format %s, and notes it", (format_version) => {
  const plan = readPlan("web.plan.json", planText({ more: { format_version } }));
  expect(plan.notes).toEqual([expect.stringContaining("old Terraform")]);
});

test.each([
  ["before it", (text: string) => `[command]/usr/bin/terraform show -json plan\n${text}`],
  ["after it", (text: string) => `${text}\n::debug::Terraform exited with code 0.`],
  ["around it", (text: string) => `[command]/usr/bin/terraform\n${text}\n\n::debug::stderr: `],
])("reads a plan with a wrapper's lines %s", (_, wrapped) => {
  const text = planText({ changes: [created("a_b.c", { note: "::x\n[y" })] });
  expect(readPlan("web.plan.json", wrapped(text)).changes).toHaveLength(1);
});

test("null stands for a text that is absent", () => {
  const change = { ...resourceChange(created("a_b.c", {})), module_address: null, previous_address: null };
  const [read] = readPlan("web.plan.json", planText({ more: { resource_changes: [change] } })).changes;
  expect(read).not.toHaveProperty("previous_address");
});
