/**
 * Where the system runs, as data: one row an environment, the same keys in each row, so that two of them can be compared by eye.
 * Constructs receive values from a row and never its name.
 */
export interface Environment {
  /** First part of every name: stacks, clusters, log groups, alarms. */
  readonly name: string;
  /** The account that may be changed; the provider refuses any other. Replace with yours. */
  readonly accountId: string;
  readonly region: string;
  /** Two or three: one public and one private subnet in each. */
  readonly availabilityZones: readonly string[];
  /** A /16: each subnet takes a /20 of it. */
  readonly vpcCidr: string;
  /** How private subnets reach the internet. One NAT gateway is cheaper; one in each zone survives the loss of a zone. */
  readonly egress: "single-nat" | "nat-per-az";
  /** Tasks of each service: the autoscaler moves between the two. */
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  /** Share of tasks on Fargate and on Fargate Spot, as weights. */
  readonly capacity: { readonly fargateWeight: number; readonly spotWeight: number };
  readonly logRetentionDays: number;
  /** Protects load balancers and the state bucket from deletion, and keeps images when a repository is removed. */
  readonly deletionProtection: boolean;
  /** Receives alarms; AWS asks it to confirm the subscription. */
  readonly alarmEmail: string;
}

export const environments = [
  {
    name: "dev",
    accountId: "111111111111",
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    vpcCidr: "10.10.0.0/16",
    egress: "single-nat",
    tasks: { minimum: 1, maximum: 2 },
    capacity: { fargateWeight: 0, spotWeight: 1 },
    logRetentionDays: 7,
    deletionProtection: false,
    alarmEmail: "dev-alarms@example.com",
  },
  {
    name: "staging",
    accountId: "222222222222",
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    vpcCidr: "10.20.0.0/16",
    egress: "single-nat",
    tasks: { minimum: 2, maximum: 4 },
    capacity: { fargateWeight: 1, spotWeight: 3 },
    logRetentionDays: 14,
    deletionProtection: false,
    alarmEmail: "staging-alarms@example.com",
  },
  {
    name: "prod",
    accountId: "333333333333",
    region: "us-east-1",
    availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    vpcCidr: "10.30.0.0/16",
    egress: "nat-per-az",
    tasks: { minimum: 3, maximum: 12 },
    capacity: { fargateWeight: 1, spotWeight: 0 },
    logRetentionDays: 30,
    deletionProtection: true,
    alarmEmail: "prod-alarms@example.com",
  },
] as const satisfies readonly Environment[];
