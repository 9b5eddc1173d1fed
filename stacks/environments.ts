/**
 * Where the system runs, as data: one row an environment, the same keys in each row, so that two of them can be compared by eye.
 * Constructs receive values from a row and never its name. A value that AWS would refuse stops the synthesis: see `tables.ts`.
 */
export interface Environment {
  /** First part of every name: stacks, clusters, log groups, alarms. */
  readonly name: string;
  /** The account that may be changed; the provider refuses any other. One for each environment. Replace with yours. */
  readonly accountId: string;
  /** `owner/name`: the repository whose GitHub Actions may assume this account's roles. */
  readonly githubRepository: string;
  /**
   * What GitHub calls owner and repository for ever, so that nobody who takes over a name is trusted:
   * `gh api repos/<owner>/<name> --jq '{owner: .owner.id, repository: .id}'`.
   */
  readonly githubIds: { readonly owner: number; readonly repository: number };
  readonly region: string;
  /** Two or three: one public and one private subnet in each. How one is removed: `README.md`. */
  readonly availabilityZones: readonly string[];
  /** A /16: each subnet takes a /20 of it. */
  readonly vpcCidr: string;
  /**
   * How private subnets reach what is outside. One NAT gateway is cheaper; one in each zone survives the loss of a zone;
   * `vpc-endpoints` reaches the AWS APIs that a service needs, and nothing else.
   */
  readonly egress: Egress;
  /** Tasks of each service: the autoscaler moves between the two. */
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  /** Share of tasks on Fargate and on Fargate Spot, as weights. */
  readonly capacity: { readonly fargateWeight: number; readonly spotWeight: number };
  readonly logRetentionDays: number;
  /** Protects load balancers and buckets from deletion, and keeps images when a repository is removed. */
  readonly deletionProtection: boolean;
  /** What the browser shows. With a domain the public load balancer speaks TLS, and plain HTTP is redirected. */
  readonly domain: string | Disabled;
  /** An ACM certificate that exists already, for a domain whose DNS is not in Route 53; null has one issued in the domain's zone. */
  readonly certificateArn: string | null;
  /** Who reaches the dashboard: everyone, for a reason; some addresses; or, with a domain, who signs in. Choose before it shows a portfolio of yours. */
  readonly access: Access;
  /** AWS's managed rules, and a limit for each address, in front of the public load balancer. */
  readonly webAcl: { readonly requestsPerFiveMinutes: number } | Disabled;
  /** Services into whose containers `aws ecs execute-command` may look. Each of them loses its read-only root file system. */
  readonly executeCommand: readonly string[];
  /** What users may expect over 30 days. Alarms follow from it; where it is declined, only those that need no objective exist. */
  readonly objectives: Objectives | Disabled;
  /** Receives alarms; AWS asks it to confirm the subscription. */
  readonly alarmEmail: string;
  /** A mail at 80 % spent, and when the month is forecast to go over. */
  readonly monthlyBudgetUsd: number;
}

/** `everyone` is a reason, `ranges` are IPv4 addresses such as `203.0.113.0/24`. */
export type Access =
  | { readonly everyone: string }
  | { readonly ranges: readonly string[] }
  | { readonly signIn: SignIn };

/** A client at an OpenID Connect provider, which sends people back to `https://<domain>/oauth2/idpresponse`. */
export interface SignIn {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** Name in AWS Secrets Manager of the client's secret. Unlike a service's secrets it is in the state of `compute`: the load balancer needs it. */
  readonly clientSecret: string;
}

export type Egress = "nat-per-az" | "single-nat" | "vpc-endpoints";

export interface Objectives {
  /** Of all requests, those that succeed: 99.9 leaves 43 minutes of outage in 30 days. */
  readonly availabilityPercent: number;
  /** So many of all requests are answered within so many seconds. */
  readonly latency: { readonly percent: number; readonly seconds: number };
}

/** What must not be forgotten is declined with a reason. */
export interface Disabled {
  readonly none: string;
}

/** Prices: `make cost ENV=<name>`, with the price list of 2026-11-23. */
export const environments = [
  {
    // 125 USD a month, 112 when idle, 257 at its limits.
    name: "dev",
    accountId: "111111111111",
    githubRepository: "example/portfolio-dashboard",
    githubIds: { owner: 1234567, repository: 123456789 },
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    vpcCidr: "10.10.0.0/16",
    egress: "single-nat",
    tasks: { minimum: 1, maximum: 2 },
    capacity: { fargateWeight: 0, spotWeight: 1 },
    logRetentionDays: 7,
    deletionProtection: false,
    domain: { none: "seen by its developers only" },
    certificateArn: null,
    access: { everyone: "shows the sample portfolio" },
    webAcl: { none: "seen by its developers only" },
    executeCommand: [],
    objectives: { none: "its developers see for themselves" },
    alarmEmail: "dev-alarms@example.com",
    monthlyBudgetUsd: 150,
  },
  {
    // 169 USD a month, 140 when idle, 431 at its limits.
    name: "staging",
    accountId: "222222222222",
    githubRepository: "example/portfolio-dashboard",
    githubIds: { owner: 1234567, repository: 123456789 },
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    vpcCidr: "10.20.0.0/16",
    egress: "single-nat",
    tasks: { minimum: 2, maximum: 4 },
    capacity: { fargateWeight: 1, spotWeight: 3 },
    logRetentionDays: 14,
    deletionProtection: false,
    domain: { none: "seen by its developers only" },
    certificateArn: null,
    access: { everyone: "shows the sample portfolio" },
    webAcl: { none: "no traffic but that of tests" },
    executeCommand: [],
    objectives: { availabilityPercent: 99.9, latency: { percent: 99, seconds: 1 } },
    alarmEmail: "staging-alarms@example.com",
    monthlyBudgetUsd: 250,
  },
  {
    // 436 USD a month, 283 when idle, 1388 at its limits.
    name: "prod",
    accountId: "333333333333",
    githubRepository: "example/portfolio-dashboard",
    githubIds: { owner: 1234567, repository: 123456789 },
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    vpcCidr: "10.30.0.0/16",
    egress: "nat-per-az",
    tasks: { minimum: 3, maximum: 12 },
    capacity: { fargateWeight: 1, spotWeight: 0 },
    logRetentionDays: 30,
    deletionProtection: true,
    domain: { none: "no domain is registered yet: put yours here before anybody signs in" },
    certificateArn: null,
    access: { everyone: "shows the sample portfolio; choose ranges or signIn before it shows yours" },
    webAcl: { requestsPerFiveMinutes: 2000 },
    executeCommand: [],
    objectives: { availabilityPercent: 99.9, latency: { percent: 99, seconds: 1 } },
    alarmEmail: "prod-alarms@example.com",
    monthlyBudgetUsd: 600,
  },
] as const satisfies readonly Environment[];
