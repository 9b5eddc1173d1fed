import { randomUUID } from "node:crypto";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  type Container,
  type ContainerDefinition,
  CreateClusterCommand,
  DeleteClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";

/** The stand-in and the official image alike have sh, python3 and no health check of their own. */
export const IMAGE = "python:3-slim";

/** Where the tests find the emulator, as nobody's deploy role. */
export const connection = {
  region: "us-east-1",
  endpoint: process.env.AWS_ENDPOINT_URL ?? "http://127.0.0.1:4566",
  // An account of its own, so that a test can never see or touch what a stack made.
  credentials: { accessKeyId: "000000000042", secretAccessKey: "test" },
};

const POLL_MILLISECONDS = 250;

/** A cluster, a log group and a role with a random name, a network, and the tasks that one test runs in them. */
export class EcsSandbox {
  readonly name = `test-${randomUUID().slice(0, 8)}`;
  readonly ecs = new ECSClient(connection);
  vpc = "";
  readonly subnets: string[] = [];
  private readonly ec2 = new EC2Client(connection);
  private readonly iam = new IAMClient(connection);
  private readonly logs = new CloudWatchLogsClient(connection);
  private readonly definitions: string[] = [];
  private executionRole = "";

  get networkConfiguration() {
    return { awsvpcConfiguration: { subnets: this.subnets } };
  }

  async open(): Promise<void> {
    try {
      await this.ecs.send(new CreateClusterCommand({ clusterName: this.name, capacityProviders: ["FARGATE"] }));
      await this.logs.send(new CreateLogGroupCommand({ logGroupName: this.name }));
    } catch (error) {
      const start = "docker compose -f docker-compose.localstack.yml up --build --wait";
      throw new Error(`The emulator does not answer at ${connection.endpoint}; start it with: ${start}`, {
        cause: error,
      });
    }
    await this.openNetwork();
    const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const { Role } = await this.iam.send(new CreateRoleCommand({ RoleName: this.name, AssumeRolePolicyDocument }));
    this.executionRole = Role?.Arn ?? "";
  }

  /** Two subnets in two zones, as a load balancer needs them. */
  private async openNetwork(): Promise<void> {
    const { Vpc } = await this.ec2.send(new CreateVpcCommand({ CidrBlock: "10.254.0.0/16" }));
    this.vpc = Vpc?.VpcId ?? "";
    for (const [index, zone] of ["a", "b"].entries()) {
      const place = { CidrBlock: `10.254.${index}.0/24`, AvailabilityZone: `${connection.region}${zone}` };
      const { Subnet } = await this.ec2.send(new CreateSubnetCommand({ VpcId: this.vpc, ...place }));
      this.subnets.push(Subnet?.SubnetId ?? "");
    }
  }

  async close(): Promise<void> {
    for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
      const { taskArns = [] } = await this.ecs.send(new ListTasksCommand({ cluster: this.name, desiredStatus }));
      await Promise.all(taskArns.map((task) => this.stop(task)));
    }
    for (const taskDefinition of this.definitions) {
      await this.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    }
    await this.ecs.send(new DeleteClusterCommand({ cluster: this.name }));
    await this.logs.send(new DeleteLogGroupCommand({ logGroupName: this.name }));
    await this.iam.send(new DeleteRoleCommand({ RoleName: this.name }));
    for (const SubnetId of this.subnets) await this.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await this.ec2.send(new DeleteVpcCommand({ VpcId: this.vpc }));
  }

  async register(
    containers: readonly ContainerDefinition[],
    settings: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<string> {
    const { taskDefinition } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: this.name,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        executionRoleArn: this.executionRole,
        ...settings,
        containerDefinitions: containers.map((container) => ({
          image: IMAGE,
          essential: true,
          // Most of these commands are PID 1 and deaf to SIGTERM: do not wait AWS's default of 30 s for them.
          stopTimeout: 2,
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": this.name, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "test" },
          },
          ...container,
        })),
      }),
    );
    const arn = taskDefinition?.taskDefinitionArn ?? "";
    this.definitions.push(arn);
    return arn;
  }

  /** Starts one task; returns its ARN. */
  async start(
    containers: readonly ContainerDefinition[],
    settings: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<string> {
    const taskDefinition = await this.register(containers, settings);
    const { networkConfiguration } = this;
    const { tasks } = await this.ecs.send(
      new RunTaskCommand({ cluster: this.name, taskDefinition, launchType: "FARGATE", networkConfiguration }),
    );
    return tasks?.[0]?.taskArn ?? "";
  }

  /** Runs one task to its end. */
  async run(
    containers: readonly ContainerDefinition[],
    settings: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<Task> {
    return this.until(await this.start(containers, settings), "STOPPED");
  }

  async stop(task: string): Promise<Task> {
    await this.ecs.send(new StopTaskCommand({ cluster: this.name, task }));
    return this.until(task, "STOPPED");
  }

  until(task: string, lastStatus: string): Promise<Task> {
    return this.wait(task, (found) => found.lastStatus === lastStatus || found.lastStatus === "STOPPED");
  }

  /** Polls the task until the condition holds. Jest's own time-out is the limit. */
  async wait(task: string, condition: (task: Task) => boolean): Promise<Task> {
    for (;;) {
      const { tasks } = await this.ecs.send(new DescribeTasksCommand({ cluster: this.name, tasks: [task] }));
      const found = tasks?.[0];
      if (found && condition(found)) {
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }

  /** The lines that a container of a stopped task wrote: what awslogs shipped before the container was removed. */
  async output(task: Task, container: string): Promise<string[]> {
    const id = task.taskArn?.split("/").at(-1);
    const { events = [] } = await this.logs.send(
      new GetLogEventsCommand({
        logGroupName: this.name,
        logStreamName: `test/${container}/${id}`,
        startFromHead: true,
      }),
    );
    return events.map((event) => event.message ?? "");
  }
}

export function containerOf(task: Task, name: string): Container {
  const container = task.containers?.find((candidate) => candidate.name === name);
  if (!container) {
    throw new Error(`The task has no container ${name}: ${task.containers?.map((each) => each.name).join(", ")}`);
  }
  return container;
}
