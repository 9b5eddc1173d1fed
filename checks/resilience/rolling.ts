import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetGroupAttributesCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type DeployedEnvironment, services, type TrafficWanted } from "./deployed-environment";
import type { Drill } from "./drill";
import { failedIn, failuresIn, requestsIn } from "./timeline";

/** At least, whatever the number of tasks. */
const wanted = { replacements: 20, requests: 20_000 };
/** Six of two tasks each are enough for the replacements. */
const passesAtMost = 12;

const visitors: readonly TrafficWanted[] = [
  { title: "the API, kept connections", path: "/api/assets", perSecond: 70, connections: "kept" },
  { title: "the API, new connections", path: "/api/health", perSecond: 45, connections: "new" },
  { title: "the page, kept connections", path: "/", perSecond: 4, connections: "kept" },
];

export const rolling: Drill = {
  id: "rolling",
  title: "Every task is replaced, again and again, while people use the dashboard",
  needs: ["ecs-rolling-deployment", "ecs-stop-signal", "elb-health-checks", "elb-deregistration-delay"],
  run: async (deployed) => {
    const { result: replaced, timelines } = await deployed.during(visitors, async (mark, soFar) => {
      let count = 0;
      const isEnough = () => count >= wanted.replacements && soFar().requests >= wanted.requests;
      // More of it could not make a failure better.
      for (let pass = 0; pass < passesAtMost && !isEnough() && soFar().failed === 0; pass++) {
        mark("new deployments");
        const counts = await Promise.all(services.map((service) => deployed.replaceTasks(service)));
        count += counts.reduce((sum, each) => sum + each, 0);
      }
      return count;
    });
    const failed = failedIn(timelines);
    const requests = requestsIn(timelines);
    const told = `${failed} of ${requests} requests failed, ${replaced} tasks were replaced`;
    if (failed > 0) return { passed: false, evidence: [told, ...failuresIn(timelines)].join("; "), timelines };
    const control = await abruptly(deployed);
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
async function abruptly(deployed: DeployedEnvironment) {
  const { loadBalancers = [], taskDefinition: good } = await deployed.service("backend");
  const groups = loadBalancers.map(({ targetGroupArn }) => targetGroupArn);
  const delays = await Promise.all(groups.map((group) => delayOf(deployed, group)));
  const deaf = await deafRevision(deployed, good);
  try {
    for (const group of groups) await setDelay(deployed, group, "0");
    await deployed.replaceTasks("backend", deaf);
    const { timelines } = await deployed.during(visitors, async (mark) => {
      mark("abrupt stops");
      await deployed.replaceTasks("backend", good);
      // What they break off belongs to this control, not to the next drill.
      await deployed.noneLeaves("backend");
    });
    return timelines.map((each) => ({ ...each, title: `control: ${each.title}` }));
  } finally {
    for (const [index, group] of groups.entries()) await setDelay(deployed, group, delays[index]);
    if ((await deployed.service("backend")).taskDefinition !== good) await deployed.replaceTasks("backend", good);
    await deployed.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: deaf }));
  }
}

const delay = "deregistration_delay.timeout_seconds";

async function delayOf({ elb }: DeployedEnvironment, TargetGroupArn: string | undefined): Promise<string | undefined> {
  const { Attributes = [] } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  return Attributes.find(({ Key }) => Key === delay)?.Value;
}

async function setDelay(
  { elb }: DeployedEnvironment,
  TargetGroupArn: string | undefined,
  Value: string | undefined,
): Promise<void> {
  const Attributes = [{ Key: delay, Value }];
  await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
}

/** A revision of a task definition whose app never hears that it should stop. */
async function deafRevision(
  { ecs }: DeployedEnvironment,
  taskDefinition: string | undefined,
): Promise<string | undefined> {
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
