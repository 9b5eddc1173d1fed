import type { Arguments } from "../synthesized";
import { each, lacking, named, type Policy } from "./policy";

const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";
const isPublicBalancer = (rule: Arguments) => String(rule.security_group_id).includes("aws_security_group.public_");
const everywhere = "0.0.0.0/0";
const isPrivate = ({ listener_arn }: Arguments) => String(listener_arn).includes("aws_lb_listener.internal_");
const signsInFirst = ({ action }: Arguments) => action[0]?.type === "authenticate-oidc" && action[0]?.order === 1;
const fromWorld = ({ cidr_ipv4, cidr_ipv6 }: Arguments) => cidr_ipv4 !== undefined || cidr_ipv6 !== undefined;

export const networkPolicies: readonly Policy[] = [
  {
    promise: "opens only the public load balancer to the internet, on the ports of the web",
    violations: (stacks, { domain }) => {
      const ports = typeof domain === "string" ? [80, 443] : [80];
      const open = each(
        stacks,
        ingress,
        (rule) => !fromWorld(rule) || (isPublicBalancer(rule) && ports.includes(rule.from_port)),
      );
      return [...open, ...each(stacks, "aws_lb", ({ internal }, id) => internal === !id.startsWith("public_"))];
    },
  },
  {
    promise: "shows the dashboard to addresses, to who signs in, or to everyone for a reason",
    violations: (stacks, { access }) => [
      ...each(stacks, ingress, ({ cidr_ipv4, description }) =>
        "ranges" in access
          ? cidr_ipv4 === undefined || access.ranges.includes(cidr_ipv4)
          : cidr_ipv4 !== everywhere || "signIn" in access || String(description).includes(access.everyone),
      ),
      ...("signIn" in access
        ? each(stacks, "aws_lb_listener_rule", (rule) => isPrivate(rule) || signsInFirst(rule))
        : []),
    ],
  },
  {
    promise: "opens one TCP port from one group to another, and says why",
    violations: (stacks) =>
      [ingress, egress].flatMap((type) =>
        each(
          stacks,
          type,
          (rule) =>
            rule.ip_protocol === "tcp" &&
            rule.from_port === rule.to_port &&
            rule.from_port > 0 &&
            Boolean(rule.description),
        ),
      ),
  },
  {
    promise: "lets traffic into tasks on the gateway's port alone",
    violations: (stacks) =>
      each(
        stacks,
        ingress,
        (rule, id) =>
          !id.includes("traffic-in") || (rule.from_port === 8080 && Boolean(rule.referenced_security_group_id)),
      ),
  },
  {
    promise: "lets tasks out by HTTPS alone, but for the services that they call",
    violations: (stacks) => each(stacks, egress, (rule) => !fromWorld(rule) || rule.from_port === 443),
  },
  {
    // The public load balancer, outside of the private subnets, also reaches the identity provider.
    promise: "lets no task out to the whole internet where endpoints lead to AWS",
    violations: (stacks, row) =>
      row.egress === "vpc-endpoints" ? each(stacks, egress, (rule) => !fromWorld(rule) || isPublicBalancer(rule)) : [],
  },
  {
    promise: "closes the default security group",
    violations: (stacks) => [
      ...lacking(stacks, "aws_vpc", "aws_default_security_group", "vpc_id"),
      ...each(
        stacks,
        "aws_default_security_group",
        ({ ingress: into, egress: out }) => into?.length === 0 && out?.length === 0,
      ),
    ],
  },
  {
    promise: "gives nothing in a subnet a public address by itself",
    violations: (stacks) =>
      each(stacks, "aws_subnet", ({ map_public_ip_on_launch }) => map_public_ip_on_launch !== true),
  },
  {
    promise: "has a public and a private subnet in each zone",
    violations: (stacks, { availabilityZones }) =>
      ["public", "private"].flatMap((kind) => {
        const subnets = stacks.resources("aws_subnet").filter(([id]) => id.includes(`_${kind}-`));
        const zones = subnets.map(([, { availability_zone }]) => availability_zone).sort();
        return String(zones) === String([...availabilityZones].sort()) ? [] : [`${kind} subnets are in ${zones}`];
      }),
  },
  {
    promise: "routes private subnets through NAT or nowhere",
    violations: (stacks) => [
      ...each(
        stacks,
        "aws_route_table_association",
        ({ route_table_id }, id) => !id.includes("private-") || route_table_id.includes("private-routes"),
      ),
      ...each(
        stacks,
        "aws_route",
        ({ route_table_id, gateway_id }) => gateway_id === undefined || route_table_id.includes("public-routes"),
      ),
    ],
  },
  {
    promise: "records all traffic of the VPC",
    violations: (stacks) => [
      ...lacking(stacks, "aws_vpc", "aws_flow_log", "vpc_id"),
      ...each(stacks, "aws_flow_log", ({ traffic_type }) => traffic_type === "ALL"),
    ],
  },
  {
    promise: "reaches AWS services inside the VPC by their usual names",
    violations: (stacks) =>
      each(
        stacks,
        "aws_vpc_endpoint",
        ({ vpc_endpoint_type, private_dns_enabled }) => vpc_endpoint_type === "Gateway" || private_dns_enabled === true,
      ),
  },
  {
    promise: "keeps private names private",
    violations: (stacks, { domain }) =>
      each(stacks, "aws_route53_zone", ({ name, vpc }) => name === domain || vpc?.length === 1),
  },
  {
    promise: "drops malformed requests, logs access, and protects load balancers as the row says",
    violations: (stacks, { deletionProtection }) =>
      each(
        stacks,
        "aws_lb",
        (balancer) =>
          balancer.drop_invalid_header_fields === true &&
          [undefined, "defensive", "strictest"].includes(balancer.desync_mitigation_mode) &&
          balancer.access_logs?.enabled === true &&
          balancer.enable_deletion_protection === deletionProtection,
      ),
  },
  {
    promise: "speaks TLS from 1.2 on where there is a domain, and redirects the rest",
    violations: (stacks, { domain }) => {
      if (typeof domain !== "string") return [];
      const listeners = stacks.resources("aws_lb_listener").filter(([id]) => id.startsWith("public_"));
      const isFine = ({ protocol, ssl_policy, certificate_arn, default_action }: Arguments) =>
        protocol === "HTTPS"
          ? /TLS13-1-2/.test(ssl_policy) && certificate_arn !== undefined
          : default_action[0].redirect?.protocol === "HTTPS";
      const secure = listeners.some(([, { protocol }]) => protocol === "HTTPS");
      return [
        ...listeners.filter(([, listener]) => !isFine(listener)).map(([id]) => id),
        ...(secure ? [] : ["no HTTPS listener"]),
      ];
    },
  },
  {
    promise: "filters and logs what comes from the internet where the row says so",
    violations: (stacks, { webAcl }) => {
      if ("none" in webAcl) return [];
      const isFine = ({ rule }: Arguments) =>
        rule.some(
          ({ statement }: Arguments) => statement.rate_based_statement?.limit === webAcl.requestsPerFiveMinutes,
        ) &&
        rule.every(
          ({ action, override_action }: Arguments) =>
            action?.block !== undefined || override_action?.none !== undefined,
        );
      const companions = [
        "aws_wafv2_web_acl",
        "aws_wafv2_web_acl_association",
        "aws_wafv2_web_acl_logging_configuration",
      ];
      return [
        ...each(stacks, "aws_wafv2_web_acl", isFine),
        ...companions.filter((type) => stacks.count(type) !== 1).map((type) => `${stacks.count(type)} of ${type}`),
      ];
    },
  },
  {
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    promise: "writes the log of a web ACL into a group that has the name which WAF asks for",
    violations: (stacks) =>
      each(stacks, "aws_wafv2_web_acl_logging_configuration", ({ log_destination_configs }) =>
        log_destination_configs.every((group: string) => named(stacks, group)?.name.startsWith("aws-waf-logs-")),
      ),
  },
  {
    // A domain and its star have one record of validation, and so have two certificates of a domain:
    // https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    promise: "writes the record that validates a certificate where it may be there already",
    violations: (stacks) =>
      each(
        stacks,
        "aws_route53_record",
        ({ name, allow_overwrite }) => !name.includes("domain_validation_options") || allow_overwrite === true,
      ),
  },
];
