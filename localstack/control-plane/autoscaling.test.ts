import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { type ServerType, serve } from "@hono/node-server";
import { createControlPlane } from "./app";
import { callerOf } from "./caller";
import { Clock } from "./cloudwatch/clock";

let server: ServerType;
let endpoint: string;

beforeEach(async () => {
  server = serve({
    fetch: createControlPlane({ clock: new Clock(60_000), metrics: new Map(), scaling: new Map() }).fetch,
    port: 0,
    hostname: "127.0.0.1",
  });
  await new Promise((resolve) => server.once("listening", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function clientOf(account: string, region = "us-east-1"): ApplicationAutoScalingClient {
  return new ApplicationAutoScalingClient({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: "test" },
  });
}

const web = {
  ServiceNamespace: "ecs",
  ResourceId: "service/dev/web",
  ScalableDimension: "ecs:service:DesiredCount",
} as const;
const oneToFour = { ...web, MinCapacity: 1, MaxCapacity: 4 };
const cpu = {
  ...web,
  PolicyName: "cpu",
  PolicyType: "TargetTrackingScaling",
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 60,
    ScaleInCooldown: 300,
    PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
  },
} as const;

const targetsOf = (client: ApplicationAutoScalingClient) =>
  client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }));

describe("scalable targets", () => {
  it("keeps what was registered", async () => {
    const client = clientOf("111111111111");
    const { ScalableTargetARN } = await client.send(new RegisterScalableTargetCommand(oneToFour));
    expect(ScalableTargetARN).toMatch(/^arn:aws:application-autoscaling:us-east-1:111111111111:scalable-target\//);
    const { ScalableTargets } = await targetsOf(client);
    expect(ScalableTargets).toEqual([
      expect.objectContaining({
        ...oneToFour,
        ScalableTargetARN,
        CreationTime: expect.any(Date),
        SuspendedState: {
          DynamicScalingInSuspended: false,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      }),
    ]);
  });

  it("changes only what a second registration names", async () => {
    const client = clientOf("111111111111");
    const first = await client.send(new RegisterScalableTargetCommand(oneToFour));
    const second = await client.send(new RegisterScalableTargetCommand({ ...web, MaxCapacity: 9 }));
    expect(second.ScalableTargetARN).toBe(first.ScalableTargetARN);
    const { ScalableTargets } = await targetsOf(client);
    expect(ScalableTargets?.[0]).toMatchObject({ MinCapacity: 1, MaxCapacity: 9 });
  });

  it("keeps accounts and regions apart", async () => {
    await clientOf("111111111111").send(new RegisterScalableTargetCommand(oneToFour));
    expect((await targetsOf(clientOf("222222222222"))).ScalableTargets).toEqual([]);
    expect((await targetsOf(clientOf("111111111111", "eu-west-1"))).ScalableTargets).toEqual([]);
  });

  it("pages", async () => {
    const client = clientOf("111111111111");
    for (const name of ["a", "b", "c"]) {
      await client.send(new RegisterScalableTargetCommand({ ...oneToFour, ResourceId: `service/dev/${name}` }));
    }
    const page = { ServiceNamespace: "ecs", MaxResults: 2 } as const;
    const first = await client.send(new DescribeScalableTargetsCommand(page));
    const second = await client.send(new DescribeScalableTargetsCommand({ ...page, NextToken: first.NextToken }));
    expect(first.ScalableTargets).toHaveLength(2);
    expect(second.ScalableTargets?.map(({ ResourceId }) => ResourceId)).toEqual(["service/dev/c"]);
    expect(second.NextToken).toBeUndefined();
  });

  it("deletes a target's policies with it", async () => {
    const client = clientOf("111111111111");
    await client.send(new RegisterScalableTargetCommand(oneToFour));
    await client.send(new PutScalingPolicyCommand(cpu));
    await client.send(new DeregisterScalableTargetCommand(web));
    const { ScalingPolicies } = await client.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs" }));
    expect(ScalingPolicies).toEqual([]);
    await expect(client.send(new DeregisterScalableTargetCommand(web))).rejects.toMatchObject({
      name: "ObjectNotFoundException",
      message: expect.stringContaining("service/dev/web"),
    });
  });

  const unsupported = "Unsupported service namespace, resource type or scalable dimension";
  it.each([
    [{ ...oneToFour, MinCapacity: 5 }, "Maximum capacity cannot be less than minimum capacity"],
    [{ ...oneToFour, MinCapacity: -1 }, "Minimum capacity cannot be less than 0"],
    [{ ...web, MinCapacity: 1 }, "Maximum capacity must be specified"],
    [{ ...oneToFour, ResourceId: "web" }, unsupported],
    [{ ...oneToFour, ScalableDimension: "ec2:spot-fleet-request:TargetCapacity" as const }, unsupported],
    [{ ...oneToFour, ResourceId: "" }, expect.stringContaining("'resourceId' failed to satisfy constraint")],
    [{ ...oneToFour, Tags: { "aws:owner": "team" } }, expect.stringContaining("reserved prefix")],
  ])("refuses %j", async (input, message) => {
    await expect(clientOf("111111111111").send(new RegisterScalableTargetCommand(input))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });
});

describe("scaling policies", () => {
  it("keeps what was put, under one ARN", async () => {
    const client = clientOf("111111111111");
    await client.send(new RegisterScalableTargetCommand(oneToFour));
    const { PolicyARN } = await client.send(new PutScalingPolicyCommand(cpu));
    const again = await client.send(new PutScalingPolicyCommand(cpu));
    expect(again.PolicyARN).toBe(PolicyARN);
    const { ScalingPolicies } = await client.send(
      new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs", PolicyNames: ["cpu"] }),
    );
    const alarm = (kind: string) => ({
      AlarmName: expect.stringMatching(`^TargetTracking-service/dev/web-Alarm${kind}-`),
      AlarmARN: expect.stringContaining(":111111111111:alarm:TargetTracking-"),
    });
    expect(again.Alarms).toEqual([alarm("High"), alarm("Low")]);
    expect(ScalingPolicies).toEqual([expect.objectContaining({ ...cpu, PolicyARN, Alarms: again.Alarms })]);
  });

  it("wants a target first", async () => {
    await expect(clientOf("111111111111").send(new PutScalingPolicyCommand(cpu))).rejects.toMatchObject({
      name: "ObjectNotFoundException",
    });
  });

  it("deletes", async () => {
    const client = clientOf("111111111111");
    await client.send(new RegisterScalableTargetCommand(oneToFour));
    await client.send(new PutScalingPolicyCommand(cpu));
    await client.send(new DeleteScalingPolicyCommand({ ...web, PolicyName: "cpu" }));
    await expect(client.send(new DeleteScalingPolicyCommand({ ...web, PolicyName: "cpu" }))).rejects.toMatchObject({
      name: "ObjectNotFoundException",
    });
  });
});

it("tags a target", async () => {
  const client = clientOf("111111111111");
  const { ScalableTargetARN: ResourceARN } = await client.send(
    new RegisterScalableTargetCommand({ ...oneToFour, Tags: { project: "dashboard" } }),
  );
  await client.send(new TagResourceCommand({ ResourceARN, Tags: { owner: "team" } }));
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["project"] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual({ owner: "team" });
  await expect(client.send(new ListTagsForResourceCommand({ ResourceARN: "arn:none" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

it("has no scaling activities before it scales", async () => {
  const answer = await clientOf("111111111111").send(new DescribeScalingActivitiesCommand({ ServiceNamespace: "ecs" }));
  expect(answer.ScalingActivities).toEqual([]);
});

it("names an operation that it does not know", async () => {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "x-amz-target": "AnyScaleFrontendService.PutScheduledAction" },
    body: "{}",
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    __type: "UnknownOperationException",
    message: "The control plane has no operation AnyScaleFrontendService.PutScheduledAction",
  });
});

it("asks the emulator whose account the key of an assumed role belongs to", async () => {
  const asked: string[] = [];
  const emulator = createServer(async (request, response) => {
    for await (const chunk of request) asked.push(String(chunk));
    response.end("<GetAccessKeyInfoResult><Account>222222222222</Account></GetAccessKeyInfoResult>");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => emulator.once("listening", resolve));
  try {
    const address = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
    const authorization = "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260101/eu-west-1/x/aws4_request, Signature=0";
    const caller = { accessKeyId: "ASIAEXAMPLE", account: "222222222222", region: "eu-west-1" };
    expect(await callerOf(authorization, address)).toEqual(caller);
    expect(asked.join()).toContain("AccessKeyId=ASIAEXAMPLE");
    await callerOf(authorization.replace("ASIAEXAMPLE", "111111111111"), address);
    expect(asked).toHaveLength(1);
  } finally {
    emulator.close();
  }
});
