import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { cluster, createService, idle, register, runningService, service as serviceOf } from "../tasks";

const service = "Application Auto Scaling";

function autoscaling(context: ProbeContext): ApplicationAutoScalingClient {
  const endpoint = context.env.AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING;
  return context.client(ApplicationAutoScalingClient, endpoint ? { endpoint } : {});
}

/** Lets a service have one or two tasks; gives what names it. */
async function scalable(context: ProbeContext, serviceName: string) {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: `service/${await cluster(context)}/${serviceName}`,
    ScalableDimension: "ecs:service:DesiredCount",
  } as const;
  const client = autoscaling(context);
  await client.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 2 }));
  context.afterwards(() => client.send(new DeregisterScalableTargetCommand(target)));
  return target;
}

/** Whether a service that keeps its tasks' memory at this percentage comes to want so many tasks. */
async function isScaled(context: ProbeContext, serviceName: string, percent: number, wanted: number, minutes: number) {
  const target = await scalable(context, serviceName);
  await autoscaling(context).send(
    new PutScalingPolicyCommand({
      ...{ ...target, PolicyName: context.name, PolicyType: "TargetTrackingScaling" },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: percent,
        PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      },
    }),
  );
  return context.within(
    context.minutes(minutes) + 10,
    async () => (await serviceOf(context, serviceName)).desiredCount === wanted,
  );
}

/** An interpreter that does nothing uses a little more than this much of a task's memory. */
const hardlyAnything = 0.1;

export const scalingProbes = [
  {
    id: "autoscaling-scale-in",
    service,
    capability: "Target tracking gives tasks back when they are not needed, after 15 minutes.",
    run: async (context) => {
      const name = await runningService(context, await register(context, [idle]), { desiredCount: 2 });
      return seen(await isScaled(context, name, 90, 1, 20));
    },
  },
  {
    id: "autoscaling-scale-out",
    service,
    capability: "Target tracking wants more tasks when they are used more than they should be, after 3 minutes.",
    run: async (context) => {
      const command = ["python3", "-c", "import time; time.sleep(600)"];
      const name = await runningService(context, await register(context, [{ command }]));
      return seen(await isScaled(context, name, hardlyAnything, 2, 8));
    },
  },
  {
    id: "autoscaling-scheduled",
    service,
    capability: "Scheduled actions change how many tasks there may be.",
    note: "Schedules, nightly or weekly, are not tried here.",
    run: async (context) => {
      const name = await createService(context, await register(context, [idle]));
      const target = await scalable(context, name);
      const in15Seconds = new Date(Date.now() + 15_000).toISOString().slice(0, 19);
      const ScalableTargetAction = { MinCapacity: 2, MaxCapacity: 2 };
      await autoscaling(context).send(
        new PutScheduledActionCommand({
          ...{ ...target, ScheduledActionName: context.name, Schedule: `at(${in15Seconds})`, ScalableTargetAction },
        }),
      );
      return seen(await context.within(40, async () => (await serviceOf(context, name)).desiredCount === 2));
    },
  },
] as const satisfies readonly Probe[];
