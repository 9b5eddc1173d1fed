import { get } from "node:http";
import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { until } from "../../ops/shell/until";
import { network } from "./network";
import type { ProbeContext } from "./probe-context";
import { port, webServers } from "./web-server";

export interface LoadBalancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly listener: string;
}

/** What a load balancer of ours says by itself. */
export const byDefault = { status: 404, body: "nothing of a probe" };

/** The load balancer that the probes share: each has its own rules on it. */
export function sharedBalancer(context: ProbeContext): Promise<LoadBalancer> {
  return context.once(createShared);
}

function createShared(context: ProbeContext): Promise<LoadBalancer> {
  return createBalancer(context);
}

export async function createBalancer(
  context: ProbeContext,
  settings: Partial<CreateLoadBalancerCommandInput> = {},
  listenerPort = 80,
): Promise<LoadBalancer> {
  const elb = context.client(ElasticLoadBalancingV2Client);
  const { subnets, open } = await network(context);
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      ...{ Name: context.name, Type: "application", Scheme: "internet-facing" },
      ...{ Subnets: [...subnets], SecurityGroups: [open], ...settings },
    }),
  );
  const { LoadBalancerArn: arn = "", DNSName: dnsName = "" } = LoadBalancers?.[0] ?? {};
  context.afterwards(() => elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn })));
  const FixedResponseConfig = {
    StatusCode: String(byDefault.status),
    ContentType: "text/plain",
    MessageBody: byDefault.body,
  };
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      ...{ LoadBalancerArn: arn, Port: listenerPort, Protocol: "HTTP" },
      DefaultActions: [{ Type: "fixed-response", FixedResponseConfig }],
    }),
  );
  const listener = Listeners?.[0]?.ListenerArn ?? "";
  context.afterwards(() => elb.send(new DeleteListenerCommand({ ListenerArn: listener })));
  return { arn, dnsName, listener };
}

/** A target group with quick health checks. */
export async function createGroup(
  context: ProbeContext,
  healthPath: string,
  settings: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const elb = context.client(ElasticLoadBalancingV2Client);
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      ...{ Name: context.name, TargetType: "ip", Protocol: "HTTP", Port: port, VpcId: (await network(context)).vpc },
      ...{ HealthCheckPath: healthPath, HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2 },
      ...{ HealthyThresholdCount: 2, UnhealthyThresholdCount: 2 },
      ...settings,
    }),
  );
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? "";
  context.afterwards(() => elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })));
  return TargetGroupArn;
}

/** A target group with the shared web servers, or some of them. */
export async function groupOfServers(
  context: ProbeContext,
  healthPath = "/healthy",
  chosen?: readonly ("one" | "two")[],
  settings: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const TargetGroupArn = await createGroup(context, healthPath, settings);
  const servers = await webServers(context);
  const Targets = (chosen ?? (["one", "two"] as const)).map((name) => ({ Id: servers[name], Port: port }));
  await context.client(ElasticLoadBalancingV2Client).send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  return TargetGroupArn;
}

/** The states of a group's targets. */
export async function targetStates(context: ProbeContext, TargetGroupArn: string): Promise<string[]> {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn });
  const { TargetHealthDescriptions = [] } = await context.client(ElasticLoadBalancingV2Client).send(command);
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? "");
}

let rules = 0;

/** Sends a probe's own paths to one of its target groups, on the shared load balancer unless another is given. */
export async function route(
  context: ProbeContext,
  action: string | Action,
  path = `/${context.name}/*`,
  on?: LoadBalancer,
): Promise<LoadBalancer> {
  const elb = context.client(ElasticLoadBalancingV2Client);
  const balancer = on ?? (await sharedBalancer(context));
  rules += 1;
  const { Rules } = await elb.send(
    new CreateRuleCommand({
      ...{ ListenerArn: balancer.listener, Priority: rules },
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [path] } }],
      Actions: [typeof action === "string" ? { Type: "forward", TargetGroupArn: action } : action],
    }),
  );
  context.afterwards(() => elb.send(new DeleteRuleCommand({ RuleArn: Rules?.[0]?.RuleArn })));
  return balancer;
}

export interface Answer {
  /** 0 where the connection failed. */
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
}

/** Asks a load balancer by its name, on a connection of its own. */
export function ask(context: ProbeContext, { dnsName }: LoadBalancer, path: string, cookie = ""): Promise<Answer> {
  const url = new URL(path, loadBalancersUrl(context));
  const options = { headers: { Host: dnsName, ...(cookie && { cookie }) }, agent: false, timeout: 20_000 };
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, body: error.message, cookies: [] });
    const request = get(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", failed);
      response.once("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, body: Buffer.concat(chunks).toString(), cookies: headers["set-cookie"] ?? [] });
      });
    });
    request.on("error", failed);
    request.once("timeout", () => request.destroy(new Error("no answer in time")));
  });
}

/** Where port 80 of every internet-facing load balancer is reached; it tells them apart by name. */
export function loadBalancersUrl({ env }: ProbeContext): string {
  return env.LOAD_BALANCERS_URL ?? "http://127.0.0.1:8081";
}

/** Waits until a probe's own path is answered by a target. */
export async function answersBy(context: ProbeContext, balancer: LoadBalancer, path: string): Promise<Answer> {
  return until(`${path} is answered by a target`, 30, async () => {
    const answer = await ask(context, balancer, path);
    return answer.status === 200 ? answer : undefined;
  });
}
