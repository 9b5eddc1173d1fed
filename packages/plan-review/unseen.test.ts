import {
  created,
  deleted,
  type MadeChange,
  madePlan,
  replaced,
  resourceChange,
  reviewOf,
  rulesOf,
  updated,
} from "./made-plan.fixture";
import { formats, print } from "./print/print";
import { reviewPlans } from "./review";

const today = "2026-01-01";

test("other people's resource types: their data is not waved through", () => {
  for (const address of [
    "azurerm_storage_account.a",
    "google_sql_database_instance.d",
    "digitalocean_database_cluster.d",
    "kubernetes_persistent_volume_claim.p",
    "acme_vault.v",
  ]) {
    expect(reviewOf(deleted(address)).verdict).toBe("dangerous");
    expect(reviewOf(replaced(address, { a: 1 }, { a: 2 })).verdict).toBe("dangerous");
  }
});

test("other people's resource types: what is only tagged is safe, its deletion dangerous, everything else unknown", () => {
  expect(reviewOf(created("acme_thing.a", { speed: 1 })).verdict).toBe("unknown");
  expect(reviewOf(updated("acme_thing.a", { tags: { a: "1" } }, { tags: { a: "2" } })).verdict).toBe("safe");
  expect(reviewOf(updated("acme_thing.a", { speed: 1 }, { speed: 2 })).verdict).toBe("unknown");
  expect(reviewOf(deleted("acme_thing.a")).verdict).toBe("dangerous");
});

test("modules, count and for_each", () => {
  const address = 'module.web["eu/west"].module.inner[0].aws_s3_bucket.this["a.b[1]"]';
  const review = reviewOf(replaced(address, { bucket: "a" }, { bucket: "b" }, { paths: [["bucket"]] }));
  expect(review.changes[0]).toMatchObject({
    title: address,
    construct: undefined,
    replacedFor: ["bucket"],
    outage: "data loss",
  });
});

test("references of a module are found for each of its instances", () => {
  const configuration = {
    root_module: {
      module_calls: {
        web: {
          module: {
            resources: [
              {
                address: "acme_thing.t",
                expressions: { size: { references: ["var.size"] }, colour: { constant_value: "red" } },
              },
            ],
          },
        },
      },
    },
  };
  const change = {
    ...updated('module.web["a"].acme_thing.t', { size: 1, note: "x" }, {}),
    after: {},
    after_unknown: { size: true, note: true },
  };
  const review = reviewPlans([madePlan({ changes: [change], more: { configuration } })], { today });
  expect(review.changes[0]?.unknown).toEqual(["size"]);
});

test("what is moved, imported or forgotten", () => {
  const review = reviewOf(
    { address: "a_b.moved", actions: ["no-op"], before: {}, after: {}, previous_address: "a_b.old" },
    { address: "a_b.imported", actions: ["no-op"], before: {}, after: {}, importing: { id: "i-1" } },
    { address: "a_b.forgotten", actions: ["forget"], before: {} },
  );
  expect(review.counts).toMatchObject({ move: 1, import: 1, forget: 1, unchanged: 0 });
  expect(review.verdict).toBe("look");
});

test("an object that an interrupted replacement left behind", () => {
  const deposed = { ...resourceChange(deleted("aws_instance.i")), deposed: "00000000" };
  expect(reviewPlans([madePlan({ more: { resource_changes: [deposed] } })], { today }).verdict).toBe("dangerous");
});

test("deferred changes and actions that nobody knows yet are told", () => {
  const deferred_changes = [
    { reason: "provider_config_unknown", resource_change: resourceChange(created("a_b.c", {})) },
  ];
  const review = reviewPlans([madePlan({ more: { deferred_changes, complete: false } })], { today });
  expect(review.planFindings[0]?.says).toContain("a_b.c (provider config unknown)");
  expect(reviewOf({ address: "a_b.c", actions: ["open", "close"], before: {}, after: {} })).toMatchObject({
    verdict: "look",
    counts: { unknown: 1 },
  });
});

test.each([
  ["calculated from nothing", { name: {} }, "name", "look"],
  ["of blocks that the configuration is silent about", {}, "ingress", "look"],
  ["of a block that it names", { ingress: [{ from_port: {} }] }, "ingress", "look"],
  ["that the provider alone gives", {}, "owner_id", "safe"],
])("an unknown value %s, beside a change that is known", (_, expressions, path, verdict) => {
  const configuration = { root_module: { resources: [{ address: "aws_security_group.g", expressions }] } };
  const before = { ingress: [{ from_port: 80 }], owner_id: "1", name: "a", tags: { a: "1" } };
  const change = {
    ...updated("aws_security_group.g", before, {}),
    ...{ after: { ...before, tags: { a: "2" }, [path]: undefined }, after_unknown: { [path]: true } },
  };
  const review = reviewPlans([madePlan({ changes: [change], more: { configuration } })], { today });
  expect(review.verdict).toBe(verdict);
  expect(review.changes[0]?.unknown).toEqual(verdict === "look" ? [path] : []);
});

test.each([
  ["now", { action_invocations: [{ address: "action.aws_ec2_stop_instance.stop" }] }],
  ["later", { deferred_action_invocations: [{ action_invocation: { address: "action.aws_ec2_stop_instance.stop" } }] }],
])("an action that is invoked %s, where nothing else changes", (_, more) => {
  const { verdict, because } = reviewPlans([madePlan({ more })], { today });
  expect({ verdict, because }).toEqual({
    verdict: "look",
    because: "Actions of web are invoked: action.aws_ec2_stop_instance.stop.",
  });
});

test("commands that a new resource runs, in a module too", () => {
  const provisioners = [{ type: "local-exec", expressions: { command: { constant_value: "rm --recursive" } } }];
  const module = { resources: [{ address: "null_resource.n", expressions: {}, provisioners }] };
  const configuration = { root_module: { module_calls: { tidy: { module } } } };
  const address = 'module.tidy["a"].null_resource.n[0]';
  const reviewed = (change: MadeChange) =>
    reviewPlans([madePlan({ changes: [change], more: { configuration } })], { today });
  expect(reviewed(created(address, {}))).toMatchObject({
    verdict: "look",
    because: `Runs commands that no plan shows: local-exec: ${address}.`,
  });
  expect(rulesOf(reviewed(updated(address, { tags: {} }, { tags: { a: "1" } })))).toEqual([]);
});

test("an output that is shown from now on", () => {
  const reviewed = (before_sensitive: boolean, after_sensitive: boolean) => {
    const dsn = { actions: ["update"], before: "a", after: "a", before_sensitive, after_sensitive };
    return reviewPlans([madePlan({ more: { output_changes: { dsn } } })], { today });
  };
  expect(reviewed(true, false)).toMatchObject({
    verdict: "look",
    because: "The output dsn of web is no longer sensitive.",
  });
  for (const [before, after] of [
    [true, true],
    [false, false],
    [false, true],
  ] as const)
    expect(reviewed(before, after).verdict).toBe("safe");
});

test("values that are unknown everywhere", () => {
  const review = reviewOf(
    { ...updated("aws_security_group.g", { ingress: [] }, {}), after: {}, after_unknown: { ingress: true } },
    {
      address: "aws_vpc_security_group_ingress_rule.r",
      actions: ["create"],
      after: {},
      after_unknown: { security_group_id: true, cidr_ipv4: true },
    },
    { address: "aws_iam_policy.p", actions: ["create"], after: null, after_unknown: true },
    {
      address: "aws_lb.l",
      actions: ["update"],
      before: { subnets: ["a"] },
      after: { subnets: [null] },
      after_unknown: { subnets: [true] },
    },
  );
  expect(review.verdict).toBe("look");
});

test("a plan without resources, configuration or anything", () => {
  expect(reviewPlans([madePlan({})], { today })).toMatchObject({ verdict: "safe", because: "Nothing changes." });
});

test("an output that changes alone is told", () => {
  const more = { output_changes: { url: { actions: ["create"], before: null, after: "http://a.example" } } };
  expect(reviewPlans([madePlan({ more })], { today })).toMatchObject({
    verdict: "safe",
    because: "Nothing changes but outputs.",
  });
});

test("reads of data are no changes", () => {
  expect(reviewOf({ address: "data.a_b.c", mode: "data", actions: ["read"], after: {} }).changes).toEqual([]);
});

test("values that look like markup, colours or mentions do not act as such", () => {
  const nasty = "</details><script>alert(1)</script> @everybody `code` | \u001b[31mred\u0007 ](http://x)\n## Safe";
  const review = reviewOf(
    updated("acme_thing.a", { note: "x" }, { note: nasty }),
    updated(`acme_thing.b["${nasty}"]`, { note: "x" }, { note: "y" }),
  );
  const markdown = print(review, "markdown").replace(/`` .* ``/g, "");
  expect(markdown).not.toContain("<script>");
  expect(markdown).not.toContain("@everybody");
  expect(markdown).not.toMatch(/^## Safe/m);
  expect(print(review, "html")).not.toContain("<script>");
  for (const format of ["markdown", "terminal"] as const) expect(print(review, format)).not.toContain("\u001b[31m");
});

test("no value is a command for GitHub, in whose logs it may stand", () => {
  const review = reviewOf(
    created("aws_eks_access_policy_association.a", { principal_arn: "::error::broken", policy_arn: "p" }),
    updated("x_thing.d", { a: "x" }, { a: "##[set-output name=verdict]safe" }),
  );
  for (const format of formats) {
    const printed = print(review, format);
    expect(printed).not.toContain("##[");
    expect(printed).not.toMatch(/^\s*::/m);
  }
});

test("characters that steer a terminal or turn the direction of a text are in no format", () => {
  const hidden = "\u001b[31m \u009b31m \u007f \u202Ereversed\u202C \u2066isolated\u2069 \u200f \u061c \u2028";
  const review = reviewOf(updated(`acme_thing.a["${hidden}"]`, { note: "x" }, { note: hidden }));
  for (const format of formats) {
    expect(print(review, format).replaceAll("\n", "")).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
    );
  }
  expect(JSON.parse(print(review, "json"))).toEqual(JSON.parse(JSON.stringify(review)));
});

test("addresses in values do not become links of a comment", () => {
  const note = "http://evil.example/x https://evil.example www.evil.example WWW.evil.example";
  const markdown = print(reviewOf(updated("acme_thing.a", { note: "x" }, { note })), "markdown").replace(
    /`` .* ``/g,
    "",
  );
  expect(markdown).toContain("evil.example");
  expect(markdown).not.toMatch(/https?:\/\/|www\./i);
});

test("several stacks are one review, and a group of one is reached from another", () => {
  const compute = madePlan(
    {
      changes: [
        created("aws_vpc_security_group_ingress_rule.r", {
          security_group_id: "sg-1",
          cidr_ipv4: "0.0.0.0/0",
          ip_protocol: "tcp",
          from_port: 5432,
          to_port: 5432,
        }),
      ],
    },
    "compute.json",
  );
  const network = madePlan(
    {
      changes: [
        {
          address: "aws_db_instance.d",
          actions: ["no-op"],
          before: { identifier: "orders", vpc_security_group_ids: ["sg-1"] },
          after: { identifier: "orders", vpc_security_group_ids: ["sg-1"] },
        },
      ],
    },
    "network.json",
  );
  const review = reviewPlans([compute, network], { today });
  expect(review.stacks.map(({ name }) => name)).toEqual(["compute", "network"]);
  expect(review.because).toContain("Opens port 5432 of db instance orders to everybody (0.0.0.0/0) (was closed)");
});

test("a way that is open in one environment is new in another, though both call it the same", () => {
  const group = (id: string) => ({
    address: "aws_security_group.g",
    actions: ["no-op"],
    before: { id, name: "tasks" },
    after: { id, name: "tasks" },
  });
  const rule = (id: string) => ({
    security_group_id: id,
    cidr_ipv4: "0.0.0.0/0",
    ip_protocol: "tcp",
    from_port: 80,
    to_port: 80,
  });
  const address = "aws_vpc_security_group_ingress_rule.r";
  const staging = madePlan(
    { changes: [group("sg-1"), { address, actions: ["no-op"], before: rule("sg-1"), after: rule("sg-1") }] },
    "staging.json",
  );
  const prod = madePlan({ changes: [group("sg-2"), created(address, rule("sg-2"))] }, "prod.json");
  expect(reviewPlans([staging, prod], { today }).verdict).toBe("dangerous");
});

test("a group that is replaced by one of the same name opens nothing", () => {
  const rule = { ip_protocol: "tcp", from_port: 80, to_port: 80, cidr_ipv4: "0.0.0.0/0" };
  const configuration = {
    root_module: {
      resources: [
        {
          address: "aws_vpc_security_group_ingress_rule.r",
          expressions: { security_group_id: { references: ["aws_security_group.g.id", "aws_security_group.g"] } },
        },
      ],
    },
  };
  const changes = [
    {
      ...replaced("aws_security_group.g", { id: "sg-1", name: "web" }, {}, { first: true }),
      after: { name: "web" },
      after_unknown: { id: true },
    },
    {
      ...replaced("aws_vpc_security_group_ingress_rule.r", { ...rule, security_group_id: "sg-1" }, {}, { first: true }),
      after: rule,
      after_unknown: { security_group_id: true },
    },
  ];
  expect(rulesOf(reviewPlans([madePlan({ changes, more: { configuration } })], { today }))).not.toContain("exposes");
});

test("drift of what the configuration does not set is AWS's own affair", () => {
  const configuration = {
    root_module: { resources: [{ address: "aws_iam_role.r", expressions: { name: { constant_value: "r" } } }] },
  };
  const resource_drift = [
    resourceChange(
      updated("aws_iam_role.r", { name: "r", managed_policy_arns: [] }, { name: "s", managed_policy_arns: ["arn"] }),
    ),
  ];
  expect(reviewPlans([madePlan({ more: { configuration, resource_drift } })], { today }).drift).toMatchObject([
    { differences: [{ path: "name" }] },
  ]);
});

test("drift is listed apart and does not change the verdict", () => {
  const drift = (...changes: MadeChange[]) =>
    reviewPlans([madePlan({ more: { resource_drift: changes.map(resourceChange) } })], { today });
  const review = drift(
    updated("aws_s3_bucket.b", { force_destroy: false, tags: { a: "1" } }, { tags: { a: "2" } }),
    updated("aws_lb.same", { a: [] }, { a: null }),
  );
  expect(review).toMatchObject({
    verdict: "safe",
    drift: [{ address: "aws_s3_bucket.b", differences: [{ path: "tags.a" }] }],
  });
  expect(rulesOf(review)).toEqual([]);
});
