import type { FargateSize } from "./constructs/fargate-size";

/**
 * What runs, as data. A row becomes an image repository, a target group, roles, a log group, autoscaling, an alarm, dashboard panels
 * and security-group edges. To add a service: a folder under `apps/` and a row here.
 */
export interface Service {
  /** Also the folder under `apps/`, and the name in the private zone: `<name>.<environment>.internal`. */
  readonly name: string;
  /** The internet reaches `public` services; only services that name it in `calls` reach a `private` one. */
  readonly exposure: "public" | "private";
  /** Port of the app inside its task. The gateway always listens on 8080. */
  readonly port: number;
  /** `nginx/templates/<name>.conf.template`. */
  readonly gatewayTemplate: "frontend" | "backend";
  /** Answers 200 when this service can serve, whatever the state of the services it calls. */
  readonly healthPath: string;
  /** Services this one calls through the internal load balancer; their address arrives as `<NAME>_URL`. */
  readonly calls: readonly string[];
  readonly size: FargateSize;
  /** Folders inside the app's container that stay writable on a read-only root file system. */
  readonly writablePaths: readonly string[];
  /** The autoscaler adds tasks above this rate. */
  readonly requestsPerTargetPerMinute: number;
}

export const services = [
  {
    name: "frontend",
    exposure: "public",
    port: 3000,
    gatewayTemplate: "frontend",
    healthPath: "/healthz",
    calls: ["backend"],
    size: "512/1024",
    writablePaths: ["/tmp"],
    requestsPerTargetPerMinute: 600,
  },
  {
    name: "backend",
    exposure: "private",
    port: 8000,
    gatewayTemplate: "backend",
    healthPath: "/api/health",
    calls: [],
    size: "256/512",
    writablePaths: ["/tmp", "/data"],
    requestsPerTargetPerMinute: 1200,
  },
] as const satisfies readonly Service[];
