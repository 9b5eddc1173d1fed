/**
 * Seconds that must agree with each other along the path of a request, written once.
 * A connection is closed first by whoever opened it: app and gateway keep theirs open for longer than the load balancer,
 * which otherwise writes to a connection that is going away and answers 502.
 * The gateway's 75 s stand in `nginx/templates`, the apps' in their servers; a test compares them.
 */
export const timeouts = {
  loadBalancerIdleSeconds: 60,
  keepAliveSeconds: 75,
  /** A target that leaves finishes what it has begun. */
  deregistrationDelaySeconds: 20,
  /** From SIGTERM to SIGKILL; longer than the drain. Fargate allows 120. */
  stopSeconds: 30,
  /** A new task may fail the load balancer's checks for so long. */
  healthCheckGraceSeconds: 60,
} as const;
