import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { created, deleted, planText, updated } from "./made-plan.fixture";
import { createProgram } from "./program";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-review-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(...args: string[]): { exitCode: number; output: string; errors: string } {
  let [output, errors, exitCode] = ["", "", -1];
  const surroundings = {
    write: (text: string) => (output += text),
    complain: (text: string) => (errors += text),
    isColoured: false,
    today: "2026-06-01",
  };
  createProgram(surroundings, (code) => {
    exitCode = code;
  }).parse(["--synthesized", folder, ...args], { from: "user" });
  return { exitCode, output, errors };
}

const dangerous = () => file("d.plan.json", planText({ changes: [deleted("aws_s3_bucket.b")] }));
const toLookAt = () => file("l.plan.json", planText({ changes: [updated("acme_thing.a", { a: 1 }, { a: 2 })] }));

test("ends with 0 unless a gate is asked for", () => {
  expect(run(dangerous()).exitCode).toBe(0);
});

test("ends with 2 when the verdict reaches the gate", () => {
  expect(run("--fail-on", "dangerous", dangerous()).exitCode).toBe(3);
  expect(run("--fail-on", "dangerous", toLookAt()).exitCode).toBe(0);
  expect(run("--fail-on", "look", toLookAt()).exitCode).toBe(3);
});

test.each(["danger", "dangerous", "verdict", "changes", "delete"])(
  "a gate shuts also when a secret of the plan is called %s",
  (word) => {
    const concealed = { ...created("acme_thing.a", { v: word }), after_sensitive: { v: true } };
    const plan = file("s.plan.json", planText({ changes: [deleted("aws_s3_bucket.b"), concealed] }));
    expect(run("--fail-on", "dangerous", plan).exitCode).toBe(3);
  },
);

test("ends with 1 and prints no review when one of the plans cannot be read", () => {
  expect(run(dangerous(), file("half.json", '{"format_version": "1.2", "resource'))).toMatchObject({
    exitCode: 2,
    output: "",
    errors: expect.stringContaining("half.json is cut off"),
  });
  expect(run(join(folder, "absent.json"))).toMatchObject({
    exitCode: 2,
    errors: expect.stringContaining("does not exist"),
  });
});

test.each([
  ["with a byte order mark", Buffer.from("\uFEFF{}", "utf16le")],
  ["without", Buffer.from("{}", "utf16le")],
])("UTF-16 %s is named as such", (_, bytes) => {
  const path = join(folder, "wide.json");
  writeFileSync(path, bytes);
  expect(run(path)).toMatchObject({ exitCode: 2, errors: expect.stringMatching(/is UTF-16, not UTF-8: .*\n$/) });
});

test("a full review that cannot be written ends with 1 and one line, and nothing is printed", () => {
  expect(run("--full", join(folder, "absent", "full.html"), dangerous())).toMatchObject({
    exitCode: 2,
    output: "",
    errors: expect.stringMatching(/^[^\n]*full.html cannot be written: ENOENT[^\n]*\n$/),
  });
});

test("a value that is nested too deeply ends with 1 and one line", () => {
  const text = planText({ changes: [updated("a_b.c", { x: "y" }, { x: "deep" })] });
  const deep = file("deep.json", text.replace('"deep"', "[".repeat(50_000) + "]".repeat(50_000)));
  expect(run(deep)).toMatchObject({
    exitCode: 2,
    output: "",
    errors: expect.stringMatching(/^[^\n]*too deeply[^\n]*\n$/),
  });
});

test("a value of a form that nothing writes is told in a line", () => {
  const rule = created("aws_vpc_security_group_ingress_rule.r", {
    cidr_ipv4: "0.0.0.0/0",
    ip_protocol: { toString: null },
  });
  const { exitCode, output, errors } = run(file("o.plan.json", planText({ changes: [rule] })));
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: "" });
  expect(errors).toMatch(/^Nothing was reviewed: .*\.ts:\d+\)\.\n$/);
});

test("a configuration that is no JSON is not quoted", () => {
  const config = file("c.json", '{\n  "password": hunter2-hunter2\n}');
  const { exitCode, errors } = run("--config", config, dangerous());
  expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: `${config} is not JSON.\n` });
});

test("a folder of stacks that is a file is refused", () => {
  file("stacks", "");
  expect(run(dangerous())).toMatchObject({ exitCode: 2, output: "", errors: expect.stringContaining("is no folder") });
});

test("an error is told without what steers a terminal", () => {
  const { errors } = run(join(folder, "\u001b[31mabsent\u202e.json"));
  for (const character of ["\u001b", "\u202e"]) expect(errors).not.toContain(character);
});

const allowing = (row: object) =>
  file(
    "plan-review.json",
    JSON.stringify({
      allow: [
        {
          rule: "loses-data",
          address: "aws_s3_bucket.*",
          reason: "moved to another account",
          expires: "2026-06-30",
          ...row,
        },
      ],
    }),
  );

test("a rule can be allowed for an address, with a reason that is told", () => {
  const { exitCode, output } = run("--fail-on", "dangerous", "--config", allowing({}), dangerous());
  expect(exitCode).toBe(0);
  expect(output).toContain("allowed until 2026-06-30: moved to another account");
});

test("an allowance that has ended counts no more, and is told", () => {
  const { exitCode, output } = run(
    "--fail-on",
    "dangerous",
    "--config",
    allowing({ expires: "2026-05-31" }),
    dangerous(),
  );
  expect(exitCode).toBe(3);
  expect(output).toContain("ended on 2026-05-31: it counts again");
});

test("an allowance for another address or rule does not count", () => {
  expect(
    run("--fail-on", "dangerous", "--config", allowing({ address: "aws_s3_bucket.other" }), dangerous()).exitCode,
  ).toBe(3);
  expect(run("--fail-on", "dangerous", "--config", allowing({ rule: "exposes" }), dangerous()).exitCode).toBe(3);
});

test.each([
  ["a rule that there is not", { rule: "x" }, /rule = "x"; there are loses-data/],
  ["no reason", { reason: " " }, /reason is missing/],
  ["no day", { expires: "soon" }, /expires = "soon"; allowed: a day/],
])("a configuration with %s is refused", (_, row, message) => {
  expect(run("--config", allowing(row), dangerous())).toMatchObject({
    exitCode: 2,
    errors: expect.stringMatching(message),
  });
});

test("takes the paths of constructs from what CDKTF synthesized", () => {
  mkdirSync(join(folder, "stacks/d"), { recursive: true });
  writeFileSync(
    join(folder, "stacks/d/cdk.tf.json"),
    JSON.stringify({ resource: { aws_s3_bucket: { b: { "//": { metadata: { path: "d/objects/bucket" } } } } } }),
  );
  expect(run(dangerous()).output).toContain("objects/bucket (aws_s3_bucket) is destroyed");
});

test.each(["{", "", '{"resource": hunter2-hunter2'])(
  "a synthesized stack that is broken (%s) ends with 1 and one line",
  (text) => {
    mkdirSync(join(folder, "stacks/d"), { recursive: true });
    writeFileSync(join(folder, "stacks/d/cdk.tf.json"), text);
    const { exitCode, errors } = run(dangerous());
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^[^\n]*cdk.tf.json is no JSON that can be read[^\n]*\n$/);
    expect(errors).not.toContain("hunter2");
  },
);

test.each([
  "null",
  "[]",
  '{"resource":null}',
  '{"resource":{"a":{"b":null}}}',
  '{"resource":{"a":{"b":{"//":{"metadata":{"path":5}}}}}}',
])("a synthesized stack with %s names no constructs", (text) => {
  mkdirSync(join(folder, "stacks/d"), { recursive: true });
  writeFileSync(join(folder, "stacks/d/cdk.tf.json"), text);
  expect(run(dangerous())).toMatchObject({ exitCode: 0, errors: "" });
});

test("tells plans of one name apart by their folders, and reads none twice", () => {
  const paths = ["staging", "prod"].map((name) => {
    mkdirSync(join(folder, name));
    return file(`${name}/plan.json`, planText({ changes: [deleted("aws_s3_bucket.b")] }));
  });
  const { output } = run("--format", "json", ...paths, paths[0] as string);
  expect(JSON.parse(output).stacks.map(({ name }: { name: string }) => name)).toEqual(["staging/plan", "prod/plan"]);
});

test("writes the full review beside the comment", () => {
  const full = join(folder, "full.html");
  run("--format", "markdown", "--full", full, dangerous());
  expect(readFileSync(full, "utf8")).toContain("aws_s3_bucket.b");
});

test.each([
  ["a folder", () => folder, /is a folder\. Name the plans in it/],
  ["a file that is not there", () => join(folder, "nothing.json"), /does not exist\. Name the file/],
])("says what is wrong with %s", (_, path, message) => {
  const { exitCode, errors } = run(path());
  expect(exitCode).toBe(2);
  expect(errors).toMatch(message);
});

test("--fail-on unknown ends with 3 for a type that no table has", () => {
  const plan = file("new.plan.json", planText({ changes: [created("acme_thing.a", {})] }));
  expect(run("--fail-on", "unknown", plan).exitCode).toBe(3);
  expect(run("--fail-on", "dangerous", plan).exitCode).toBe(0);
});
