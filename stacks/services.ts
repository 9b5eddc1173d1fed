import type { FargateSize } from "./constructs/fargate-size";

/**
 * What runs, as data. A row becomes an image repository, roles, a log group, autoscaling, alarms, dashboard panels, and, behind a load
 * balancer, a target group and security-group edges. To add a service: see `README.md`.
 */
export type Service = WebService | Worker;

/** What every row has. */
export interface ServiceRow {
  /** Also the folder under `apps/`, and the name in the private zone: `<name>.<environment>.internal`. */
  readonly name: string;
  /**
   * Services this one calls through the internal load balancer; their address arrives as `<NAME>_URL`, and how long to wait for an answer, in
   * seconds, as `<NAME>_TIMEOUT`: one second longer than the called service's gateway waits for its app.
   */
  readonly calls: readonly string[];
  readonly size: FargateSize;
  readonly architecture: "X86_64" | "ARM64";
  /** Folders inside the app's container that stay writable on a read-only root file system. */
  readonly writablePaths: readonly string[];
  /** Variables of the app that hold a secret, and where it is kept. The secret itself never enters Terraform's state. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  /** Files below `<name>/` in the environment's bucket that the app, and nobody else, may read; `OBJECTS_URL` tells it where. */
  readonly objects: readonly string[];
}

/** A name in AWS Secrets Manager, or the path of a parameter of Systems Manager. */
export type SecretSource = { readonly secretsManager: string } | { readonly parameter: string };

/** Answers requests, behind a gateway and a load balancer. */
export interface WebService extends ServiceRow {
  /** The internet reaches the `public` service; only services that name it in `calls` reach a `private` one. */
  readonly exposure: "public" | "private";
  /** Port of the app inside its task. The gateway always listens on 8080. */
  readonly port: number;
  /** `nginx/templates/<name>.conf.template`: a site that passes `/api/` on, or an API. */
  readonly gatewayTemplate: "frontend" | "backend";
  /** Whether the app's image has files below `/srv/static`, declared with VOLUME, that the gateway answers itself at the same paths. */
  readonly staticFiles: boolean;
  /** Answers 200 when this service can serve, whatever the state of the services it calls. */
  readonly healthPath: string;
  /**
   * Seconds that the gateway waits for the app to begin its answer; then it answers 504, which counts as this service's error. Raise it for slow
   * reports, and with it that of whoever calls this service: a caller that gives up first hides the error.
   */
  readonly answerSeconds: number;
  /** The autoscaler adds tasks above this rate. */
  readonly requestsPerTargetPerMinute: number;
}

/** Works by itself: no gateway, no load balancer, nothing reaches it. */
export interface Worker extends ServiceRow {
  readonly exposure: "none";
  /** Command and arguments, run inside the container; exit 0 means healthy. */
  readonly healthCommand: readonly string[];
}

export const services = [
  {
    name: "frontend",
    exposure: "public",
    port: 3000,
    gatewayTemplate: "frontend",
    staticFiles: true,
    healthPath: "/healthz",
    calls: ["backend"],
    size: "512/1024",
    architecture: "X86_64",
    writablePaths: ["/tmp"],
    secrets: {},
    objects: [],
    answerSeconds: 10,
    requestsPerTargetPerMinute: 600,
  },
  {
    name: "backend",
    exposure: "private",
    port: 8000,
    gatewayTemplate: "backend",
    staticFiles: false,
    healthPath: "/api/health",
    calls: [],
    size: "256/512",
    architecture: "X86_64",
    writablePaths: ["/tmp", "/data"],
    secrets: {},
    objects: [
      "portfolio.json",
      "settings.json",
      "holdings.csv",
      "closes.csv",
      "rates.csv",
      "splits.csv",
      "dividends.csv",
      "transactions.csv",
    ],
    answerSeconds: 4,
    requestsPerTargetPerMinute: 1200,
  },
] as const satisfies readonly Service[];
