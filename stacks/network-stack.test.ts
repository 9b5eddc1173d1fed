import { type Access, type Environment, environments } from "./environments";
import { maximalEnvironment, servicesWithSecrets, stacksOf } from "./maximal-environment";
import { type Service, services } from "./services";
import { type Arguments, Synthesized } from "./synthesized";

const [dev, , prod] = environments;
const networkOf = (environment: Environment, table: readonly Service[] = services) =>
  Synthesized.of(stacksOf(environment, table).network);
const endpointsOf = (network: Synthesized) =>
  network
    .resources("aws_vpc_endpoint")
    .map(([, endpoint]) => endpoint.service_name.split("us-east-1.")[1])
    .sort();

it("speaks TLS from 1.2 on, and redirects plain HTTP, where there is a domain", () => {
  const listeners = networkOf(maximalEnvironment).resources("aws_lb_listener");
  const [, https] = listeners.find(([, { port }]) => port === 443) ?? [];
  expect(https).toMatchObject({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  const [, http] = listeners.find(([id]) => id.startsWith("public_http_")) ?? [];
  expect(http?.default_action).toEqual([
    { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
  ]);
});

it("takes a certificate that is there already, and leaves the domain's DNS alone", () => {
  const certificateArn = "arn:aws:acm:us-east-1:444444444444:certificate/given";
  const network = networkOf({ ...maximalEnvironment, certificateArn });
  const [, https] = network.resources("aws_lb_listener").find(([, { port }]) => port === 443) ?? [];
  expect(https?.certificate_arn).toBe(certificateArn);
  expect(network.count("aws_acm_certificate")).toBe(0);
  expect(network.count("aws_route53_record")).toBe(0);
});

it.each<[string, Access, [range: string, port: number][]]>([
  ["everyone, for a reason", { everyone: "a sample" }, [["0.0.0.0/0", 80]]],
  [
    "some addresses, and nobody else",
    { ranges: ["198.51.100.7/32", "203.0.113.0/24"] },
    [
      ["198.51.100.7/32", 80],
      ["203.0.113.0/24", 80],
    ],
  ],
])("is reached by %s", (_, access, expected) => {
  const open = openings(networkOf({ ...dev, access }));
  expect(open).toEqual(expected);
});

it("is reached by everyone where people sign in, on both ports, and reaches the identity provider", () => {
  const network = networkOf(maximalEnvironment);
  expect(openings(network)).toEqual([
    ["0.0.0.0/0", 80],
    ["0.0.0.0/0", 443],
  ]);
  const [, out] = network.resources("aws_vpc_security_group_egress_rule").find(([id]) => id.startsWith("public_")) as [
    string,
    Arguments,
  ];
  expect(out).toMatchObject({ cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 });
});

/** What is open to addresses, not to security groups. */
function openings(network: Synthesized): [range: string, port: number][] {
  return network
    .resources("aws_vpc_security_group_ingress_rule")
    .filter(([, { cidr_ipv4 }]) => cidr_ipv4 !== undefined)
    .map(([, { cidr_ipv4, from_port }]): [string, number] => [cidr_ipv4, from_port])
    .sort(([, port], [, other]) => port - other);
}

it.each([
  ["single-nat", 1],
  ["nat-per-az", 3],
  ["vpc-endpoints", 0],
] as const)("has with %s %i NAT gateways in three zones, and always a way to S3 that is free", (egress, count) => {
  const network = networkOf({ ...prod, egress });
  expect(network.count("aws_nat_gateway")).toBe(count);
  expect(endpointsOf(network)).toContain("s3");
});

it("has an endpoint for each AWS service that tasks need, and for no other", () => {
  const base = ["ecr.api", "ecr.dkr", "logs", "s3"];
  expect(endpointsOf(networkOf({ ...dev, egress: "vpc-endpoints" }))).toEqual(base);
  expect(endpointsOf(networkOf(maximalEnvironment, servicesWithSecrets))).toEqual(
    [...base, "kms", "secretsmanager", "ssm", "ssmmessages"].sort(),
  );
});

it("gives a zone the same addresses, whichever other zones the row has", () => {
  const blocksOf = (...availabilityZones: string[]) =>
    Object.fromEntries(
      networkOf({ ...prod, availabilityZones })
        .resources("aws_subnet")
        .map(([, { cidr_block, tags }]) => [tags.Name, cidr_block]),
    );
  const block = (number: number) => `\${cidrsubnet("${prod.vpcCidr}", 4, ${number})}`;
  const all = blocksOf("us-east-1a", "us-east-1b", "us-east-1c");
  expect(all).toEqual({
    "prod-public-us-east-1a": block(0),
    "prod-public-us-east-1b": block(1),
    "prod-public-us-east-1c": block(2),
    "prod-private-us-east-1a": block(8),
    "prod-private-us-east-1b": block(9),
    "prod-private-us-east-1c": block(10),
  });
  expect(all).toMatchObject(blocksOf("us-east-1c", "us-east-1a"));
  expect(all).toMatchObject(blocksOf("us-east-1b", "us-east-1c"));
});

it("gives private subnets no route to the internet with endpoints alone", () => {
  const routes = networkOf({ ...dev, egress: "vpc-endpoints" }).resources("aws_route");
  expect(routes.map(([id]) => id)).toEqual([expect.stringContaining("public-default")]);
});

it("filters what comes from the internet where the row says so", () => {
  expect(networkOf(dev).count("aws_wafv2_web_acl")).toBe(0);
  const acl = networkOf(prod).only("aws_wafv2_web_acl");
  expect(acl.rule.map(({ name }: { name: string }) => name)).toEqual([
    "requests-per-address",
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesCommonRuleSet",
  ]);
  expect(acl.rule[0].statement.rate_based_statement.limit).toBe(prod.webAcl.requestsPerFiveMinutes);
});
