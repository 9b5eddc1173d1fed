import { created, deleted, type MadeChange, replaced, reviewOf, updated } from "../made-plan.fixture";

const rule = (values: object) => ({
  ...{ security_group_id: "sg-db", ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "10.0.0.0/8" },
  ...values,
});
const single = "aws_vpc_security_group_ingress_rule.db";
const narrower = replaced(single, rule({}), rule({ cidr_ipv4: "10.20.0.0/16" }));

test.each<[string, readonly MadeChange[], string, string]>([
  [
    "a narrower range",
    [narrower],
    "dangerous",
    "Cuts off part of 10.0.0.0/8 from port 5432 of security group sg-db (still open to: 10.20.0.0/16)",
  ],
  [
    "a wider range",
    [updated(single, rule({}), rule({ cidr_ipv4: "10.0.0.0/7" }))],
    "look",
    "Opens port 5432 of security group sg-db to 10.0.0.0/7",
  ],
  [
    "another range",
    [updated(single, rule({}), rule({ cidr_ipv4: "172.16.0.0/12" }))],
    "dangerous",
    "Cuts off 10.0.0.0/8 from port 5432",
  ],
  [
    "another protocol",
    [updated(single, rule({}), rule({ ip_protocol: "udp" }))],
    "dangerous",
    "Cuts off 10.0.0.0/8 from port 5432 of security group sg-db (still open to: 10.0.0.0/8 by udp)",
  ],
  ["a rule that is deleted", [deleted(single, rule({}))], "dangerous", "Cuts off 10.0.0.0/8 from port 5432"],
  [
    "a shell that was open to everybody",
    [
      updated(
        single,
        rule({ from_port: 22, to_port: 22, cidr_ipv4: "0.0.0.0/0" }),
        rule({ from_port: 22, to_port: 22, cidr_ipv4: "203.0.113.0/24" }),
      ),
    ],
    "look",
    "Cuts off part of everybody (0.0.0.0/0) from port 22",
  ],
  [
    "a ping",
    [created(single, rule({ ip_protocol: "icmp", from_port: 8, to_port: 0 }))],
    "safe",
    "1 change, known to be harmless",
  ],
])("%s", (_, changes, verdict, says) => {
  const review = reviewOf(...changes);
  expect([review.verdict, review.because]).toEqual([verdict, expect.stringContaining(says)]);
});

test("two halves instead of the whole cut nobody off", () => {
  const halves = ["10.0.0.0/9", "10.128.0.0/9"].map((cidr_ipv4, index) =>
    created(`${single}${index}`, rule({ cidr_ipv4 })),
  );
  expect(reviewOf(deleted(single, rule({})), ...halves).verdict).toBe("safe");
});

test("a table says who reaches what, before and after", () => {
  expect(reviewOf(narrower).reach).toEqual([
    {
      direction: "in",
      target: "security group sg-db",
      ports: "port 5432",
      before: ["10.0.0.0/8"],
      after: ["10.20.0.0/16"],
    },
  ]);
});

/** Outside of AWS, by the provider's own rules: what removing a list means is told from what taking an entry out of it means. */
test.each<[string, MadeChange, string]>([
  [
    "the list of a cluster of Google, removed",
    updated(
      "google_container_cluster.c",
      { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "10.0.0.0/8" }] }] },
      { master_authorized_networks_config: [] },
    ),
    "Lets every address come to the cluster's API",
  ],
  [
    "an entry of that list",
    updated(
      "google_container_cluster.c",
      {
        master_authorized_networks_config: [
          { cidr_blocks: [{ cidr_block: "10.0.0.0/8" }, { cidr_block: "172.16.0.0/12" }] },
        ],
      },
      { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "10.0.0.0/8" }] }] },
    ),
    "Refuses addresses that came to the cluster's API",
  ],
  [
    "a rule of Google that denies everybody",
    created("google_compute_firewall.f", {
      network: "prod",
      direction: "INGRESS",
      deny: [{ protocol: "all" }],
      source_ranges: ["0.0.0.0/0"],
    }),
    "Cuts off the network",
  ],
  [
    "a rule of Google without a source",
    created("google_compute_firewall.f", {
      network: "prod",
      direction: "INGRESS",
      allow: [{ protocol: "tcp", ports: ["22"] }],
    }),
    "Lets every address come in on port 22",
  ],
])("%s", (_, change, says) => {
  const review = reviewOf(change);
  expect([review.verdict, review.because]).toEqual(["dangerous", expect.stringContaining(says)]);
});
