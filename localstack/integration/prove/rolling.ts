import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetGroupAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  type TargetGroupAttribute,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Drill, failedIn, failuresIn, requestsIn } from "./drill";
import type { Stage, TrafficWanted } from "./stage";

/** At least, whatever the number of tasks. */
const wanted = { replacements: 20, requests: 20_000 };
const services = ["backend", "frontend"];

const visitors: readonly TrafficWanted[] = [
  { title: "the API, kept connections", path: "/api/assets", perSecond: 70, connections: "kept" },
  { title: "the API, new connections", path: "/api/health", perSecond: 45, connections: "new" },
  { title: "the page, kept connections", path: "/", perSecond: 4, connections: "kept" },
];

export const rolling: Drill = {
  id: "rolling",
  title: "Every task is replaced, again and again, while people use the dashboard",
  needs: ["ecs-rolling-deployment", "ecs-stop-signal", "elb-health-checks", "elb-deregistration-delay"],
  run: async (stage) => {
    const { result: replaced, timelines } = await stage.during(visitors, async (mark, failed) => {
      let count = 0;
      // More of it could not make it better.
      while (count < wanted.replacements && failed() === 0) {
        mark("new deployments");
        const counts = await Promise.all(services.map((service) => stage.replaceTasks(service)));
        count += counts.reduce((sum, each) => sum + each, 0);
      }
      return count;
    });
    const failed = failedIn(timelines);
    const requests = requestsIn(timelines);
    const told = `${failed} of ${requests} requests failed, ${replaced} tasks were replaced`;
    if (failed > 0) return { passed: false, evidence: [told, ...failuresIn(timelines)].join("; "), timelines };
    const control = await abruptly(stage);
    const lost = failedIn(control);
    const tooFew = [
      ...(replaced < wanted.replacements ? [`${wanted.replacements} replacements are wanted`] : []),
      ...(requests < wanted.requests ? [`${wanted.requests} requests are wanted`] : []),
      ...(lost === 0 ? ["so these requests would not have noticed"] : []),
    ];
    const abrupt = `without a deregistration delay, and deaf to SIGTERM, the backend lost ${lost} of ${requestsIn(control)}`;
    return {
      passed: tooFew.length === 0,
      evidence: [told, abrupt, ...tooFew].join("; "),
      timelines: [...timelines, ...control],
    };
  },
};

/** The control: the same requests, while tasks of the backend are stopped as they must not be. */
async function abruptly(stage: Stage) {
  const { loadBalancers = [], taskDefinition: good } = await stage.service("backend");
  const deaf = await deafRevision(stage, good);
  const undo = await Promise.all(loadBalancers.map(({ targetGroupArn }) => withoutDelay(stage, targetGroupArn)));
  try {
    await stage.replaceTasks("backend", deaf);
    const { timelines } = await stage.during(visitors, (mark) => {
      mark("abrupt stops");
      return stage.replaceTasks("backend", good);
    });
    return timelines.map((each) => ({ ...each, title: `control: ${each.title}` }));
  } finally {
    for (const restore of undo) await restore();
    await stage.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: deaf }));
  }
}

/** A target group that forgets a target at once; gives what undoes it. */
async function withoutDelay({ elb }: Stage, TargetGroupArn: string | undefined): Promise<() => Promise<unknown>> {
  const Key = "deregistration_delay.timeout_seconds";
  const { Attributes = [] } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  const set = (attributes: TargetGroupAttribute[]) =>
    elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: attributes }));
  await set([{ Key, Value: "0" }]);
  return () => set(Attributes.filter((attribute) => attribute.Key === Key));
}

/** A revision of a task definition whose app never hears that it should stop. */
async function deafRevision({ ecs }: Stage, taskDefinition: string | undefined): Promise<string | undefined> {
  const { taskDefinition: revision } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const containerDefinitions = revision?.containerDefinitions?.map((container) =>
    container.name === "app"
      ? { ...container, entryPoint: ["sh", "-c"], command: ["trap '' TERM; node server.js & wait"] }
      : container,
  );
  const { family, taskRoleArn, executionRoleArn, networkMode, volumes, cpu, memory } = revision ?? {};
  const { requiresCompatibilities, runtimePlatform } = revision ?? {};
  const command = new RegisterTaskDefinitionCommand({
    ...{ family, taskRoleArn, executionRoleArn, networkMode, containerDefinitions, volumes, cpu, memory },
    ...{ requiresCompatibilities, runtimePlatform },
  });
  return (await ecs.send(command)).taskDefinition?.taskDefinitionArn;
}
