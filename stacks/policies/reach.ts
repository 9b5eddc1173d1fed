import type { Arguments, Synthesized } from "../synthesized";
import { containersOf, each, named, type Policy } from "./policy";

const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";
const service = "aws_ecs_service";
const https = 443;
const list = (value: unknown) => [value ?? []].flat() as string[];

export const reachPolicies: readonly Policy[] = [
  {
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
    promise: "keeps the rules of a security group as resources, none in the group itself",
    violations: (stacks) =>
      each(stacks, "aws_security_group", ({ ingress: into, egress: out }) => into === undefined && out === undefined),
  },
  {
    promise: "opens what one group may reach in the group that is reached, and the other way round",
    violations: (stacks) =>
      [[egress, ingress] as const, [ingress, egress] as const].flatMap(([type, opposite]) =>
        each(
          stacks,
          type,
          (rule) =>
            rule.referenced_security_group_id === undefined ||
            stacks.resources(opposite).some(([, other]) => areOpposite(stacks.resolved(rule), stacks.resolved(other))),
        ),
      ),
  },
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html (Target.Timeout)
    promise: "lets each load balancer reach the tasks that it forwards to, where they listen",
    violations: (stacks) =>
      each(stacks, service, (resource) => {
        const { load_balancer: targets = [], network_configuration: network } = stacks.resolved(resource);
        return (targets as Arguments[]).every(({ target_group_arn, container_port }) => {
          const balancers = balancersOf(stacks, target_group_arn);
          return (
            balancers.length > 0 &&
            balancers.every((balancer) =>
              isOpen(stacks, list(balancer.security_groups), list(network.security_groups), container_port),
            )
          );
        });
      }),
  },
  {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html (kms: for sessions that a key encrypts)
    promise: "gives tasks a way to the registry, the logs and the secrets that they start with",
    violations: (stacks) =>
      stacks
        .resources(service)
        .flatMap(([id, resource]) =>
          missingWays(stacks, stacks.resolved(resource)).map((name) => `${service}.${id}: no endpoint for ${name}`),
        ),
  },
  {
    // Each costs about 7.30 USD a month and zone: https://aws.amazon.com/privatelink/pricing/
    promise: "has no endpoint but those that tasks need",
    violations: (stacks) => {
      const needed = stacks
        .resources(service)
        .flatMap(([, resource]) => neededInterfaces(stacks, stacks.resolved(resource)));
      return each(
        stacks,
        "aws_vpc_endpoint",
        ({ service_name, vpc_endpoint_type }) =>
          vpc_endpoint_type === "Gateway" || needed.some((name) => service_name.endsWith(`.${name}`)),
      );
    },
  },
];

/** A way out of one group, and the way into the other. */
function areOpposite(rule: Arguments, other: Arguments): boolean {
  return (
    rule.security_group_id === other.referenced_security_group_id &&
    rule.referenced_security_group_id === other.security_group_id &&
    rule.from_port === other.from_port &&
    rule.to_port === other.to_port
  );
}

/** Whether one of these groups may reach one of those at a port, by the rules of both sides. */
function isOpen(stacks: Synthesized, from: readonly string[], to: readonly string[], port: number): boolean {
  const rules = (type: string) => stacks.resources(type).map(([, rule]) => stacks.resolved(rule));
  const isAt = ({ from_port, to_port }: Arguments) => from_port <= port && port <= to_port;
  return from.some((source) =>
    to.some(
      (target) =>
        rules(egress).some(
          (rule) =>
            isAt(rule) &&
            rule.security_group_id === source &&
            (rule.referenced_security_group_id === target || rule.cidr_ipv4 === "0.0.0.0/0"),
        ) &&
        rules(ingress).some(
          (rule) => isAt(rule) && rule.security_group_id === target && rule.referenced_security_group_id === source,
        ),
    ),
  );
}

/** The load balancers whose listeners, or their rules, forward to a target group. */
function balancersOf(stacks: Synthesized, group: string): Arguments[] {
  const forwards = (actions: unknown) => JSON.stringify(stacks.resolved(actions)).includes(group);
  const listeners = [
    ...stacks
      .resources("aws_lb_listener")
      .filter(([, { default_action }]) => forwards(default_action))
      .map(([, listener]) => listener),
    ...stacks
      .resources("aws_lb_listener_rule")
      .filter(([, { action }]) => forwards(action))
      .map(([, { listener_arn }]) => named(stacks, listener_arn)),
  ];
  return listeners
    .flatMap((listener) => named(stacks, listener?.load_balancer_arn) ?? [])
    .map((balancer) => stacks.resolved(balancer));
}

function routeTableOf(stacks: Synthesized, subnet: string): string | undefined {
  return stacks.resources("aws_route_table_association").find(([, { subnet_id }]) => subnet_id === subnet)?.[1]
    .route_table_id;
}

function neededInterfaces(
  stacks: Synthesized,
  { task_definition, enable_execute_command, cluster }: Arguments,
): string[] {
  const session =
    enable_execute_command === true ? ["ssmmessages", ...(hasSessionKey(stacks, cluster) ? ["kms"] : [])] : [];
  return ["ecr.api", "ecr.dkr", "logs", ...startedWith(stacks, task_definition), ...session];
}

/** AWS services that the tasks of a service start with and do not reach. Through NAT gateways they reach all of them. */
function missingWays(stacks: Synthesized, resource: Arguments): string[] {
  const { network_configuration: network } = resource;
  const groups = list(network.security_groups);
  const tables = list(network.subnets).map((subnet) => routeTableOf(stacks, subnet));
  if (tables.every((table) => leadsOut(stacks, table)) && goesOut(stacks, groups, "cidr_ipv4", "0.0.0.0/0")) return [];
  return [
    ...neededInterfaces(stacks, resource).filter((name) => !hasInterface(stacks, name, groups)),
    ...(tables.every((table) => reachesS3(stacks, table, groups)) ? [] : ["s3"]),
  ];
}

/** Whether a route table leads to the internet, by NAT. */
function leadsOut(stacks: Synthesized, table: string | undefined): boolean {
  return stacks
    .resources("aws_route")
    .some(
      ([, { route_table_id, destination_cidr_block, nat_gateway_id }]) =>
        route_table_id === table && destination_cidr_block === "0.0.0.0/0" && nat_gateway_id !== undefined,
    );
}

function goesOut(stacks: Synthesized, groups: readonly string[], argument: string, to: string): boolean {
  return stacks
    .resources(egress)
    .map(([, rule]) => stacks.resolved(rule))
    .some(
      (rule) =>
        groups.includes(rule.security_group_id) &&
        rule[argument] === to &&
        rule.from_port <= https &&
        https <= rule.to_port,
    );
}

/** The endpoints that the secrets of a task's containers are read through. */
function startedWith(stacks: Synthesized, task: string): string[] {
  const secrets = containersOf(stacks)
    .filter(([id]) => task.includes(`.${id}.`))
    .flatMap(([, container]) => (container.secrets ?? []) as Arguments[]);
  return [...new Set(secrets.map(({ valueFrom }) => (/:ssm:/.test(valueFrom) ? "ssm" : "secretsmanager")))];
}

/** Whether a key encrypts what is typed by `aws ecs execute-command`: the agent inside the container calls KMS. */
function hasSessionKey(stacks: Synthesized, cluster: unknown): boolean {
  return named(stacks, cluster)?.configuration?.execute_command_configuration?.kms_key_id !== undefined;
}

/** Private DNS sends all calls to the endpoint, so it must be open to who calls. */
function hasInterface(stacks: Synthesized, name: string, callers: readonly string[]): boolean {
  return stacks
    .resources("aws_vpc_endpoint")
    .some(
      ([, { service_name, private_dns_enabled, security_group_ids }]) =>
        service_name.endsWith(`.${name}`) &&
        private_dns_enabled === true &&
        isOpen(stacks, callers, list(security_group_ids), https),
    );
}

function reachesS3(stacks: Synthesized, table: string | undefined, groups: readonly string[]): boolean {
  return stacks
    .resources("aws_vpc_endpoint")
    .some(
      ([id, { service_name, vpc_endpoint_type, route_table_ids }]) =>
        service_name.endsWith(".s3") &&
        vpc_endpoint_type === "Gateway" &&
        route_table_ids.includes(table) &&
        (goesOut(stacks, groups, "prefix_list_id", `\${aws_vpc_endpoint.${id}.prefix_list_id}`) ||
          goesOut(stacks, groups, "cidr_ipv4", "0.0.0.0/0")),
    );
}
