import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import {
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Answer, answersBy, ask, createGroup, route } from "../balancer";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { cluster, register, runningService } from "../tasks";
import { port, webServer } from "../web-server";

const service = "Elastic Load Balancing";

/** The answer to a request that takes some time, asked of a service that then wants no task any more. */
async function underWay(context: ProbeContext, delaySeconds: number, requestSeconds: number): Promise<Answer> {
  const TargetGroupArn = await createGroup(context, "/healthy");
  const attributes = [{ Key: "deregistration_delay.timeout_seconds", Value: String(delaySeconds) }];
  await context
    .client(ElasticLoadBalancingV2Client)
    .send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: attributes }));
  const balancer = await route(context, TargetGroupArn);
  const loadBalancers = [{ targetGroupArn: TargetGroupArn, containerName: "app", containerPort: port }];
  const name = await runningService(context, await register(context, [webServer({ SAYS: "served" })]), {
    loadBalancers,
  });
  await answersBy(context, balancer, `/${context.name}/x`);
  const answer = ask(context, balancer, `/${context.name}/slow-${requestSeconds}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const update = { cluster: await cluster(context), service: name, desiredCount: 0 };
  await context.client(ECSClient).send(new UpdateServiceCommand(update));
  return answer;
}

export const drainingProbes = [
  {
    id: "elb-deregistration-delay",
    service,
    capability: "A request that is under way when its task is stopped is answered, within the deregistration delay.",
    run: async (context) => {
      const [waits, doesNot] = await Promise.all([underWay(context.child(), 20, 3), underWay(context.child(), 0, 3)]);
      return seen(waits.body === "served" && doesNot.body !== "served");
    },
  },
  {
    id: "elb-long-deregistration-delay",
    service,
    capability: "Such a request may take as long as the deregistration delay.",
    note: "A request that takes longer than 5 s is cut off here when its task is replaced.",
    run: async (context) => seen((await underWay(context, 30, 10)).body === "served"),
  },
] as const satisfies readonly Probe[];
