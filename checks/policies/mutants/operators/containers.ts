import type { Arguments } from "../../../../stacks/synthesized";
import { inContainers, type Operator, set } from "../operator";

const hasHealthCheck = (container: Arguments) => container.healthCheck !== undefined;

export const containers: readonly Operator[] = [
  {
    id: "privileged",
    mistake: "runs privileged",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.privileged = true;
    }),
  },
  {
    id: "root",
    mistake: "runs as root",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.user = "0:0";
    }),
  },
  {
    id: "user-forgotten",
    mistake: "runs as whatever the image says",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.user;
    }),
  },
  {
    id: "writable-root",
    mistake: "may change its own program",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.readonlyRootFilesystem = false;
    }),
    applies: ({ container_definitions }) => container_definitions.includes('"readonlyRootFilesystem":true'),
  },
  {
    id: "capabilities-kept",
    mistake: "keeps the default capabilities",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.linuxParameters.capabilities;
    }),
  },
  {
    id: "capabilities-half",
    mistake: "leaves out a list of capabilities that ECS answers",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.linuxParameters.capabilities.add;
    }),
  },
  {
    id: "capability-added",
    mistake: "may trace other processes",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.linuxParameters.capabilities.add = ["SYS_PTRACE"];
    }),
  },
  {
    id: "no-init",
    mistake: "leaves dead children behind",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.linuxParameters.initProcessEnabled = false;
    }),
  },
  {
    id: "tag-latest",
    mistake: "runs whatever is latest",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.image = `${container.image.split(":")[0]}:latest`;
    }),
  },
  {
    id: "secret-in-plain",
    mistake: "writes a secret into the task definition",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.environment.push({ name: "DATABASE_PASSWORD", value: "hunter2" });
    }),
  },
  {
    id: "no-logs",
    mistake: "logs nothing",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.logConfiguration;
    }),
  },
  {
    id: "no-health-check",
    mistake: "never asks an app whether it works",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.healthCheck;
    }),
    applies: ({ container_definitions }) => (JSON.parse(container_definitions) as Arguments[]).some(hasHealthCheck),
  },
  {
    id: "not-essential",
    mistake: "keeps a task whose app has died",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.essential = false;
    }),
  },
  {
    id: "stop-too-short",
    mistake: "kills before requests are finished",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.stopTimeout = 5;
    }),
  },
  {
    id: "gateway-keep-alive-inverted",
    mistake: "closes connections before the load balancer does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (variable.name === "KEEP_ALIVE_SECONDS") variable.value = "30";
    }),
  },
  {
    id: "app-keep-alive-inverted",
    mistake: "closes connections before the gateway does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (variable.name === "KEEP_ALIVE_TIMEOUT") variable.value = "5000";
    }),
  },
  {
    id: "hasty-caller",
    mistake: "gives up on what it calls before that one's gateway does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (/_TIMEOUT$/.test(variable.name)) variable.value = "1";
    }),
    applies: ({ container_definitions }) => container_definitions.includes("BACKEND_TIMEOUT"),
  },
  {
    id: "volume-not-declared",
    mistake: "makes a folder writable that the image does not declare",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const mount of container.mountPoints) mount.containerPath = "/var/lib/app";
    }),
  },
  {
    id: "host-network",
    mistake: "shares the network of others",
    type: "aws_ecs_task_definition",
    change: set({ network_mode: "bridge" }),
  },
  {
    id: "one-role",
    mistake: "gives the app what ECS may do",
    type: "aws_ecs_task_definition",
    change: (resource) => {
      resource.task_role_arn = resource.execution_role_arn;
    },
  },
  {
    id: "illegal-size",
    mistake: "asks for memory that Fargate does not offer",
    type: "aws_ecs_task_definition",
    change: set({ memory: "8192", cpu: "256" }),
  },
  {
    id: "old-revision-deregistered",
    mistake: "removes the revision that a rollback returns to",
    type: "aws_ecs_task_definition",
    change: set({ skip_destroy: false }),
  },
];
