import { balanced, notBalanced } from "./balance.js";
import { cluster, container, fargate, noCluster, noService, noTask, service, taskDefinition } from "./tasks.js";
import { network, noNetwork, noRole, serviceRole } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const register = (family: string, more: object = {}): Call => ({
  client: "ecs",
  command: "RegisterTaskDefinitionCommand",
  input: fargate(family, more),
});

const attach = (of: string, name: string, containerName: string, containerPort: number): Call => ({
  client: "ecs",
  command: "CreateServiceCommand",
  input: (made) => ({
    cluster: made[of].cluster.clusterArn,
    serviceName: name,
    taskDefinition: made.task.taskDefinition.taskDefinitionArn,
    desiredCount: 0,
    launchType: "FARGATE",
    networkConfiguration: { awsvpcConfiguration: { subnets: [made.subnetA.Subnet.SubnetId] } },
    loadBalancers: [{ targetGroupArn: made.group.TargetGroups[0].TargetGroupArn, containerName, containerPort }],
  }),
});

export const ecsArgument: Wrong[] = [
  {
    name: "task size that Fargate does not have",
    service: "ecs",
    kind: "argument",
    before: [],
    wrong: register("wrong-ecs-size", { cpu: "1024", memory: "1024" }),
    answer: { error: "ClientException", message: "No Fargate configuration exists for given values" },
    source: "https://github.com/aws-games/cloud-game-development-toolkit/issues/737",
    explanation: "Each Fargate CPU size allows only some memory sizes: 1024 CPU needs 2048 MiB or more.",
    right: register("wrong-ecs-size", { cpu: "1024", memory: "2048" }),
  },
  {
    name: "Fargate task without a task CPU",
    service: "ecs",
    kind: "argument",
    before: [],
    wrong: register("wrong-ecs-cpu", { cpu: undefined, containerDefinitions: [{ ...container, cpu: 256 }] }),
    answer: { error: "ClientException", message: "Fargate requires that 'cpu' be defined at the task level" },
    source: "https://github.com/mongodb/terraform-aws-ecs-task-definition/issues/38",
    explanation: "CPU and memory of the containers alone are not enough on Fargate. The task itself needs them.",
    right: register("wrong-ecs-cpu", { containerDefinitions: [{ ...container, cpu: 256 }] }),
  },
  {
    name: "Fargate task in bridge mode",
    service: "ecs",
    kind: "argument",
    before: [],
    wrong: register("wrong-ecs-bridge", { networkMode: "bridge" }),
    answer: { error: "ClientException", message: "Fargate only supports network mode" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (networkMode)",
    explanation: "Fargate has only awsvpc. Without a network mode the call fails in the same way.",
    right: register("wrong-ecs-bridge"),
  },
  {
    name: "host port that is not the container port",
    service: "ecs",
    kind: "argument",
    before: [],
    wrong: register("wrong-ecs-host-port", {
      containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 8080 }] }],
    }),
    answer: { error: "ClientException", message: "the host ports and container ports in port mappings must match" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (hostPort)",
    explanation: "With awsvpc each task has its own interface, so the host port must be the container port or absent.",
    right: register("wrong-ecs-host-port", {
      containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 80 }] }],
    }),
  },
  {
    name: "awslogs without an execution role",
    service: "ecs",
    kind: "permission",
    before: [serviceRole("wrong-ecs-awslogs", "role")],
    wrong: {
      client: "ecs",
      command: "RegisterTaskDefinitionCommand",
      input: fargate("wrong-ecs-awslogs", {
        containerDefinitions: [
          {
            ...container,
            logConfiguration: {
              logDriver: "awslogs",
              options: { "awslogs-group": "/wrong/ecs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "app" },
            },
          },
        ],
      }),
    },
    answer: { error: "ClientException", message: "execution role ARN to support log driver awslogs" },
    source: "https://github.com/virtual-kubelet/virtual-kubelet/issues/193",
    explanation: "On Fargate the execution role writes the logs. The task role does not.",
    right: {
      client: "ecs",
      command: "RegisterTaskDefinitionCommand",
      input: (made) =>
        fargate("wrong-ecs-awslogs", {
          executionRoleArn: made.role.Role.Arn,
          containerDefinitions: [
            {
              ...container,
              logConfiguration: {
                logDriver: "awslogs",
                options: {
                  "awslogs-group": "/wrong/ecs",
                  "awslogs-region": "us-east-1",
                  "awslogs-stream-prefix": "app",
                },
              },
            },
          ],
        }),
    },
    after: [noRole("wrong-ecs-awslogs")],
  },
  {
    name: "image in ECR without an execution role",
    service: "ecs",
    kind: "permission",
    before: [serviceRole("wrong-ecs-ecr", "role")],
    wrong: register("wrong-ecs-ecr", {
      containerDefinitions: [{ ...container, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1" }],
    }),
    answer: { error: "ClientException", message: "execution role ARN to support ECR images" },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/3051",
    explanation: "On Fargate the execution role pulls images from a private ECR repository.",
    right: {
      client: "ecs",
      command: "RegisterTaskDefinitionCommand",
      input: (made) =>
        fargate("wrong-ecs-ecr", {
          executionRoleArn: made.role.Role.Arn,
          containerDefinitions: [{ ...container, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1" }],
        }),
    },
    after: [noRole("wrong-ecs-ecr")],
  },
  {
    name: "launch type and capacity provider strategy together",
    service: "ecs",
    kind: "argument",
    before: [
      ...network,
      cluster("wrong-ecs-both", "cluster", ["FARGATE", "FARGATE_SPOT"]),
      taskDefinition("wrong-ecs-both"),
    ],
    wrong: service("cluster", "both", { capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] }),
    answer: {
      error: "InvalidParameterException",
      message: "Specifying both a launch type and capacity provider strategy is not supported",
    },
    source: "https://github.com/terraform-linters/tflint-ruleset-aws/issues/349",
    explanation: "A service has either a launch type or a strategy.",
    right: service("cluster", "both", {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    }),
    after: [noService("cluster", "both"), noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "awsvpc service without subnets",
    service: "ecs",
    kind: "argument",
    before: [...network, cluster("wrong-ecs-net", "cluster"), taskDefinition("wrong-ecs-net")],
    wrong: service("cluster", "net", { networkConfiguration: undefined }),
    answer: { error: "InvalidParameterException", message: "Network Configuration must be provided when networkMode" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (networkConfiguration)",
    explanation: "Each task gets its own network interface, so the service must say in which subnets.",
    right: service("cluster", "net"),
    after: [noService("cluster", "net"), noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "target group for instances with awsvpc tasks",
    service: "ecs",
    kind: "argument",
    before: [
      ...balanced("wrong-ecs-type", "instance"),
      cluster("wrong-ecs-type", "cluster"),
      taskDefinition("wrong-ecs-type"),
    ],
    wrong: attach("cluster", "type", "app", 80),
    answer: { error: "InvalidParameterException", message: "incompatible with the awsvpc network mode" },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/11723",
    explanation: "Fargate tasks are registered by address. The default target type, instance, does not fit.",
    right: service("cluster", "type"),
    after: [noService("cluster", "type"), noCluster("cluster"), noTask(), ...notBalanced],
  },
  {
    name: "load balancer on a container that the task does not have",
    service: "ecs",
    kind: "argument",
    before: [
      ...balanced("wrong-ecs-container"),
      cluster("wrong-ecs-container", "cluster"),
      taskDefinition("wrong-ecs-container"),
    ],
    wrong: attach("cluster", "container", "nginx", 80),
    answer: { error: "InvalidParameterException", message: "does not exist in the task definition" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html (containerName)",
    explanation: "The container name is the one in the container definitions, not the name of the service.",
    right: attach("cluster", "container", "app", 80),
    after: [noService("cluster", "container"), noCluster("cluster"), noTask(), ...notBalanced],
  },
  {
    name: "load balancer on a port that the container does not publish",
    service: "ecs",
    kind: "argument",
    before: [...balanced("wrong-ecs-port"), cluster("wrong-ecs-port", "cluster"), taskDefinition("wrong-ecs-port")],
    wrong: attach("cluster", "port", "app", 8080),
    answer: { error: "InvalidParameterException", message: "did not have a container port 8080 defined" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html (containerPort)",
    explanation: "The port must be a containerPort in the port mappings of that container.",
    right: attach("cluster", "port", "app", 80),
    after: [noService("cluster", "port"), noCluster("cluster"), noTask(), ...notBalanced],
  },
  {
    name: "health check grace period without a load balancer",
    service: "ecs",
    kind: "argument",
    before: [...network, cluster("wrong-ecs-grace", "cluster"), taskDefinition("wrong-ecs-grace")],
    wrong: service("cluster", "grace", { healthCheckGracePeriodSeconds: 60 }),
    answer: {
      error: "InvalidParameterException",
      message: "Health check grace period is only valid for services configured to use load balancers",
    },
    source:
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (healthCheckGracePeriodSeconds)",
    explanation: "The grace period is about the health checks of a load balancer.",
    right: service("cluster", "grace"),
    after: [noService("cluster", "grace"), noCluster("cluster"), noTask(), ...noNetwork],
  },
];
