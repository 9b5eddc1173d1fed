/** What one service is like in one minute. Everything that an effect may change. */
export interface Condition {
  /** Requests that arrive, as a multiple of what is usual at that time of day. */
  readonly traffic: number;
  /** Shares of requests that its tasks, and its load balancer in their place, answer with a 5xx. */
  readonly failing: number;
  readonly unanswered: number;
  /** Share of requests for which it does not reach what it calls: its gateway answers 502, or the app a page with 503. */
  readonly unreached: number;
  /** Shares of requests that its tasks never answer, so that its gateway answers 504, and that they answer with a 4xx which they should not. */
  readonly hanging: number;
  readonly refusing: number;
  /** Share of requests that take `slowSeconds` instead of what is usual; what is usual is multiplied by `slowness`. */
  readonly slow: number;
  readonly slowSeconds: number;
  readonly slowness: number;
  /** Tasks: wanted, running, and passing the load balancer's health check, of which the nodes of one zone may see fewer. */
  readonly desired: number;
  readonly running: number;
  readonly healthy: number;
  readonly healthyInWorstZone: number;
  readonly unhealthy: number;
  /** Percent, of all tasks and of the worst one. */
  readonly cpu: number;
  readonly cpuOfWorst: number;
  readonly memory: number;
  readonly memoryOfWorst: number;
  readonly crashes: number;
  readonly rejected: number;
  /** Whether log lines arrive. */
  readonly logging: boolean;
  /** Whether ECS reports at all, and the load balancer of targets. */
  readonly reporting: boolean;
  readonly targetsReported: boolean;
}

export const usual: Condition = {
  traffic: 1,
  failing: 0.0001,
  unanswered: 0,
  unreached: 0,
  hanging: 0,
  refusing: 0,
  slow: 0,
  slowSeconds: 4,
  slowness: 1,
  desired: 2,
  running: 2,
  healthy: 2,
  healthyInWorstZone: 2,
  unhealthy: 0,
  cpu: 35,
  cpuOfWorst: 40,
  memory: 45,
  memoryOfWorst: 50,
  crashes: 0,
  rejected: 0,
  logging: true,
  reporting: true,
  targetsReported: true,
};
