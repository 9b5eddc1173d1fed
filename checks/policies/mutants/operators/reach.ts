import type { Arguments } from "../../../../stacks/synthesized";
import { inJson, type Operator, set } from "../operator";

const isOfTasks = (_: Arguments, id: string) => id.includes("firewall_tasks");

export const reach: readonly Operator[] = [
  {
    id: "rule-in-group",
    mistake: "writes a rule into a group whose rules are resources",
    type: "aws_security_group",
    change: set({ ingress: [{ protocol: "tcp", from_port: 8080, to_port: 8080, cidr_blocks: ["10.0.0.0/8"] }] }),
  },
  {
    id: "tasks-not-reached",
    mistake: "keeps the load balancer from its targets",
    type: "aws_vpc_security_group_ingress_rule",
    change: "remove",
    applies: (_, id) => id.includes("traffic-in"),
  },
  {
    id: "tasks-on-another-port",
    mistake: "lets the load balancer reach a port where nobody listens",
    type: "aws_vpc_security_group_egress_rule",
    change: set({ from_port: 8081, to_port: 8081 }),
    applies: (_, id) => id.includes("traffic-out"),
  },
  {
    id: "no-way-out",
    mistake: "leaves private subnets without a way to the registry",
    type: "aws_route",
    change: "remove",
    applies: ({ nat_gateway_id }) => nat_gateway_id !== undefined,
  },
  {
    id: "no-way-to-layers",
    mistake: "leaves the subnets' routes to S3 out",
    type: "aws_vpc_endpoint",
    change: set({ route_table_ids: [] }),
    // Where NAT gateways are, each has a table, and leads to S3 as well.
    applies: ({ service_name, vpc_endpoint_type, route_table_ids }) =>
      vpc_endpoint_type === "Gateway" && service_name.endsWith(".s3") && route_table_ids.length === 1,
  },
  {
    id: "endpoint-without-name",
    mistake: "has no endpoint for the secrets that tasks start with",
    type: "aws_vpc_endpoint",
    change: "remove",
    applies: ({ service_name }) => service_name.endsWith(".secretsmanager"),
  },
  {
    id: "endpoint-for-nobody",
    mistake: "pays for an endpoint that no task needs",
    type: "aws_vpc_endpoint",
    change: (endpoint) => {
      endpoint.service_name = endpoint.service_name.replace(/logs$/, "sts");
    },
    applies: ({ service_name }) => service_name.endsWith(".logs"),
  },
  {
    id: "group-replaced-in-place",
    mistake: "removes the group of tasks before the next one is there",
    type: "aws_security_group",
    change: set({ lifecycle: undefined }),
    applies: isOfTasks,
  },
  {
    id: "group-with-fixed-name",
    mistake: "gives the group of tasks a name that the next one cannot have",
    type: "aws_security_group",
    change: set({ name: "tasks", name_prefix: undefined }),
    applies: isOfTasks,
  },
  {
    id: "targets-replaced-in-place",
    mistake: "removes a target group before the next one is there",
    type: "aws_lb_target_group",
    change: set({ lifecycle: undefined }),
  },
  {
    id: "web-acl-log-free-name",
    mistake: "names the log group of the web ACL as the others",
    type: "aws_cloudwatch_log_group",
    change: (group) => {
      group.name = group.name.replace("aws-waf-logs-", "/");
    },
    applies: ({ name }) => name.startsWith("aws-waf-logs-"),
  },
  {
    id: "validation-not-shared",
    mistake: "refuses the record of validation where another certificate has it already",
    type: "aws_route53_record",
    change: set({ allow_overwrite: undefined }),
    applies: ({ name }) => name.includes("domain_validation_options"),
  },
  {
    id: "image-pushed-again",
    mistake: "pushes each image under the same tag",
    type: "docker_registry_image",
    change: (image) => {
      image.name = image.name.replace(/:[^:}]+$/, ":release");
    },
  },
  {
    id: "image-not-pushed",
    mistake: "runs an image that nobody pushed",
    type: "aws_ecs_task_definition",
    change: inJson("container_definitions", (containers) => {
      containers[0].image = containers[0].image.replace(/:[^:]+$/, ":0123456789abcdef");
    }),
  },
];
