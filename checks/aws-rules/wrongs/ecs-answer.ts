import { cluster, container, fargate, noCluster, noService, noTask, service, taskDefinition } from "./tasks.js";
import { network, noNetwork } from "./world.js";
import type { Wrong } from "./wrong.js";

export const ecsAnswer: Wrong[] = [
  {
    name: "container definitions come back as they were sent",
    service: "ecs",
    kind: "answer",
    before: [],
    wrong: {
      client: "ecs",
      command: "RegisterTaskDefinitionCommand",
      input: fargate("wrong-ecs-fills", {
        containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80 }] }],
      }),
    },
    answer: {
      result: (answer) => {
        const [one] = answer.taskDefinition.containerDefinitions;
        const [port] = one.portMappings;
        return port.hostPort === 80 && port.protocol === "tcp" && one.cpu === 0 && Array.isArray(one.mountPoints);
      },
      says: "hostPort 80, protocol tcp, cpu 0 and empty lists are filled in",
    },
    source:
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html; hashicorp/terraform-provider-aws internal/service/ecs/task_definition_equivalency.go",
    explanation: "ECS adds defaults to each container. A tool that compares texts sees a change on each plan.",
    right: { client: "ecs", command: "RegisterTaskDefinitionCommand", input: fargate("wrong-ecs-fills") },
  },
  {
    name: "a second registration of the same definition gives the same revision",
    service: "ecs",
    kind: "answer",
    before: [taskDefinition("wrong-ecs-again", "first")],
    wrong: { client: "ecs", command: "RegisterTaskDefinitionCommand", input: fargate("wrong-ecs-again") },
    answer: {
      result: (answer) => answer.taskDefinition.revision > 1,
      says: "a new revision each time, though nothing changed",
    },
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html (revision: "each time you register a new revision ... the revision value always increases by one, even if you deregistered previous revisions")',
    explanation:
      "Registration is not idempotent. A pipeline that registers on each run makes a new revision on each run.",
    right: { client: "ecs", command: "DescribeTaskDefinitionCommand", input: { taskDefinition: "wrong-ecs-again:1" } },
  },
  {
    name: "description of a missing service is an error",
    service: "ecs",
    kind: "answer",
    before: [cluster("wrong-ecs-missing", "cluster")],
    wrong: {
      client: "ecs",
      command: "DescribeServicesCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn, services: ["not-there"] }),
    },
    answer: {
      result: (answer) => answer.services.length === 0 && answer.failures[0].reason === "MISSING",
      says: "no error, but a failure with reason MISSING",
    },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html",
    explanation: "A script that only looks for errors takes a missing service for a healthy one.",
    right: { client: "ecs", command: "DescribeClustersCommand", input: { clusters: ["wrong-ecs-missing"] } },
    after: [noCluster("cluster")],
  },
  {
    name: "a deleted service is gone from the answers",
    service: "ecs",
    kind: "answer",
    before: [
      ...network,
      cluster("wrong-ecs-deleted", "cluster"),
      taskDefinition("wrong-ecs-deleted"),
      service("cluster", "deleted"),
      noService("cluster", "deleted"),
    ],
    wrong: {
      client: "ecs",
      command: "DescribeServicesCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn, services: ["deleted"] }),
    },
    answer: {
      result: (answer) => ["DRAINING", "INACTIVE"].includes(answer.services[0]?.status),
      says: "the service is still described, as DRAINING or INACTIVE",
    },
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html ("DRAINING or INACTIVE services can still be viewed with the DescribeServices API operation")',
    explanation: "Deletion is a change of status. A reader must look at the status and not only at the presence.",
    right: {
      client: "ecs",
      command: "ListServicesCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn }),
    },
    after: [noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "a service without deployment numbers has none",
    service: "ecs",
    kind: "answer",
    before: [...network, cluster("wrong-ecs-default", "cluster"), taskDefinition("wrong-ecs-default")],
    wrong: service("cluster", "default"),
    answer: {
      result: ({ service: one }) =>
        one.deploymentConfiguration.maximumPercent === 200 &&
        one.deploymentConfiguration.minimumHealthyPercent === 100 &&
        one.schedulingStrategy === "REPLICA" &&
        one.platformVersion === "LATEST",
      says: "maximumPercent 200, minimumHealthyPercent 100, REPLICA, platform LATEST",
    },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html (defaults)",
    explanation: "ECS fills in the numbers of a rolling deployment.",
    right: service("cluster", "explicit", {
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    }),
    after: [
      noService("cluster", "default"),
      noService("cluster", "explicit"),
      noCluster("cluster"),
      noTask(),
      ...noNetwork,
    ],
  },
];
