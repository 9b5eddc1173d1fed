import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { until } from "../../../ops/shell/until";
import { answersBy, ask, createGroup, route } from "../balancer";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import {
  cluster,
  idle,
  isCompleted,
  primary,
  register,
  runningService,
  service as serviceOf,
  shell,
  tasks,
} from "../tasks";
import { subscribed } from "../topic";
import { port, webServer } from "../web-server";

const service = "ECS: a service";
const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };

async function release(context: ProbeContext, name: string, taskDefinition: string): Promise<void> {
  await context
    .client(ECSClient)
    .send(new UpdateServiceCommand({ cluster: await cluster(context), service: name, taskDefinition }));
}

/** A release whose tasks crash, to a service with a circuit breaker; what came of it. */
async function crashingRelease(context: ProbeContext) {
  const { topic, queue } = await subscribed(context);
  await tellOfDeployments(context, topic);
  const good = await register(context, [idle]);
  const name = await runningService(context, good, { ...breaker, serviceName: context.name });
  const crashing = await register(context, [{ command: shell("exit 1") }]);
  await release(context, name, crashing);
  const isBack = await context.within(45, async () => isCompleted(await serviceOf(context, name), good));
  const isSteady = await context.within(10, async () => {
    const found = await serviceOf(context, name);
    return isCompleted(found, good) && found.deployments?.length === 1;
  });
  const isTold = await queue.receives(10, (text) => text.includes("SERVICE_DEPLOYMENT_FAILED") && text.includes(name));
  return { isBack, isSteady: isBack && isSteady, isTold };
}

async function tellOfDeployments(context: ProbeContext, topic: string): Promise<void> {
  const events = context.client(EventBridgeClient);
  const Name = context.name;
  const pattern = { source: ["aws.ecs"], "detail-type": ["ECS Deployment State Change"] };
  await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
  context.afterwards(() => events.send(new DeleteRuleCommand({ Name })));
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "topic", Arn: topic }] }));
  context.afterwards(() => events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["topic"] })));
}

export const deploymentProbes = [
  {
    id: "ecs-deployment-alarms",
    service,
    capability: "A release is rolled back when an alarm of its service rings, though its tasks are well.",
    run: async (context) => {
      const cloudWatch = context.client(CloudWatchClient);
      const AlarmName = context.name;
      const metric = {
        Namespace: "probe",
        MetricName: "none",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
      } as const;
      // It stays as it is set.
      const rule = { Threshold: 1, ComparisonOperator: "GreaterThanThreshold", TreatMissingData: "ignore" } as const;
      await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...metric, ...rule }));
      context.afterwards(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
      const set = (StateValue: "OK" | "ALARM") =>
        cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "probe" }));
      await set("OK");
      const good = await register(context, [idle]);
      const alarms = { alarmNames: [AlarmName], enable: true, rollback: true };
      const name = await runningService(context, good, { deploymentConfiguration: { alarms } });
      const bad = await register(context, [{ ...idle, environment: [{ name: "RELEASE", value: "bad" }] }]);
      await release(context, name, bad);
      await until("the release is under way", 20, async () => {
        const current = primary(await serviceOf(context, name));
        return current?.taskDefinition === bad && (current.runningCount ?? 0) > 0;
      });
      await set("ALARM");
      return seen(await context.within(25, async () => isCompleted(await serviceOf(context, name), good)));
    },
  },
  {
    id: "ecs-rolling-deployment",
    service,
    capability: "Tasks are replaced without a failed request: the old ones go when the new ones answer.",
    run: async (context) => {
      const group = await createGroup(context, "/healthy");
      const balancer = await route(context, group);
      const loadBalancers = [{ targetGroupArn: group, containerName: "app", containerPort: port }];
      const path = `/${context.name}/x`;
      const old = await register(context, [webServer({ SAYS: "old" })]);
      const name = await runningService(context, old, { loadBalancers });
      await answersBy(context, balancer, path);
      // It listens a good while after it was started, as apps do.
      await release(context, name, await register(context, [webServer({ SAYS: "new", STARTS_AFTER: "5" })]));
      const heard = new Map<string, number>();
      const isOver = await context.within(45, async () => {
        const { status, body } = await ask(context, balancer, path);
        const answer = status === 200 ? body : String(status);
        heard.set(answer, (heard.get(answer) ?? 0) + 1);
        // Until the old task is long gone.
        return (heard.get("new") ?? 0) > 15 && (await tasks(context, { serviceName: name }, "RUNNING")).length === 1;
      });
      return seen(isOver && [...heard.keys()].sort().join() === "new,old");
    },
  },
  {
    id: "ecs-circuit-breaker",
    service,
    capability: "A release whose tasks crash is rolled back.",
    run: async (context) => seen((await context.once(crashingRelease)).isBack),
  },
  {
    id: "ecs-steady-after-rollback",
    service,
    capability: "After a rollback one deployment is left, which is what Terraform waits for.",
    run: async (context) => seen((await context.once(crashingRelease)).isSteady),
  },
  {
    id: "ecs-deployment-events",
    service,
    capability: "EventBridge tells of a deployment that failed.",
    note: "That a failed deployment reaches people by its event is not seen here; the drills read ECS's own events instead.",
    run: async (context) => seen((await context.once(crashingRelease)).isTold),
  },
  {
    id: "ecs-task-replaced",
    service,
    capability: "A task that ends is replaced.",
    run: async (context) => {
      const name = await runningService(context, await register(context, [{ command: shell("sleep 8") }]));
      const [first] = await tasks(context, { serviceName: name }, "RUNNING");
      return seen(
        await context.within(30, async () => {
          const now = await tasks(context, { serviceName: name }, "RUNNING");
          return now.some(({ taskArn, lastStatus }) => taskArn !== first?.taskArn && lastStatus === "RUNNING");
        }),
      );
    },
  },
  {
    id: "ecs-container-health",
    service,
    capability: "A task is replaced when its container's health check fails.",
    run: async (context) => {
      const healthCheck = { command: ["CMD-SHELL", "test -e /tmp/well"], interval: 5, timeout: 2, retries: 2 };
      const command = shell("touch /tmp/well; sleep 12; rm /tmp/well; exec sleep 600");
      const name = await runningService(context, await register(context, [{ command, healthCheck }]));
      return seen(await isReplaced(context, name, /container health checks/i));
    },
  },
  {
    id: "ecs-unhealthy-target-replaced",
    service,
    capability: "A task is replaced when its target fails the load balancer's health check.",
    run: async (context) => {
      const group = await createGroup(context, "/for-12");
      await route(context, group);
      const loadBalancers = [{ targetGroupArn: group, containerName: "app", containerPort: port }];
      const name = await runningService(context, await register(context, [webServer()]), { loadBalancers });
      return seen(await isReplaced(context, name, /ELB health checks/));
    },
  },
] as const satisfies readonly Probe[];

async function isReplaced(context: ProbeContext, serviceName: string, reason: RegExp): Promise<boolean> {
  return context.within(40, async () => {
    const stopped = await tasks(context, { serviceName }, "STOPPED");
    return stopped.some(({ stoppedReason = "" }) => reason.test(stoppedReason));
  });
}
