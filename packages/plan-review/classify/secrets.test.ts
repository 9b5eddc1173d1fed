import {
  created,
  deleted,
  type MadeChange,
  madePlan,
  resourceChange,
  reviewOf,
  unchanged,
  updated,
} from "../made-plan.fixture";
import { formats, print } from "../print/print";
import { reviewPlans } from "../review";
import { isSecretName } from "./secret-names";

const secret = "hunter2-Correct/Horse+Battery&Staple";
const other = "another-Secret/Value+of&ours";
const json = JSON.stringify;

/** Twenty-four places, each by itself; what marks the value as sensitive stands beside it. */
const places: Readonly<Record<string, { changes?: MadeChange[]; more?: Record<string, unknown> }>> = {
  "a sensitive attribute": {
    changes: [
      {
        ...updated("aws_db_instance.d", { password: secret, size: 1 }, { password: other, size: 2 }),
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      },
    ],
  },
  "a sensitive attribute with an innocent name": {
    changes: [
      {
        ...updated("x_thing.d", { flavour: secret }, { flavour: other }),
        before_sensitive: { flavour: true },
        after_sensitive: { flavour: true },
      },
    ],
  },
  "a sensitive attribute of a deleted resource": {
    changes: [{ address: "x_thing.d", before: { flavour: secret }, before_sensitive: { flavour: true } }],
  },
  "an attribute whose name looks secret, unmarked": {
    changes: [updated("x_thing.d", { api_token: secret }, { api_token: other })],
  },
  "a variable in container definitions, by its name": {
    changes: [
      updated(
        "aws_ecs_task_definition.t",
        { container_definitions: json([{ name: "a", environment: [] }]) },
        { container_definitions: json([{ name: "a", environment: [{ name: "DB_PASSWORD", value: secret }] }]) },
      ),
    ],
  },
  "container definitions that are sensitive as a whole": {
    changes: [
      {
        ...updated(
          "aws_ecs_task_definition.t",
          { container_definitions: "[]" },
          { container_definitions: json([{ name: "a", command: [secret] }]) },
        ),
        after_sensitive: { container_definitions: true },
      },
    ],
  },
  "an innocent variable with the value of a sensitive attribute": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated(
        "aws_ecs_task_definition.t",
        { container_definitions: "[]" },
        { container_definitions: json([{ name: "a", environment: [{ name: "FLAVOUR", value: secret }] }]) },
      ),
    ],
  },
  "a map of variables": {
    changes: [
      updated(
        "aws_lambda_function.f",
        { environment: [{ variables: {} }] },
        { environment: [{ variables: { CLIENT_SECRET: secret } }] },
      ),
    ],
  },
  "JSON in JSON": {
    changes: [updated("x_thing.d", { body: "{}" }, { body: json({ inner: json({ api_key: secret }) }) })],
  },
  "an element of a list that is sensitive": {
    changes: [
      { ...updated("x_thing.d", { list: ["a"] }, { list: ["a", secret] }), after_sensitive: { list: [false, true] } },
    ],
  },
  "a key of a map, where the value is sensitive elsewhere": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { map: {} }, { map: { [secret]: "1" } }),
    ],
  },
  "a key of for_each": {
    changes: [{ ...created(`x_thing.d["${secret}"]`, { flavour: secret }), after_sensitive: { flavour: true } }],
  },
  "base64 of a longer text": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated(
        "aws_instance.i",
        { user_data_base64: "x" },
        { user_data_base64: Buffer.from(`#!/bin/sh\nexport A=${secret}\nrun`).toString("base64") },
      ),
    ],
  },
  "a URL, encoded": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { url: "x" }, { url: `https://example.com/?a=${encodeURIComponent(secret)}` }),
    ],
  },
  "the password in a URL": {
    changes: [updated("y_thing.d", { url: "x" }, { url: `postgres://user:${secret.replaceAll("/", "-")}@host/db` })],
  },
  "a sensitive output": {
    changes: [updated("y_thing.d", { note: "x" }, { note: `see ${secret}` })],
    more: { output_changes: { out: { actions: ["create"], before: null, after: secret, after_sensitive: true } } },
  },
  "a sensitive variable": {
    changes: [updated("y_thing.d", { note: "x" }, { note: `see ${secret}` })],
    more: {
      variables: { v: { value: secret } },
      configuration: { root_module: { variables: { v: { sensitive: true } } } },
    },
  },
  drift: {
    more: {
      resource_drift: [
        resourceChange({
          ...updated("x_thing.d", { flavour: "old" }, { flavour: secret }),
          after_sensitive: { flavour: true },
        }),
      ],
    },
  },
  "a deferred change": {
    more: {
      deferred_changes: [
        {
          reason: "instance_count_unknown",
          resource_change: resourceChange({
            ...created(`x_thing.d["${secret}"]`, { flavour: secret }),
            after_sensitive: { flavour: true },
          }),
        },
      ],
    },
  },
  "an import's id": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      { ...updated("y_thing.d", { a: 1 }, { a: 2 }), importing: { id: secret } },
    ],
  },
  "an address that was moved": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      { ...updated("y_thing.d", { a: 1 }, { a: 2 }), previous_address: `y_thing.old["${secret}"]` },
    ],
  },
  "a policy": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated(
        "aws_iam_policy.p",
        { policy: '{"Statement":[]}' },
        { policy: json({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: secret }] }) },
      ),
    ],
  },
  "a tag": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { tags: {} }, { tags: { Note: `is ${secret}` } }),
    ],
  },
  "a range of addresses of a rule": {
    changes: [
      { ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } },
      created("aws_security_group_rule.r", {
        type: "ingress",
        security_group_id: secret,
        cidr_blocks: ["0.0.0.0/0"],
        from_port: 1,
        to_port: 1,
        protocol: "tcp",
      }),
    ],
  },
  "a failed check's name": {
    changes: [{ ...created("x_thing.d", { flavour: secret }), after_sensitive: { flavour: true } }],
    more: { checks: [{ address: { to_display: `check.c["${secret}"]` }, status: "fail" }] },
  },
};

const hunter = "Zq7hunterXw2pass9";
const token = ["ghp", "0123456789abcdefghijABCDEFGHIJ012345"].join("_");
const innocent = updated("y_thing.d", { x: "a" }, { x: `is ${hunter}` });
const taskWith = (name: string, value: string) => ({
  container_definitions: json([{ name: "a", environment: [{ name, value }] }]),
});

/** What else a plan has that says of a value that it is secret, or has a secret itself. */
const elsewhere: Readonly<Record<string, { hidden: string; changes: MadeChange[]; more?: Record<string, unknown> }>> = {
  "a variable that stays": {
    hidden: hunter,
    changes: [unchanged("aws_ecs_task_definition.t", taskWith("DB_PASSWORD", hunter)), innocent],
  },
  "a secret of the state before": {
    hidden: hunter,
    changes: [innocent],
    more: {
      prior_state: {
        values: {
          root_module: {
            child_modules: [
              { resources: [{ values: { secret_string: hunter }, sensitive_values: { secret_string: true } }] },
            ],
          },
        },
      },
    },
  },
  "an output of the planned state": {
    hidden: hunter,
    changes: [innocent],
    more: { planned_values: { outputs: { a: { value: hunter, sensitive: true } } } },
  },
  "the default of a sensitive variable of a module": {
    hidden: hunter,
    changes: [innocent],
    more: {
      configuration: {
        root_module: {
          module_calls: { m: { module: { variables: { v: { default: hunter, sensitive: true } } } } },
        },
      },
    },
  },
  "an entry of a variable": {
    hidden: hunter,
    changes: [innocent],
    more: { variables: { db: { value: { user: "a", password: hunter } } } },
  },
  "an output of CDKTF whose name looks secret": {
    hidden: hunter,
    changes: [innocent],
    more: {
      output_changes: {
        "cross-stack-output-x_thingpassword": {
          ...{ actions: ["no-op"], before: hunter, after: hunter, before_sensitive: true, after_sensitive: true },
        },
      },
    },
  },
  "the id of an import": {
    hidden: hunter,
    changes: [{ ...updated("y_thing.d", { a: 1 }, { a: 2 }), importing: { id: `postgres://u:${hunter}@h/db` } }],
  },
  "an address": { hidden: token, changes: [deleted(`y_thing.d["${token}"]`)] },
  "a key of a map": { hidden: token, changes: [updated("y_thing.d", { m: {} }, { m: { [token]: "user" } })] },
  "the name of a load balancer": {
    hidden: token,
    changes: [
      unchanged("aws_lb.l", { tags: { Name: token }, security_groups: ["sg-1"] }),
      openTo("sg-1", { from_port: 1, to_port: 1 }),
    ],
  },
  "the short name of a database": {
    hidden: "xK3q",
    changes: [
      {
        ...unchanged("aws_db_instance.d", { identifier: "xK3q", vpc_security_group_ids: ["sg-1"] }),
        ...{ before_sensitive: { identifier: true }, after_sensitive: { identifier: true } },
      },
      openTo("sg-1", { from_port: 1, to_port: 1 }),
    ],
  },
  "a port": {
    hidden: "4711",
    changes: [
      {
        ...openTo("sg-1", { from_port: 4711, to_port: 4711 }),
        after_sensitive: { from_port: true, to_port: true },
      },
    ],
  },
  "what a rule says of its peer": {
    hidden: "xK3q",
    changes: [
      {
        ...created("aws_security_group.g", {
          id: "sg-1",
          ingress: [{ security_groups: ["sg-9"], description: "xK3q", from_port: 1, to_port: 1, protocol: "tcp" }],
        }),
        after_sensitive: { ingress: [{ description: true }] },
      },
    ],
  },
  "base64 of JSON": {
    hidden: hunter,
    changes: [
      innocent,
      updated(
        "y_thing.e",
        { x: "a" },
        { x: Buffer.from(json([{ name: "DB_PASSWORD", value: hunter }])).toString("base64") },
      ),
    ],
  },
  "base64 of JSON, a few characters": {
    hidden: "InhLM3Ei",
    changes: [updated("y_thing.d", { x: "a" }, { x: Buffer.from(json({ password: "xK3q" })).toString("base64") })],
  },
  "the word after an option": {
    hidden: "battery",
    changes: [updated("y_thing.d", { command: ["a"] }, { command: ["--password", "correct horse, battery"] })],
  },
  "a variable in a list": {
    hidden: "battery",
    changes: [updated("y_thing.d", { env: ["a"] }, { env: ["DB_PASSWORD=correct horse, battery"] })],
  },
  "the values of a header that a listener asks for": {
    hidden: hunter,
    changes: [
      updated(
        "aws_lb_listener_rule.r",
        { condition: [] },
        { condition: [{ http_header: [{ http_header_name: "X-Origin-Verify", values: [hunter] }] }] },
      ),
    ],
  },
  "a map of secrets": { hidden: hunter, changes: [updated("y_thing.d", { secrets: {} }, { secrets: { A: hunter } })] },
};

function openTo(group: string, ports: Record<string, number>): MadeChange {
  return created("aws_vpc_security_group_ingress_rule.r", {
    ...{ security_group_id: group, cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp" },
    ...ports,
  });
}

test.each(Object.entries(elsewhere))("%s is in no format", (_, { hidden, changes, more = {} }) => {
  const review = reviewPlans([madePlan({ changes, more })], { today: "2026-01-01" });
  for (const format of formats) expect(print(review, format)).not.toContain(hidden);
});

test.each([
  ["Terraform's urlencode", "Zq7!hun ter(pass)9", "Zq7%21hun+ter%28pass%299"],
  ["a URL in small letters", "Zq7/hunter/pass9", "Zq7%2fhunter%2fpass9"],
  ["a URL as a whole", "Zq7 hunter/pass9", "Zq7%20hunter/pass9"],
  ["JSON in ASCII", "Zq7hünter9", "Zq7h\\u00fcnter9"],
  ["markup", `Zq7&hunt"er9`, "Zq7&amp;hunt&quot;er9"],
  ["hexadecimal in capitals", "Zq7hunter", Buffer.from("Zq7hunter").toString("hex").toUpperCase()],
  ["base64 of JSON", "Zq7hunter&Xw2pass9", Buffer.from('{"a":"Zq7hunter\\u0026Xw2pass9"}').toString("base64")],
  ["what base64 says", Buffer.from("is Zq7hunterXw2pass9").toString("base64"), "is Zq7hunterXw2pass9"],
  ["what a URL says", "Zq7%40hunterXw2", "Zq7@hunterXw2"],
  ["lines that end otherwise", "Zq7hunter\nXw2pass9", "Zq7hunter\r\nXw2pass9"],
])("a secret is hidden as %s writes it", (_, marked, written) => {
  const review = reviewOf(
    { ...created("x_thing.d", { flavour: marked }), after_sensitive: { flavour: true } },
    updated("y_thing.d", { x: "a" }, { x: `k ${written}` }),
  );
  expect(review.changes.find(({ address }) => address === "y_thing.d")?.differences).toEqual([
    { path: "x", before: "a", after: expect.stringContaining("(sensitive #") },
  ]);
  for (const format of formats) expect(print(review, format)).not.toContain(written);
});

test("of secrets that overlap nothing stays", () => {
  const mark = { after_sensitive: { flavour: true } };
  const review = reviewOf(
    { ...created("x_thing.d", { flavour: "abcdefghijkl" }), ...mark },
    { ...created("x_thing.e", { flavour: "ghijklwxyz4321" }), ...mark },
    updated("y_thing.d", { x: "a" }, { x: "is abcdefghijklwxyz4321." }),
  );
  expect(review.changes.find(({ address }) => address === "y_thing.d")?.differences[0]?.after).toBe(
    "is (sensitive #1).",
  );
});

test("a sensitive text that is empty is no secret", () => {
  const concealed = { ...created("x_thing.d", { flavour: "" }), after_sensitive: { flavour: true } };
  expect(JSON.stringify(reviewOf(concealed, updated("y_thing.d", { a: "" }, { a: "x" })))).not.toContain("sensitive #");
});

/** What must not be printed, and the changes that have it. */
const forms: Readonly<Record<string, { secret: string; changes: MadeChange[] }>> = {
  "a password in a URL without a user": {
    secret: "Zq7hunterXw2pass9",
    changes: [updated("y_thing.d", { url: "x" }, { url: "redis://:Zq7hunterXw2pass9@cache:6379" })],
  },
  "a password with an @ in a URL": {
    secret: "rXw2pass9",
    changes: [updated("y_thing.d", { url: "x" }, { url: "postgres://u:Zq7hunt@rXw2pass9@db:5432/x" })],
  },
  "a variable as Kubernetes writes it": {
    secret: "Zq7hunterXw2pass9",
    changes: [
      updated(
        "y_thing.d",
        { env: [{ key: "A", value: "1" }] },
        { env: [{ key: "DB_PASSWORD", value: "Zq7hunterXw2pass9" }] },
      ),
    ],
  },
  "a variable as AWS writes it, in JSON": {
    secret: "Zq7hunterXw2pass9",
    changes: [updated("y_thing.d", { x: "a" }, { x: json([{ Name: "DB_PASSWORD", Value: "Zq7hunterXw2pass9" }]) })],
  },
  "a short secret in JSON": {
    secret: "xK3q",
    changes: [
      updated(
        "aws_ecs_task_definition.t",
        { container_definitions: json([{ name: "a", environment: [{ name: "DB_PASSWORD", value: "old1" }] }]) },
        { container_definitions: json([{ name: "a", environment: [{ name: "DB_PASSWORD", value: "xK3q" }] }]) },
      ),
    ],
  },
  "a secret as Terraform's jsonencode writes it, in a text that is no JSON before": {
    secret: "hun\\u003cter\\u003eXw2",
    changes: [
      { ...created("x_thing.d", { flavour: "Zq7&hun<ter>Xw2" }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { x: "a" }, { x: 'k = "Zq7\\u0026hun\\u003cter\\u003eXw2"' }),
    ],
  },
  "a secret in hexadecimal": {
    secret: Buffer.from("Zq7hunterXw2pass9").toString("hex"),
    changes: [
      { ...created("x_thing.d", { flavour: "Zq7hunterXw2pass9" }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { x: "a" }, { x: Buffer.from("is Zq7hunterXw2pass9").toString("hex") }),
    ],
  },
  "base64 as URLs write it": {
    secret: "Pj4-Pz8_aHVudGVyWH",
    changes: [
      { ...created("x_thing.d", { flavour: "Zq7>>>???hunterXw" }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { x: "a" }, { x: Buffer.from("Zq7>>>???hunterXw").toString("base64url") }),
    ],
  },
  "a secret without the newline at its end": {
    secret: "Zq7hunterXw2pass9",
    changes: [
      { ...created("x_thing.d", { flavour: "Zq7hunterXw2pass9\n" }), after_sensitive: { flavour: true } },
      updated("y_thing.d", { x: "a" }, { x: "is Zq7hunterXw2pass9" }),
    ],
  },
  "a key of several lines that is indented": {
    secret: "MIIEpAIBAAKCAQEAline2",
    changes: [
      {
        ...created("x_thing.d", { flavour: "-----BEGIN\nMIIEpAIBAAKCAQEAline2\n-----END" }),
        after_sensitive: { flavour: true },
      },
      updated("y_thing.d", { x: "a" }, { x: "key: |\n  -----BEGIN\n  MIIEpAIBAAKCAQEAline2\n  -----END" }),
    ],
  },
};

test.each(Object.entries(forms))("%s is in no format", (_, { secret: hidden, changes }) => {
  const review = reviewPlans([madePlan({ changes })], { today: "2026-01-01" });
  for (const format of formats) expect(print(review, format)).not.toContain(hidden);
});

const asWritten = (text: string) => [
  text,
  text.replaceAll("/", "-"),
  encodeURIComponent(text),
  json(text).slice(1, -1),
  ...[0, 1, 2].map((offset) =>
    Buffer.from(" ".repeat(offset) + text)
      .toString("base64")
      .slice(4, -4),
  ),
];

describe.each(Object.entries(places))("%s", (_, { changes = [], more = {} }) => {
  test.each(formats)("is in no %s", (format) => {
    const printed = print(reviewPlans([madePlan({ changes, more })], { today: "2026-01-01" }), format);
    for (const form of [secret, other].flatMap(asWritten)) expect(printed).not.toContain(form);
    // Nor as markup writes it.
    expect(
      printed
        .replace(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)))
        .replaceAll("&amp;", "&")
        .replace(/\\(.)/g, "$1"),
    ).not.toContain(secret);
  });
});

test("that a secret changes is said", () => {
  const change = {
    ...updated("x_thing.d", { flavour: secret }, { flavour: other }),
    before_sensitive: { flavour: true },
    after_sensitive: { flavour: true },
  };
  const [reviewed] = reviewPlans([madePlan({ changes: [change] })], { today: "2026-01-01" }).changes;
  expect(reviewed?.differences).toEqual([{ path: "flavour", before: "(sensitive #1)", after: "(sensitive #2)" }]);
});

test.each([
  ["in a URL", (password: string) => `postgres://app:${password}@db/app`],
  ["in a script", (password: string) => `#!/bin/sh\nexport DB_PASSWORD=${password}\nexec app\n`],
])("that a secret %s changes is said", (_, written) => {
  const review = reviewOf(updated("x_thing.d", { flavour: written("first-one") }, { flavour: written("second-one") }));
  expect(review.verdict).toBe("unknown");
  expect(review.changes[0]?.differences).toEqual([
    { path: "flavour", before: written("(sensitive #1)"), after: written("(sensitive #2)") },
  ]);
});

describe.each(["danger", "dangerous", "verdict", "changes", "delete", "severity", "differences"])(
  "a secret %s",
  (word) => {
    const database = deleted("aws_db_instance.d", { id: "1" });
    const concealed = { ...created("x_thing.d", { flavour: word }), after_sensitive: { flavour: true } };
    const review = reviewPlans([madePlan({ changes: [database, concealed] })], { today: "2026-01-01" });

    test("renames nothing that the review says of itself", () => {
      expect(review).toMatchObject({ verdict: "dangerous", counts: { delete: 1, create: 1 } });
      expect(review.changes.map(({ action, verdict }) => [action, verdict])).toEqual([
        ["delete", "dangerous"],
        ["create", "unknown"],
      ]);
      expect(review.changes[0]?.findings).toMatchObject([
        { rule: "loses-data", verdict: "dangerous", outage: "data loss" },
      ]);
    });

    test.each(formats)("leaves a %s that can be read", (format) => expect(print(review, format)).toMatch(/dangerous/i));

    test("is not told", () => expect(review.changes[1]?.differences).toMatchObject([{ after: "(sensitive #1)" }]));
  },
);

test("what a month costs is the review's own number, whatever secret is written like it", () => {
  const costWith = (values: Parameters<typeof created>[1]) => {
    const concealed = { ...created("x_thing.d", values), after_sensitive: true };
    const changes = [created("aws_lb.l", {}), concealed];
    return reviewPlans([madePlan({ changes })], { today: "2026-01-01" }).cost;
  };
  const cost = costWith({});
  expect(costWith({ list: [cost.after.typical, "typical", 1] })).toEqual(cost);
});

test.each([
  ["an option", "run --db-password Zq7hunterXw2pass9 --verbose"],
  ["an option with an equals sign", "run --token='Zq7hunterXw2pass9'"],
  ["a connection string", "Server=db;User=sa;Password=Zq7hunterXw2pass9;Encrypt=true"],
  ["a URL's question", "https://host/x?a=1&token=Zq7hunterXw2pass9&b=2"],
  ["a script", 'set -e\nexport DB_PASSWORD="Zq7hunterXw2pass9"\n'],
  ["YAML", "auth:\n  password: Zq7hunterXw2pass9\n"],
])("a secret that %s names is in no format", (_, text) => {
  const command = json([{ name: "a", command: text.split(" ") }]);
  const changes = [
    updated("y_thing.d", { x: "a" }, { x: text }),
    updated("aws_ecs_task_definition.t", { container_definitions: "[]" }, { container_definitions: command }),
  ];
  const review = reviewPlans([madePlan({ changes })], { today: "2026-01-01" });
  for (const format of formats) expect(print(review, format)).not.toContain("Zq7hunterXw2pass9");
});

test.each([
  ["a variable of the shell", "export DB_PASSWORD=$FROM_ELSEWHERE"],
  ["an address", "--secret arn:aws:secretsmanager:x"],
  ["a lifetime", "token_ttl=30seconds"],
  ["a sentence", "the password is rotated monthly"],
])("%s is no secret, and stays readable", (_, text) => {
  const [reviewed] = reviewPlans([madePlan({ changes: [updated("y_thing.d", { x: "a" }, { x: text })] })], {
    today: "2026-01-01",
  }).changes;
  expect(reviewed?.differences).toEqual([{ path: "x", before: "a", after: text }]);
});

test("what CDKTF marks because one stack hands it to another stays readable", () => {
  const output_changes = {
    "cross-stack-output-aws_ecs_clusterclustername": {
      actions: ["no-op"],
      before: "staging",
      after: "staging",
      before_sensitive: true,
      after_sensitive: true,
    },
  };
  const review = reviewPlans(
    [
      madePlan({
        changes: [updated("aws_ecs_service.s", { name: "staging" }, { name: "staging-2" })],
        more: { output_changes },
      }),
    ],
    { today: "2026-01-01" },
  );
  expect(review.changes[0]?.differences).toEqual([{ path: "name", before: "staging", after: "staging-2" }]);
});

test.each([
  "DB_PASSWORD",
  "password",
  "master_password",
  "SECRET_KEY_BASE",
  "AWS_SECRET_ACCESS_KEY",
  "apiKey",
  "api-key",
  "clientSecret",
  "GITHUB_TOKEN",
  "auth_token",
  "private_key_pem",
  "connection_string",
  "secret_string",
  "SLACK_WEBHOOK_URL",
  "SENTRY_DSN",
  "GITHUB_PAT",
  "REDIS_PASS",
  "encryption_key",
  "DB_PWD",
  "MYSQL_PW",
  "preshared_key",
  "account_key",
  "SESSION_KEY",
  "passcode",
  "dbPass",
  "smtpPwd",
  "sentryDsn",
  "userJwt",
  "basicAuth",
  "sshKey",
  "tls_key",
  "DB_PASS_2",
  "DB_PASS_NEW",
  "password2",
  "api.key",
  "API KEY",
  ".dockerconfigjson",
  "kubeconfig",
  "spring.datasource.password",
  "Authorization",
  "x-api-key",
])("%s looks secret", (name) => expect(isSecretName(name)).toBe(true));

test.each(["STRIPE_KEY", "APP_KEY", "VAULT_SECRET_ID", "app:password"])("%s looks secret", (name) =>
  expect(isSecretName(name)).toBe(true),
);

// In two parts each, or scanners for secrets would find them here.
test.each([
  ["of Stripe", ["sk_live", "_4eC39HqLyjWDarjtT1zdp7dc"]],
  ["of GitHub", ["ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"]],
  ["of GitLab", ["glpat", "-Ab3dEf6hIj9lMn2pQr5t"]],
  ["of Slack", ["xoxb", "-263594206564-FGqddMF8t08v8N7Oq4i57vs1"]],
  ["of a hook of Slack", ["https://hooks.slack.com/services", "/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"]],
  ["of AWS", ["AKIA", "IOSFODNN7EXAMPLE"]],
  ["that is signed", ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"]],
] as const)("a token %s is known by how it looks", (_, parts) => {
  const review = reviewOf(updated("x_thing.d", { a: { FLAVOUR: "sweet" } }, { a: { FLAVOUR: parts.join("") } }));
  for (const format of formats) expect(print(review, format)).not.toContain(parts[1]);
});

test.each([
  ["a header", { custom_header: [{ name: "X-Origin-Verify", value: secret }] }],
  ["a parameter that is not encrypted", { name: "/prod/db/password2", insecure_value: secret }],
  ["user data", { user_data: Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${secret}\n`).toString("base64") }],
])("the secret of %s is hidden", (_, values) => {
  const review = reviewOf(updated("x_thing.d", { name: "/prod/db/password2" }, values));
  const forms = [0, 1, 2].map((n) =>
    Buffer.from("x".repeat(n) + secret)
      .toString("base64")
      .slice(n + 2, -4),
  );
  for (const format of formats)
    for (const form of [secret, ...forms]) expect(print(review, format)).not.toContain(form);
});

test.each([
  "token.actions.githubusercontent.com:sub",
  "aws:TokenIssueTime",
  "http_tokens",
  "access_token_validity",
  "token_validity_units",
  "api_key_source",
  "PUBLIC_KEY",
  "secret_arn",
  "secret_id",
  "secrets",
  "kms_key_id",
  "key_name",
  "TOKEN_LIFETIME_SECONDS",
  "password_length",
  "valueFrom",
  "hash_key",
  "path",
  "passthrough",
  "author",
  "compass",
  "monkey",
  "token_ttl",
  "password_policy",
  "secret_name",
  "PATH",
  "partition_key",
  "storage_key_id",
  "pwd_length",
  "token.actions.githubusercontent.com",
  "userPassFile",
])("%s does not", (name) => expect(isSecretName(name)).toBe(false));

test("the addresses of secrets stay readable", () => {
  const container = (secrets: object[]) => JSON.stringify([{ name: "a", image: "i", secrets }]);
  const change = updated(
    "aws_ecs_task_definition.t",
    { container_definitions: container([]) },
    { container_definitions: container([{ name: "API_KEY", valueFrom: "arn:aws:ssm:parameter/backend" }]) },
  );
  const text = JSON.stringify(reviewPlans([madePlan({ changes: [change] })], { today: "2026-01-01" }));
  expect(text).toContain("API_KEY");
  expect(text).toContain("arn:aws:ssm:parameter/backend");
});

// What takes the square of the time takes half an hour.
test("a text of megabytes ends", () => {
  const changes = ["a", "-", "//a:", "a=", "- ", "-eyJ", "password=", 'password="', "--password ", "<a>"].map(
    (part, index) => updated(`y_thing.d${index}`, { x: "a" }, { x: part.repeat(300_000) }),
  );
  const startedAt = performance.now();
  reviewPlans([madePlan({ changes })], { today: "2026-01-01" });
  expect(performance.now() - startedAt).toBeLessThan(120_000);
});
