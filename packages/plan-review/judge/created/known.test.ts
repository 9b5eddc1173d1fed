import { created, type MadeChange, madePlan, reviewOf, unchanged } from "../../made-plan.fixture";
import type { Json } from "../../read/plan";
import { reviewPlans } from "../../review";

/** Who gets at what, and what is let through: with all that their providers leave to the apply. */
const newAccess: Readonly<Record<string, Record<string, Json>>> = {
  "kubernetes_cluster_role_binding_v1.admins": { role_ref: [{ name: "cluster-admin" }], subject: [{ name: "dev" }] },
  "kubernetes_network_policy.none": { spec: [{ pod_selector: [{}], policy_types: ["Ingress", "Egress"] }] },
  "kubernetes_mutating_webhook_configuration_v1.w": { webhook: [{ name: "w.example.com", failure_policy: "Fail" }] },
  "kubernetes_limit_range_v1.l": { spec: [{ limit: [{ type: "Pod", max: { cpu: "1m" } }] }] },
  "azuread_directory_role_assignment.a": { principal_object_id: "p", role_id: "r" },
  "azurerm_policy_assignment.p": { scope: "/subscriptions/s", policy_definition_id: "d" },
  "google_org_policy_policy.p": { name: "organizations/1/policies/x" },
  "google_project_iam_policy.p": { policy_data: "{}" },
  "google_compute_firewall.f": { network: "prod", allow: [{ protocol: "tcp" }] },
  "aws_iam_account_password_policy.p": { minimum_password_length: 8 },
  "aws_ecr_registry_policy.p": { policy: "{}" },
  "consul_acl_policy.p": { rules: 'key_prefix "" { policy = "write" }' },
  "helm_release.r": { chart: "ingress-nginx", name: "i" },
  "oci_identity_policy.p": { statements: ["Allow any-user to manage all-resources"] },
};
/** What only some of them compute. */
const laterOnly: Readonly<Record<string, Record<string, Json>>> = {
  "azuread_directory_role_assignment.a": { directory_scope_id: true },
  "azurerm_policy_assignment.p": { metadata: true },
  "google_org_policy_policy.p": { spec: [{ etag: true, update_time: true }] },
  "google_compute_firewall.f": { source_ranges: true },
  "aws_iam_account_password_policy.p": { expire_passwords: true },
  "aws_ecr_registry_policy.p": { registry_id: true },
  "helm_release.r": { manifest: true, metadata: true, status: true },
  "oci_identity_policy.p": { time_created: true },
};

/** With what the apply will tell besides what the provider computes of all that is new. */
function alsoLater(change: MadeChange, unknown: Record<string, Json>): MadeChange {
  return { ...change, after_unknown: { ...(change.after_unknown as Record<string, Json>), ...unknown } };
}

test.each(Object.entries(newAccess))("%s is unknown, whatever its provider leaves to the apply", (address, after) => {
  const review = reviewOf(alsoLater(created(address, after), laterOnly[address] ?? {}));
  expect(review).toMatchObject({ verdict: "look", because: expect.stringContaining("unknown: please check") });
});

describe("a setting that is known on something new", () => {
  const address = "aws_s3_bucket_ownership_controls.o";
  const setting = alsoLater(created(address, { rule: [{}] }), { bucket: true });
  const verdict = (bucket: MadeChange, expressions: object, change = setting) => {
    const resources = [{ address, expressions }];
    const configuration = { root_module: { resources } };
    return reviewPlans([madePlan({ changes: [bucket, change], more: { configuration } })], { today: "2026-01-01" })
      .verdict;
  };
  const ofBucket = { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } };

  it("is safe on what the same plan creates", () => {
    expect(verdict(created("aws_s3_bucket.b", {}), ofBucket)).toBe("safe");
    expect(verdict(created("aws_s3_bucket.b", {}), { bucket: { references: ["module.b.name"] } })).toBe("safe");
  });

  it("is unknown on what exists", () => {
    expect(verdict(unchanged("aws_s3_bucket.b", { id: "b" }), ofBucket)).toBe("look");
    const named = created(address, { bucket: "old", rule: [{}] });
    expect(verdict(created("aws_s3_bucket.b", { bucket: "b" }), {}, named)).toBe("look");
  });

  it("is unknown where the configuration leaves to the provider what it is set on", () => {
    expect(verdict(created("aws_s3_bucket.b", {}), { rule: [{}] })).toBe("look");
  });
});

test.each([
  ["versions of a bucket that is there", "aws_s3_bucket_versioning", { bucket: "b" }, "Enabled", "safe"],
  ["no more versions of a bucket that is there", "aws_s3_bucket_versioning", { bucket: "b" }, "Suspended", "look"],
  ["no versions of a new bucket", "aws_s3_bucket_versioning", { bucket: "new" }, "Suspended", "safe"],
])("%s", (_, type, values, status, verdict) => {
  const versioning = created(`${type}.v`, { ...values, versioning_configuration: [{ status }] });
  expect(reviewOf(created("aws_s3_bucket.b", { bucket: "new" }), versioning).verdict).toBe(verdict);
});

test.each([
  ["without a policy, beside what is there", "vpc-1", undefined, "safe"],
  ["whose policy says what still passes", "vpc-1", "{}", "look"],
  ["with a policy, of a new network", "vpc-2", "{}", "safe"],
])("a new endpoint %s", (_, vpc_id, policy, verdict) => {
  const endpoint = created("aws_vpc_endpoint.e", { vpc_id, ...(policy !== undefined && { policy }) });
  expect(reviewOf(created("aws_vpc.v", { id: "vpc-2" }), endpoint).verdict).toBe(verdict);
});

test.each([
  ["of an app", "app", "safe"],
  ["of the cluster itself, such as who may log in", "kube-system", "look"],
])("a new map of settings %s", (_, namespace, verdict) => {
  const map = created("kubernetes_config_map_v1.m", { metadata: [{ name: "aws-auth", namespace }], data: {} });
  expect(reviewOf(map).verdict).toBe(verdict);
});

test.each([
  ["one more name", { name: "a.example", type: "CNAME" }, "safe"],
  ["the proof of a certificate", { name: "_1.example", type: "TXT", records: ["proof"] }, "safe"],
  ["every name that has no record", { name: "*.example", type: "A" }, "look"],
  ["where mail goes", { name: "example", type: "MX" }, "look"],
  ["who may send mail", { name: "example", type: "TXT", records: ["v=spf1 -all"] }, "look"],
  ["who may make certificates", { name: "example", type: "CAA" }, "look"],
])("a new record that says %s", (_, values, verdict) => {
  expect(reviewOf(created("aws_route53_record.r", { zone_id: "Z1", ...values })).verdict).toBe(verdict);
});

test.each([
  ["inside of the cluster", {}, "safe"],
  ["for the internet", { type: "LoadBalancer" }, "look"],
  ["on every machine", { type: "NodePort" }, "look"],
])("a new service of Kubernetes %s", (_, spec, verdict) => {
  const service = created("kubernetes_service_v1.s", { metadata: [{ name: "s" }], spec: [{ port: [], ...spec }] });
  expect(reviewOf(service).verdict).toBe(verdict);
});
