import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { z } from "zod";
import type { Samples } from "./samples";

const namespace = "AWS/ApplicationELB";

/** Requests as the load balancers report them: see `FinishedRequest` there. */
export const finishedRequests = z.array(
  z.object({
    loadBalancerArn: z.string().regex(/^arn:aws:elasticloadbalancing:[^:]*:\d{12}:loadbalancer\/.+/),
    targetGroupArn: z.string().nullable(),
    status: z.number(),
    targetSeconds: z.number().nullable(),
  }),
);
type FinishedRequest = z.infer<typeof finishedRequests>[number];

/** Counts a request as a load balancer does: of its target group when it found a target, and by whoever answered. */
export function countRequest(samples: Samples, minute: number, request: FinishedRequest): void {
  const { loadBalancerArn, targetGroupArn, status, targetSeconds } = request;
  const LoadBalancer = suffixOf(loadBalancerArn);
  const all = [{ LoadBalancer }];
  const ofTargets = targetGroupArn ? [...all, { TargetGroup: suffixOf(targetGroupArn), LoadBalancer }] : all;
  const count = (name: string, dimensions: readonly Record<string, string>[], value = 1) => {
    for (const each of dimensions) samples.add({ namespace, name, dimensions: each }, minute, value);
  };
  const family = `${Math.floor(status / 100)}XX`;
  if (targetGroupArn) count("RequestCount", ofTargets);
  if (targetSeconds === null) {
    count(`HTTPCode_ELB_${family}_Count`, all);
    if (status >= 500) count(`HTTPCode_ELB_${status}_Count`, all);
  } else {
    count(`HTTPCode_Target_${family}_Count`, ofTargets);
    count("TargetResponseTime", ofTargets, targetSeconds);
  }
}

/** How many targets of each group that a load balancer uses pass its health check, how many do not, and the requests that each had. */
export async function countHosts(
  client: ElasticLoadBalancingV2Client,
  samples: Samples,
  minute: number,
): Promise<void> {
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  for (const { TargetGroupArn = "", LoadBalancerArns = [] } of TargetGroups) {
    if (LoadBalancerArns.length === 0) continue;
    const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    const states = (answer.TargetHealthDescriptions ?? []).map(({ TargetHealth }) => TargetHealth?.State);
    const [healthy, unhealthy] = ["healthy", "unhealthy"].map(
      (wanted) => states.filter((state) => state === wanted).length,
    ) as [number, number];
    for (const arn of LoadBalancerArns) {
      const dimensions = { TargetGroup: suffixOf(TargetGroupArn), LoadBalancer: suffixOf(arn) };
      samples.add({ namespace, name: "HealthyHostCount", dimensions }, minute, healthy);
      samples.add({ namespace, name: "UnHealthyHostCount", dimensions }, minute, unhealthy);
      const requests = samples.sum({ namespace, name: "RequestCount", dimensions }, minute);
      const { TargetGroup } = dimensions;
      const perTarget = { namespace, name: "RequestCountPerTarget", dimensions: { TargetGroup } };
      if (requests > 0) samples.add(perTarget, minute, requests / Math.max(healthy, 1));
    }
  }
}

/** What CloudWatch calls a load balancer or a target group: the last part of its ARN. */
function suffixOf(arn: string): string {
  return arn.replace(/^.*:(loadbalancer\/)?/, "");
}
