import { subnets } from "./world.js";
import type { Call, Made } from "./wrong.js";

export const image = "public.ecr.aws/nginx/nginx:1.29";

export const cluster = (name: string, as: string, providers?: string[]): Call => ({
  client: "ecs",
  command: "CreateClusterCommand",
  input: { clusterName: name, ...(providers === undefined ? {} : { capacityProviders: providers }) },
  as,
});

export const container = {
  name: "app",
  image,
  essential: true,
  portMappings: [{ containerPort: 80, protocol: "tcp" }],
};

/** The input of a task definition that Fargate accepts. */
export const fargate = (family: string, more: object = {}): object => ({
  family,
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [container],
  ...more,
});

export const taskDefinition = (family: string, as = "task", more: object = {}): Call => ({
  client: "ecs",
  command: "RegisterTaskDefinitionCommand",
  input: fargate(family, more),
  as,
});

/** The input of a service on Fargate in the subnets of `network`. */
export const serviceInput = (made: Made, of: string, name: string, more: object = {}): object => ({
  cluster: made[of].cluster.clusterArn,
  serviceName: name,
  taskDefinition: made.task.taskDefinition.taskDefinitionArn,
  desiredCount: 0,
  launchType: "FARGATE",
  networkConfiguration: { awsvpcConfiguration: { subnets: subnets(made) } },
  ...more,
});

export const service = (of: string, name: string, more: object = {}): Call => ({
  client: "ecs",
  command: "CreateServiceCommand",
  input: (made) => serviceInput(made, of, name, more),
});

export const noService = (of: string, name: string): Call => ({
  client: "ecs",
  command: "DeleteServiceCommand",
  input: (made) => ({ cluster: made[of].cluster.clusterArn, service: name, force: true }),
});

export const noCluster = (of: string): Call => ({
  client: "ecs",
  command: "DeleteClusterCommand",
  input: (made) => ({ cluster: made[of].cluster.clusterArn }),
});

export const noTask = (as = "task"): Call => ({
  client: "ecs",
  command: "DeregisterTaskDefinitionCommand",
  input: (made) => ({ taskDefinition: made[as].taskDefinition.taskDefinitionArn }),
});
