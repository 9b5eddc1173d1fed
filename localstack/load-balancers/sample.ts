import { addressRule } from "./admission";
import type { Action, LoadBalancer, Rule, Target } from "./load-balancer";

/** Load balancers for tests. */
const elb = "arn:aws:elasticloadbalancing:us-east-1:111111111111";
export const groupArn = `${elb}:targetgroup/dev-frontend/1`;

export const target = (port: number, weight = 1): Target => ({ groupArn, address: "127.0.0.1", port, weight });
export const forward = (...targets: Target[]): Action => ({ type: "forward", targets });
export const notHere: Action = { type: "fixed-response", status: 404, contentType: "text/plain", body: "not here" };
export const byDefault = (action: Action): Rule => ({ conditions: [], action });

export const publicOne = (rules: Rule[], changes: Partial<LoadBalancer> = {}): LoadBalancer => ({
  arn: `${elb}:loadbalancer/app/dev-public/1`,
  name: "dev-public",
  dnsName: "dev-public-1.us-east-1.elb.amazonaws.com",
  internal: false,
  aliases: [],
  idleTimeoutSeconds: 60,
  openTo: [addressRule("0.0.0.0/0", 80, 80)],
  listeners: [{ port: 80, protocol: "HTTP", rules }],
  ...changes,
});
