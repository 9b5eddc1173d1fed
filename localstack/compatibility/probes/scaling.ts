import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { type Probe, seen } from "../probe";
import { cluster, createService, idle, register, runningService, service as serviceOf } from "../tasks";
import type { World } from "../world";

const service = "Application Auto Scaling";

function autoscaling(world: World): ApplicationAutoScalingClient {
  const endpoint = world.env.AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING;
  return world.client(ApplicationAutoScalingClient, endpoint ? { endpoint } : {});
}

/** Lets a service have one or two tasks; gives what names it. */
async function scalable(world: World, serviceName: string) {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: `service/${await cluster(world)}/${serviceName}`,
    ScalableDimension: "ecs:service:DesiredCount",
  } as const;
  const client = autoscaling(world);
  await client.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 2 }));
  world.afterwards(() => client.send(new DeregisterScalableTargetCommand(target)));
  return target;
}

/** Whether a service that keeps its tasks' memory at this percentage comes to want so many tasks. */
async function isScaled(world: World, serviceName: string, percent: number, wanted: number, minutes: number) {
  const target = await scalable(world, serviceName);
  await autoscaling(world).send(
    new PutScalingPolicyCommand({
      ...{ ...target, PolicyName: world.name, PolicyType: "TargetTrackingScaling" },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: percent,
        PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      },
    }),
  );
  return world.within(
    world.minutes(minutes) + 10,
    async () => (await serviceOf(world, serviceName)).desiredCount === wanted,
  );
}

/** An interpreter that does nothing uses a little more than this much of a task's memory. */
const hardlyAnything = 0.1;

export const scalingProbes = [
  {
    id: "autoscaling-scale-in",
    service,
    capability: "Target tracking gives tasks back when they are not needed, after 15 minutes.",
    run: async (world) => {
      const name = await runningService(world, await register(world, [idle]), { desiredCount: 2 });
      return seen(await isScaled(world, name, 90, 1, 20));
    },
  },
  {
    id: "autoscaling-scale-out",
    service,
    capability: "Target tracking wants more tasks when they are used more than they should be, after 3 minutes.",
    run: async (world) => {
      const command = ["python3", "-c", "import time; time.sleep(600)"];
      const name = await runningService(world, await register(world, [{ command }]));
      return seen(await isScaled(world, name, hardlyAnything, 2, 8));
    },
  },
  {
    id: "autoscaling-scheduled",
    service,
    capability: "Scheduled actions change how many tasks there may be.",
    note: "Schedules, nightly or weekly, are not tried here.",
    run: async (world) => {
      const name = await createService(world, await register(world, [idle]));
      const target = await scalable(world, name);
      const in15Seconds = new Date(Date.now() + 15_000).toISOString().slice(0, 19);
      const ScalableTargetAction = { MinCapacity: 2, MaxCapacity: 2 };
      await autoscaling(world).send(
        new PutScheduledActionCommand({
          ...{ ...target, ScheduledActionName: world.name, Schedule: `at(${in15Seconds})`, ScalableTargetAction },
        }),
      );
      return seen(await world.within(40, async () => (await serviceOf(world, name)).desiredCount === 2));
    },
  },
] as const satisfies readonly Probe[];
