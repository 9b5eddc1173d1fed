import { network, noNetwork, subnets } from "./world.js";
import type { Call } from "./wrong.js";

/** An internal Application Load Balancer in the two subnets of `network`. */
export const balancer = (name: string, as = "lb"): Call => ({
  client: "elastic-load-balancing-v2",
  command: "CreateLoadBalancerCommand",
  input: (made) => ({ Name: name, Scheme: "internal", Type: "application", Subnets: subnets(made) }),
  as,
});

export const targetGroup = (name: string, as: string, type: "ip" | "instance" = "ip"): Call => ({
  client: "elastic-load-balancing-v2",
  command: "CreateTargetGroupCommand",
  input: (made) => ({ Name: name, Protocol: "HTTP", Port: 80, VpcId: made.vpc.Vpc.VpcId, TargetType: type }),
  as,
});

export const listener = (lb: string, group: string, port = 80, as = "listener"): Call => ({
  client: "elastic-load-balancing-v2",
  command: "CreateListenerCommand",
  input: (made) => ({
    LoadBalancerArn: made[lb].LoadBalancers[0].LoadBalancerArn,
    Protocol: "HTTP",
    Port: port,
    DefaultActions: [{ Type: "forward", TargetGroupArn: made[group].TargetGroups[0].TargetGroupArn }],
  }),
  as,
});

/** A network, a balancer `lb`, a target group `group` and a listener that forwards to it. */
export const balanced = (name: string, type: "ip" | "instance" = "ip"): Call[] => [
  ...network,
  balancer(name),
  targetGroup(name, "group", type),
  listener("lb", "group"),
];

export const noBalancer = (as = "lb"): Call => ({
  client: "elastic-load-balancing-v2",
  command: "DeleteLoadBalancerCommand",
  input: (made) => ({ LoadBalancerArn: made[as].LoadBalancers[0].LoadBalancerArn }),
});

export const noGroup = (as = "group"): Call => ({
  client: "elastic-load-balancing-v2",
  command: "DeleteTargetGroupCommand",
  input: (made) => ({ TargetGroupArn: made[as].TargetGroups[0].TargetGroupArn }),
});

export const notBalanced: Call[] = [noBalancer(), noGroup(), ...noNetwork];
