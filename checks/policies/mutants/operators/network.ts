import type { Arguments } from "../../../../stacks/synthesized";
import { type Operator, set } from "../operator";

const world = { cidr_ipv4: "0.0.0.0/0", referenced_security_group_id: undefined };
const names = (word: string) => (_: Arguments, id: string) => id.includes(word);

export const network: readonly Operator[] = [
  {
    id: "ingress-open",
    mistake: "lets everybody in where one group was meant",
    type: "aws_vpc_security_group_ingress_rule",
    change: set(world),
    applies: ({ cidr_ipv4 }) => cidr_ipv4 === undefined,
  },
  {
    id: "ingress-all-ports",
    mistake: "opens every port",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ from_port: 0, to_port: 65535 }),
  },
  {
    id: "ingress-all-protocols",
    mistake: "opens every protocol",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ ip_protocol: "-1", from_port: undefined, to_port: undefined }),
  },
  {
    id: "ingress-ssh",
    mistake: "opens a port for a look at a machine",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ ...world, from_port: 22, to_port: 22 }),
  },
  {
    id: "ingress-ipv6-open",
    mistake: "lets everybody in by IPv6",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ cidr_ipv6: "::/0", referenced_security_group_id: undefined }),
    applies: ({ cidr_ipv4 }) => cidr_ipv4 === undefined,
  },
  {
    id: "egress-open",
    mistake: "lets tasks go anywhere",
    type: "aws_vpc_security_group_egress_rule",
    change: set({ ...world, ip_protocol: "-1", from_port: undefined, to_port: undefined }),
  },
  {
    id: "egress-http",
    mistake: "lets tasks out unencrypted",
    type: "aws_vpc_security_group_egress_rule",
    change: set({ ...world, from_port: 80, to_port: 80 }),
  },
  {
    id: "rule-undescribed",
    mistake: "leaves a rule without a reason",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ description: undefined }),
  },
  {
    id: "default-group-open",
    mistake: "opens the group that resources without one get",
    type: "aws_default_security_group",
    change: set({ ingress: [{ from_port: 0, to_port: 0, protocol: "-1", self: true }] }),
  },
  {
    id: "default-group-forgotten",
    mistake: "leaves the default group as AWS makes it",
    type: "aws_default_security_group",
    change: "remove",
  },
  {
    id: "subnet-gives-public-addresses",
    mistake: "gives whatever starts in a subnet a public address",
    type: "aws_subnet",
    change: set({ map_public_ip_on_launch: true }),
  },
  {
    id: "one-zone",
    mistake: "puts a subnet into another one's zone",
    type: "aws_subnet",
    change: set({ availability_zone: "us-east-1a" }),
    applies: ({ availability_zone }) => availability_zone !== "us-east-1a",
  },
  {
    id: "private-route-to-internet",
    mistake: "routes private subnets straight to the internet",
    type: "aws_route_table_association",
    change: (resource) => {
      resource.route_table_id = "rtb-public";
    },
    applies: names("private"),
  },
  { id: "flow-log-forgotten", mistake: "records no traffic", type: "aws_flow_log", change: "remove" },
  {
    id: "flow-log-half",
    mistake: "records accepted traffic only",
    type: "aws_flow_log",
    change: set({ traffic_type: "ACCEPT" }),
  },
  {
    id: "endpoint-without-private-name",
    mistake: "leaves the public name of an AWS service in force",
    type: "aws_vpc_endpoint",
    change: set({ private_dns_enabled: false }),
    applies: ({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface",
  },
  {
    id: "endpoint-of-key-forgotten",
    mistake: "has no endpoint for the key that encrypts sessions",
    type: "aws_vpc_endpoint",
    change: "remove",
    applies: ({ service_name }) => service_name.endsWith(".kms"),
  },
  {
    id: "internal-balancer-public",
    mistake: "gives the internal load balancer public addresses",
    type: "aws_lb",
    change: set({ internal: false }),
    applies: ({ internal }) => internal === true,
  },
  {
    id: "invalid-headers-kept",
    mistake: "passes malformed headers on",
    type: "aws_lb",
    change: set({ drop_invalid_header_fields: false }),
  },
  {
    id: "balancer-unprotected",
    mistake: "lets production's load balancer be deleted",
    type: "aws_lb",
    change: set({ enable_deletion_protection: false }),
    applies: ({ enable_deletion_protection }) => enable_deletion_protection === true,
  },
  { id: "access-logs-off", mistake: "keeps no access log", type: "aws_lb", change: set({ access_logs: undefined }) },
  {
    id: "idle-timeout-inverted",
    mistake: "lets the load balancer keep connections longer than its targets",
    type: "aws_lb",
    change: set({ idle_timeout: 120 }),
  },
  {
    id: "desync-monitored",
    mistake: "lets ambiguous requests pass",
    type: "aws_lb",
    change: set({ desync_mitigation_mode: "monitor" }),
  },
  {
    id: "old-tls",
    mistake: "speaks TLS 1.0",
    type: "aws_lb_listener",
    change: set({ ssl_policy: "ELBSecurityPolicy-2016-08" }),
    applies: ({ protocol }) => protocol === "HTTPS",
  },
  {
    id: "plain-listener",
    mistake: "takes the certificate off",
    type: "aws_lb_listener",
    change: set({ protocol: "HTTP", certificate_arn: undefined, ssl_policy: undefined }),
    applies: ({ protocol }) => protocol === "HTTPS",
  },
  {
    id: "no-redirect",
    mistake: "answers plain HTTP beside HTTPS",
    type: "aws_lb_listener",
    change: set({
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "200", content_type: "text/plain" } }],
    }),
    applies: ({ default_action }) => default_action[0].type === "redirect",
  },
  {
    id: "web-acl-detached",
    mistake: "writes rules that guard nothing",
    type: "aws_wafv2_web_acl_association",
    change: "remove",
  },
  {
    id: "web-acl-counts",
    mistake: "counts what it should block",
    type: "aws_wafv2_web_acl",
    change: (resource) => {
      for (const rule of resource.rule) if (rule.override_action) rule.override_action = { count: {} };
    },
  },
  {
    id: "web-acl-no-rate",
    mistake: "forgets the limit for each address",
    type: "aws_wafv2_web_acl",
    change: (resource) => {
      resource.rule.shift();
    },
  },
  {
    id: "web-acl-silent",
    mistake: "logs nothing of what it blocks",
    type: "aws_wafv2_web_acl_logging_configuration",
    change: "remove",
  },
  {
    id: "zone-public",
    mistake: "publishes the private names",
    type: "aws_route53_zone",
    change: set({ vpc: undefined }),
    applies: ({ vpc }) => vpc !== undefined,
  },
];
