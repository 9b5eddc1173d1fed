const loadBalancerIdleSeconds = 60;
const upstreamKeepAliveSeconds = 60;
const stopSeconds = 30;

/**
 * Seconds that must agree with each other along the path of a request, derived here and told to everybody who keeps one:
 * load balancer, target group and task definition by their arguments, gateway and app by environment variables.
 * A connection is closed first by whoever opened it. So each hop keeps idle connections for longer than the hop before;
 * otherwise that one writes to a connection that is going away, and answers 502.
 */
export const timeouts = {
  loadBalancerIdleSeconds,
  /** The gateway, towards the load balancer. */
  gatewayKeepAliveSeconds: loadBalancerIdleSeconds + 15,
  /** The gateway, towards the app. */
  upstreamKeepAliveSeconds,
  /** The app, towards the gateway. */
  appKeepAliveSeconds: upstreamKeepAliveSeconds + 15,
  /** A target that leaves finishes what it has begun. */
  deregistrationDelaySeconds: stopSeconds - 10,
  /** An app that was told to stop gives up waiting for open requests, and ends by itself. */
  drainSeconds: stopSeconds - 5,
  /** From SIGTERM to SIGKILL. Fargate allows 120. */
  stopSeconds,
  /** A new task may fail the load balancer's checks for so long. */
  healthCheckGraceSeconds: 60,
} as const;

/** For the gateway: see `nginx/entrypoint.sh`. */
export const gatewayTimeoutVariables = {
  KEEP_ALIVE_SECONDS: String(timeouts.gatewayKeepAliveSeconds),
  UPSTREAM_KEEP_ALIVE_SECONDS: String(timeouts.upstreamKeepAliveSeconds),
};

/** For apps. The first one has the name that Next.js reads, in its unit. */
export const appTimeoutVariables = {
  KEEP_ALIVE_TIMEOUT: String(timeouts.appKeepAliveSeconds * 1000),
  DRAIN_SECONDS: String(timeouts.drainSeconds),
};
