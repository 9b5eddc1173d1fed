import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { connection, EcsSandbox } from "./ecs-task";

const sandbox = new EcsSandbox();
// One name a test: stopped tasks are listed by the name of their service.
let service = "web-0";
let count = 0;

jest.setTimeout(90_000);
beforeAll(() => sandbox.open());
beforeEach(() => {
  count += 1;
  service = `web-${count}`;
});
afterEach(() => sandbox.ecs.send(new DeleteServiceCommand({ cluster: sandbox.name, service, force: true })));
afterAll(() => sandbox.close());

const check = (script: string) => ({
  command: ["CMD-SHELL", script],
  // The least that ECS takes.
  interval: 5,
  timeout: 2,
  retries: 2,
  startPeriod: 0,
});
const running = { name: "app", command: ["sh", "-c", "exec sleep 600"] };

async function create(taskDefinition: string, more: Partial<CreateServiceCommandInput> = {}): Promise<void> {
  await sandbox.ecs.send(
    new CreateServiceCommand({
      cluster: sandbox.name,
      serviceName: service,
      taskDefinition,
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
      networkConfiguration: sandbox.networkConfiguration,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      availabilityZoneRebalancing: "ENABLED",
      ...more,
    }),
  );
}

async function describeService(): Promise<Service> {
  const { services } = await sandbox.ecs.send(
    new DescribeServicesCommand({ cluster: sandbox.name, services: [service] }),
  );
  return services?.[0] as Service;
}

/** Polls the service until the condition holds. Jest's own time-out is the limit. */
async function until(condition: (found: Service) => boolean): Promise<Service> {
  for (;;) {
    const found = await describeService();
    if (condition(found)) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const isSteady = ({ deployments }: Service) =>
  deployments?.length === 1 && deployments[0]?.rolloutState === "COMPLETED";

it("completes a deployment only when the health checks of its task pass", async () => {
  await create(await sandbox.register([{ ...running, healthCheck: check("test -e /tmp/ready") }].map(readyAfter(4))));
  const started = await until(({ runningCount }) => runningCount === 1);
  expect(started.deployments?.[0]?.rolloutState).toBe("IN_PROGRESS");
  const steady = await until(isSteady);
  expect(steady.events?.[0]?.message).toBe(`(service ${service}) has reached a steady state.`);
});

function readyAfter(seconds: number) {
  return <Definition extends object>(definition: Definition) => ({
    ...definition,
    command: ["sh", "-c", `sleep ${seconds}; touch /tmp/ready; exec sleep 600`],
    // Failures while it starts do not count.
    healthCheck: { ...check("test -e /tmp/ready"), startPeriod: 30 },
  });
}

it("remembers what the service was created with", async () => {
  await create(await sandbox.register([running]));
  expect((await describeService()).availabilityZoneRebalancing).toBe("ENABLED");
});

it("replaces a task whose container becomes unhealthy, and says why", async () => {
  const sick = ["sh", "-c", "touch /tmp/well; sleep 12; rm /tmp/well; exec sleep 600"];
  await create(await sandbox.register([{ ...running, command: sick, healthCheck: check("test -e /tmp/well") }]));
  await until(isSteady);
  const stopped = await firstStopped();
  expect(stopped?.stoppedReason).toBe("Task failed container health checks");
  expect(stopped?.healthStatus).toBe("UNHEALTHY");
  await until(({ runningCount }) => runningCount === 1);
});

it("replaces a task whose container ends, which is not the same as unhealthy", async () => {
  const shortLived = ["sh", "-c", "sleep 14; exit 137"];
  await create(await sandbox.register([{ ...running, command: shortLived, healthCheck: check("true") }]));
  await until(isSteady);
  const stopped = await firstStopped();
  expect(stopped?.stoppedReason).toBe("Essential container in task exited");
  expect(stopped?.containers?.[0]?.exitCode).toBe(137);
});

async function firstStopped(): Promise<Task | undefined> {
  for (;;) {
    const list = { cluster: sandbox.name, serviceName: service, desiredStatus: "STOPPED" } as const;
    const { taskArns = [] } = await sandbox.ecs.send(new ListTasksCommand(list));
    if (taskArns.length > 0) {
      const { tasks } = await sandbox.ecs.send(new DescribeTasksCommand({ cluster: sandbox.name, tasks: taskArns }));
      return tasks?.[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

it("serves from a task when its target passes the group's health check, and replaces it when it fails", async () => {
  const elb = new ElasticLoadBalancingV2Client(connection);
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      ...{ Name: sandbox.name, TargetType: "ip", Protocol: "HTTP", Port: 8000, VpcId: sandbox.vpc },
      ...{ HealthCheckPath: "/well", HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2 },
      UnhealthyThresholdCount: 2,
    }),
  );
  const targetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
  // Until something forwards to the group, no service may have it.
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: sandbox.name, Scheme: "internal", Subnets: sandbox.subnets }),
  );
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const DefaultActions = [{ Type: "forward", TargetGroupArn: targetGroupArn } as const];
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions }));
  const health = async () => {
    const answer = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }));
    return answer.TargetHealthDescriptions?.[0]?.TargetHealth;
  };
  try {
    const script = "cd /tmp; (sleep 4; touch well; sleep 12; rm well) & exec python3 -m http.server 8000";
    const task = await sandbox.register([
      { ...running, command: ["sh", "-c", script], portMappings: [{ containerPort: 8000 }] },
    ]);
    const loadBalancers = [{ targetGroupArn, containerName: "app", containerPort: 8000 }];
    await create(task, { loadBalancers, healthCheckGracePeriodSeconds: 10 });
    const started = await until(({ runningCount }) => runningCount === 1);
    expect(started.deployments?.[0]?.rolloutState).toBe("IN_PROGRESS");
    expect(await health()).toMatchObject({ State: "initial", Reason: "Elb.InitialHealthChecking" });
    await until(isSteady);
    expect(await health()).toEqual({ State: "healthy" });
    const stopped = await firstStopped();
    expect(stopped?.stoppedReason).toBe(`Task failed ELB health checks in (target-group ${targetGroupArn})`);
  } finally {
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroupArn }));
  }
});

it("rolls a release back when an alarm of its service rings, though all its tasks are well", async () => {
  const cloudWatch = new CloudWatchClient(connection);
  const AlarmName = service;
  const metric = {
    Namespace: "test",
    MetricName: "errors",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
  } as const;
  const rule = { Threshold: 1, ComparisonOperator: "GreaterThanThreshold" } as const;
  await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...metric, ...rule }));
  const ring = (StateValue: "OK" | "ALARM") =>
    cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }));
  try {
    await ring("OK");
    const good = await sandbox.register([running]);
    const alarms = { alarmNames: [AlarmName], enable: true, rollback: true };
    await create(good, { deploymentConfiguration: { alarms } });
    await until(isSteady);
    const bad = await sandbox.register([{ ...running, environment: [{ name: "RELEASE", value: "bad" }] }]);
    await sandbox.ecs.send(new UpdateServiceCommand({ cluster: sandbox.name, service, taskDefinition: bad }));
    const baking = await until(({ runningCount }) => runningCount === 2);
    const failed = baking.deployments?.find(({ status }) => status === "PRIMARY")?.id;
    await ring("ALARM");
    const after = await until((found) => isSteady(found) && found.taskDefinition === good);
    expect(after.events?.map(({ message }) => message)).toContain(
      `(service ${service}) (deployment ${failed}) deployment failed: alarm detected.`,
    );
  } finally {
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
  }
});

it("rolls a crashing release back, drops its deployment and keeps the events that tell so", async () => {
  const good = await sandbox.register([running]);
  await create(good);
  const before = await until(isSteady);
  const crashing = await sandbox.register([{ ...running, command: ["sh", "-c", "exit 1"] }]);
  const { service: updated } = await sandbox.ecs.send(
    new UpdateServiceCommand({ cluster: sandbox.name, service, taskDefinition: crashing }),
  );
  const failed = updated?.deployments?.find(({ status }) => status === "PRIMARY")?.id;

  const after = await until(
    (found) => isSteady(found) && found.taskDefinition === good && found.deployments?.[0]?.id !== failed,
  );
  expect(after.runningCount).toBe(1);
  const survivor = before.deployments?.[0]?.id;
  expect(after.events?.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      `(service ${service}) (deployment ${failed}) deployment failed: tasks failed to start.`,
      `(service ${service}) (deployment ${failed}) rolling back to deployment ${survivor}.`,
    ]),
  );
});

it("begins a release while the one before it still crashes, and keeps serving from the last that completed", async () => {
  const good = await sandbox.register([running]);
  const breaker = { deploymentCircuitBreaker: { enable: false, rollback: false } };
  await create(good, { desiredCount: 2, deploymentConfiguration: breaker });
  await until(({ deployments }) => deployments?.[0]?.rolloutState === "COMPLETED");
  const { taskArns: serving } = await sandbox.ecs.send(
    new ListTasksCommand({ cluster: sandbox.name, serviceName: service }),
  );
  const update = (taskDefinition: string) =>
    sandbox.ecs.send(
      new UpdateServiceCommand({ cluster: sandbox.name, service, taskDefinition, forceNewDeployment: true }),
    );
  // They die before they run: what waits for them never starts.
  const crashing = { name: "app", command: ["sh", "-c", "sleep 3; exit 1"], healthCheck: check("exit 1") };
  const waiting = { ...running, name: "gateway", dependsOn: [{ containerName: "app", condition: "HEALTHY" as const }] };
  await update(await sandbox.register([crashing, waiting]));
  const stopped = { cluster: sandbox.name, serviceName: service, desiredStatus: "STOPPED" as const };
  let crashed: string[] = [];
  while (crashed.length < 2) crashed = (await sandbox.ecs.send(new ListTasksCommand(stopped))).taskArns ?? [];

  await update(good);
  const completed = await until(({ deployments = [] }) => {
    return deployments.length === 1 && deployments[0]?.rolloutState === "COMPLETED";
  });
  expect(completed.runningCount).toBe(2);
  const { tasks = [] } = await sandbox.ecs.send(new DescribeTasksCommand({ cluster: sandbox.name, tasks: serving }));
  expect(tasks.map(({ stoppedReason }) => stoppedReason)).toEqual(["Deployment completed", "Deployment completed"]);
});
