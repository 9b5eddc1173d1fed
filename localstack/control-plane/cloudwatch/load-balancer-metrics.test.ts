import { countRequest } from "./load-balancer-metrics";
import { Samples } from "./samples";

const elb = "arn:aws:elasticloadbalancing:us-east-1:111111111111";
const ofTarget = {
  loadBalancerArn: `${elb}:loadbalancer/app/dev-public/1`,
  targetGroupArn: `${elb}:targetgroup/dev-frontend/2`,
};
const LoadBalancer = "app/dev-public/1";
const TargetGroup = "targetgroup/dev-frontend/2";

/** `metric of dimensions: statistic` of what was counted in the minute. */
function counted(...requests: Parameters<typeof countRequest>[2][]): Record<string, number> {
  const samples = new Samples();
  for (const request of requests) countRequest(samples, 0, request);
  const lines = samples.samplesOf(0).map(({ metric, values, counts }) => {
    const of = metric.dimensions.TargetGroup === undefined ? "balancer" : "targets";
    expect(metric.dimensions).toEqual(of === "balancer" ? { LoadBalancer } : { LoadBalancer, TargetGroup });
    return [`${metric.name} of ${of}`, values.reduce((sum, value, index) => sum + value * (counts[index] ?? 0), 0)];
  });
  return Object.fromEntries(lines);
}

it("counts an answer of a target to the target group and to the load balancer", () => {
  expect(
    counted({ ...ofTarget, status: 500, targetSeconds: 0.5 }, { ...ofTarget, status: 200, targetSeconds: 0.25 }),
  ).toEqual({
    "RequestCount of balancer": 2,
    "RequestCount of targets": 2,
    "HTTPCode_Target_5XX_Count of balancer": 1,
    "HTTPCode_Target_5XX_Count of targets": 1,
    "HTTPCode_Target_2XX_Count of balancer": 1,
    "HTTPCode_Target_2XX_Count of targets": 1,
    "TargetResponseTime of balancer": 0.75,
    "TargetResponseTime of targets": 0.75,
  });
});

it("counts a request whose target gave no answer, and the load balancer's answer apart", () => {
  expect(counted({ ...ofTarget, status: 504, targetSeconds: null })).toEqual({
    "RequestCount of balancer": 1,
    "RequestCount of targets": 1,
    "HTTPCode_ELB_5XX_Count of balancer": 1,
    "HTTPCode_ELB_504_Count of balancer": 1,
  });
});

it("counts no request where there was no target to choose", () => {
  expect(counted({ ...ofTarget, targetGroupArn: null, status: 503, targetSeconds: null })).toEqual({
    "HTTPCode_ELB_5XX_Count of balancer": 1,
    "HTTPCode_ELB_503_Count of balancer": 1,
  });
});
