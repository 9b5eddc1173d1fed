import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type ContainerDefinition,
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type DesiredStatus,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Service,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { until } from "../../ops/shell/until";
import { IMAGE } from "../emulator/ecs-task";
import { network } from "./network";
import type { ProbeContext } from "./probe-context";
import { createRole } from "./role";

const startSeconds = 60;

/** A container definition without what each of ours has. */
export type Container = Partial<ContainerDefinition>;

export const shell = (script: string) => ["sh", "-c", script];
export const idle: Container = { command: shell("exec sleep 600") };

/** The cluster that the probes share, with a log group of the same name. */
export async function cluster(context: ProbeContext): Promise<string> {
  return context.once(createCluster);
}

async function createCluster(context: ProbeContext): Promise<string> {
  const ecs = context.client(ECSClient);
  const logs = context.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: context.name }));
  context.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName: context.name })));
  const capacityProviders = ["FARGATE", "FARGATE_SPOT"];
  await ecs.send(new CreateClusterCommand({ clusterName: context.name, capacityProviders }));
  context.afterwards(() => ecs.send(new DeleteClusterCommand({ cluster: context.name })));
  context.afterwards(async () => {
    // Stopped tasks take their containers with them.
    await until("every task is stopped", 60, async () => (await tasks(context, {}, "RUNNING")).length === 0);
    await until("no task is stopping", 60, async () => {
      const stopped = await tasks(context, {}, "STOPPED");
      return stopped.every(({ lastStatus }) => lastStatus === "STOPPED");
    });
  });
  return context.name;
}

/** Without it no task definition may log, pull from ECR or have secrets. */
function executionRole(context: ProbeContext): Promise<string> {
  return createRole(context, { Service: "ecs-tasks.amazonaws.com" }, "-execution");
}

/** Registers a revision; containers without a name are called `app`. */
export async function register(
  context: ProbeContext,
  containers: readonly Container[],
  settings: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<string> {
  const ecs = context.client(ECSClient);
  const group = await cluster(context);
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{
        family: context.name,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        executionRoleArn: await context.once(executionRole),
      },
      ...settings,
      containerDefinitions: containers.map((container) => ({
        name: "app",
        image: context.env.COMPATIBILITY_IMAGE ?? IMAGE,
        essential: true,
        // Most of these commands are deaf to SIGTERM.
        stopTimeout: 2,
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": group, "awslogs-region": context.region, "awslogs-stream-prefix": "probe" },
        },
        ...container,
      })),
    }),
  );
  const arn = taskDefinition?.taskDefinitionArn ?? "";
  context.afterwards(() => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })));
  return arn;
}

/** Starts a task and gives its ARN. */
export async function start(
  context: ProbeContext,
  taskDefinition: string,
  settings: Partial<RunTaskCommandInput> = {},
): Promise<string> {
  const ecs = context.client(ECSClient);
  const { tasks: started, failures } = await ecs.send(
    new RunTaskCommand({
      ...{ cluster: await cluster(context), taskDefinition },
      ...(settings.capacityProviderStrategy ? {} : { launchType: "FARGATE" }),
      networkConfiguration: await awsvpc(context),
      ...settings,
    }),
  );
  const arn = started?.[0]?.taskArn;
  if (!arn) throw new Error(`the task was not started: ${JSON.stringify(failures)}`);
  context.afterwards(() => stop(context, arn));
  return arn;
}

export async function stop(context: ProbeContext, task: string): Promise<void> {
  await context.client(ECSClient).send(new StopTaskCommand({ cluster: await cluster(context), task }));
}

/** Runs a task of these containers to its end. */
export async function runToEnd(
  context: ProbeContext,
  containers: readonly Container[],
  settings: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<Task> {
  return ended(context, await start(context, await register(context, containers, settings)));
}

export async function ended(context: ProbeContext, task: string): Promise<Task> {
  return taskIs(context, task, "STOPPED");
}

/** The task once it has this status, or has stopped before. */
export async function taskIs(context: ProbeContext, task: string, status: string): Promise<Task> {
  return until(`task ${task} is ${status}`, startSeconds, async () => {
    const found = await describe(context, [task]);
    return found.find(({ lastStatus }) => lastStatus === status || lastStatus === "STOPPED");
  });
}

/** How a container of a stopped task ended. */
export function exitCode({ containers = [] }: Task, name = "app"): number | undefined {
  return containers.find((container) => container.name === name)?.exitCode;
}

/** The tasks of a service, or all of the shared cluster. */
export async function tasks(
  context: ProbeContext,
  of: { serviceName?: string },
  desiredStatus: DesiredStatus,
): Promise<Task[]> {
  const command = new ListTasksCommand({ cluster: await cluster(context), ...of, desiredStatus });
  const { taskArns = [] } = await context.client(ECSClient).send(command);
  return taskArns.length > 0 ? describe(context, taskArns) : [];
}

async function describe(context: ProbeContext, taskArns: string[]): Promise<Task[]> {
  const command = new DescribeTasksCommand({ cluster: await cluster(context), tasks: taskArns });
  return (await context.client(ECSClient).send(command)).tasks ?? [];
}

async function awsvpc(context: ProbeContext) {
  const { subnets, open } = await network(context);
  return { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [open] } };
}

/** A service of one task, unless it is told otherwise. */
export async function createService(
  context: ProbeContext,
  taskDefinition: string,
  settings: Partial<CreateServiceCommandInput> = {},
): Promise<string> {
  const ecs = context.client(ECSClient);
  const serviceName = settings.serviceName ?? context.name;
  const inCluster = { cluster: await cluster(context), service: serviceName };
  await ecs.send(
    new CreateServiceCommand({
      ...{ cluster: inCluster.cluster, serviceName, taskDefinition, desiredCount: 1, launchType: "FARGATE" },
      networkConfiguration: await awsvpc(context),
      ...settings,
    }),
  );
  context.afterwards(() => ecs.send(new DeleteServiceCommand({ ...inCluster, force: true })));
  return serviceName;
}

export async function service(context: ProbeContext, name: string): Promise<Service> {
  const command = new DescribeServicesCommand({ cluster: await cluster(context), services: [name] });
  const [found] = (await context.client(ECSClient).send(command)).services ?? [];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
}

export function primary({ deployments = [] }: Service) {
  return deployments.find(({ status }) => status === "PRIMARY");
}

/** Whether its newest deployment is completed, of this revision if one is given. */
export function isCompleted(found: Service, taskDefinition?: string): boolean {
  const { rolloutState, taskDefinition: current } = primary(found) ?? {};
  return (
    rolloutState === "COMPLETED" &&
    found.runningCount === found.desiredCount &&
    (!taskDefinition || current === taskDefinition)
  );
}

/** A service that runs what it was created with. */
export async function runningService(
  context: ProbeContext,
  taskDefinition: string,
  settings: Partial<CreateServiceCommandInput> = {},
): Promise<string> {
  const name = await createService(context, taskDefinition, settings);
  await until(`service ${name} runs`, startSeconds, async () => {
    const found = await service(context, name);
    return isCompleted(found) && (found.runningCount ?? 0) > 0;
  });
  return name;
}
