import type { Case } from "./usage";

/**
 * List prices of AWS in us-east-1, in USD, before taxes, discounts and free allowances. To bring them up to date: open each `source`,
 * correct `usd`, say in `seen` where and when, and move `checkedOn`.
 */
export const checkedOn = "2026-11-23";
export const region = "us-east-1";
export const checkedHow =
  "against stored copies of public pages; AWS's own pages fill in most figures by script, and none was opened live";

export interface Price {
  /** One figure, or one for each case where AWS moves the price. */
  readonly usd: number | Readonly<Record<Case, number>>;
  readonly unit: string;
  /** The page of AWS that has the figure. */
  readonly source: string;
  /** Where the figure was found; null: from memory, not found, to be verified at the source. */
  readonly seen: string | null;
  /** What AWS gives an account, or all accounts of an organization together, each month. Not deducted. */
  readonly freeEachMonth?: number;
}

const aws = (page: string) => `https://aws.amazon.com/${page}/pricing/`;
const fargate = { source: aws("fargate") };
const balancing = { source: aws("elasticloadbalancing") };
const vpc = { source: aws("vpc") };
const endpoints = { source: aws("privatelink") };
const cloudwatch = { source: aws("cloudwatch") };
const transfer = { source: "https://aws.amazon.com/ec2/pricing/on-demand/" };

/** AWS moves Spot prices: "up to 70 %" off, and 50 to 70 % was seen. The middle is typical, not measured. */
const spot = (usd: number) => ({ minimum: usd * 0.3, typical: usd * 0.4, maximum: usd * 0.5 });
const spotSeen = "fortem.dev/fargate-spot, June 2026: 50 to 70 % off";

export const prices = {
  fargateVcpuHour: {
    usd: 0.04048,
    unit: "vCPU-hour, Linux/X86",
    ...fargate,
    seen: "AWS's example on its ECS page, copied 2026-09-20 (0.000011244 a second); factualminds.com, June 2026",
  },
  fargateGigabyteHour: {
    usd: 0.004445,
    unit: "GB-hour, Linux/X86",
    ...fargate,
    seen: "factualminds.com, June 2026; vantage.sh",
  },
  fargateArmVcpuHour: {
    usd: 0.03238,
    unit: "vCPU-hour, Linux/ARM",
    ...fargate,
    seen: "fortem.dev, June 2026; vantage.sh",
  },
  fargateArmGigabyteHour: {
    usd: 0.00356,
    unit: "GB-hour, Linux/ARM",
    ...fargate,
    seen: "fortem.dev, June 2026; vantage.sh",
  },
  spotVcpuHour: { usd: spot(0.04048), unit: "vCPU-hour, Spot, Linux/X86", ...fargate, seen: spotSeen },
  spotGigabyteHour: { usd: spot(0.004445), unit: "GB-hour, Spot, Linux/X86", ...fargate, seen: spotSeen },
  spotArmVcpuHour: { usd: spot(0.03238), unit: "vCPU-hour, Spot, Linux/ARM", ...fargate, seen: spotSeen },
  spotArmGigabyteHour: { usd: spot(0.00356), unit: "GB-hour, Spot, Linux/ARM", ...fargate, seen: spotSeen },

  loadBalancerHour: {
    usd: 0.0225,
    unit: "hour",
    ...balancing,
    seen: "AWS's own example for us-east-1, copied 2026-09-20",
  },
  loadBalancerCapacityHour: {
    usd: 0.008,
    unit: "LCU-hour",
    ...balancing,
    seen: "AWS's own example for us-east-1, copied 2026-09-20",
  },
  natHour: {
    usd: 0.045,
    unit: "hour",
    ...vpc,
    seen: "AWS's own example for Ohio, copied 2026-09-20; infracost's tests",
  },
  natGigabyte: {
    usd: 0.045,
    unit: "GB",
    ...vpc,
    seen: "AWS's own example for Ohio, copied 2026-09-20; infracost's tests",
  },
  publicAddressHour: { usd: 0.005, unit: "hour", ...vpc, seen: "cloudburn.io, February 2026" },
  endpointHour: {
    usd: 0.01,
    unit: "hour and zone",
    ...endpoints,
    seen: "awsnegotiations.com, May 2026; infracost's tests",
  },
  endpointGigabyte: { usd: 0.01, unit: "GB", ...endpoints, seen: "a copy of AWS's page; infracost's tests" },
  transferOutGigabyte: {
    usd: 0.09,
    unit: "GB to the internet, first 10 TB",
    ...transfer,
    seen: "leanopstech.com, April 2026",
    freeEachMonth: 100,
  },
  transferBetweenZonesGigabyte: {
    usd: 0.01,
    unit: "GB in each direction",
    ...transfer,
    seen: "leanopstech.com, April 2026",
  },

  logGigabyte: {
    usd: 0.5,
    unit: "GB written, first 10 TB; the same for flow logs and logs of the web ACL",
    ...cloudwatch,
    seen: "factualminds.com, June 2026; infracost's tests; aws-samples/sample-cfm-tips-mcp",
    freeEachMonth: 5,
  },
  logStorageGigabyteMonth: {
    usd: 0.03,
    unit: "GB-month, compressed",
    ...cloudwatch,
    seen: "infracost's tests; aws-samples/sample-cfm-tips-mcp",
  },
  alarmMetric: {
    usd: 0.1,
    unit: "metric of an alarm",
    ...cloudwatch,
    seen: "infracost's tests; c3x.dev",
    freeEachMonth: 10,
  },
  fastAlarmMetric: {
    usd: 0.3,
    unit: "metric of an alarm with a period below 60 s",
    ...cloudwatch,
    seen: "infracost's tests",
  },
  compositeAlarm: { usd: 0.5, unit: "composite alarm", ...cloudwatch, seen: "c3x.dev" },
  dashboard: { usd: 3, unit: "dashboard", ...cloudwatch, seen: "factualminds.com, June 2026", freeEachMonth: 3 },
  customMetric: {
    usd: 0.3,
    unit: "custom metric, first 10 000",
    ...cloudwatch,
    seen: "signoz.io, February 2026",
    freeEachMonth: 10,
  },

  keyMonth: { usd: 1, unit: "key", source: aws("kms"), seen: "cloudburn.io, March 2026" },
  keyRequests10k: {
    usd: 0.03,
    unit: "10 000 requests",
    source: aws("kms"),
    seen: "cloudburn.io, March 2026",
    freeEachMonth: 2,
  },
  secretMonth: {
    usd: 0.4,
    unit: "secret",
    source: aws("secrets-manager"),
    seen: "AWS's own example, copied 2026-09-20",
  },
  bucketGigabyteMonth: { usd: 0.023, unit: "GB-month", source: aws("s3"), seen: "devnotes.tech, undated" },
  bucketWrites1k: { usd: 0.005, unit: "1000 PUT", source: aws("s3"), seen: "devnotes.tech, undated" },
  bucketReads1k: { usd: 0.0004, unit: "1000 GET", source: aws("s3"), seen: "devnotes.tech, undated" },
  imageGigabyteMonth: { usd: 0.1, unit: "GB-month", source: aws("ecr"), seen: "cloudburn.io, March 2026" },
  zoneMonth: {
    usd: 0.5,
    unit: "hosted zone, public or private",
    source: aws("route53"),
    seen: "AWS's own page, copied 2026-09-20",
  },
  webAclMonth: { usd: 5, unit: "web ACL", source: aws("waf"), seen: "awsnegotiations.com, 2026; infracost's tests" },
  webAclRuleMonth: {
    usd: 1,
    unit: "rule or group of rules",
    source: aws("waf"),
    seen: "awsnegotiations.com, 2026; infracost's tests",
  },
  webAclRequests1m: {
    usd: 0.6,
    unit: "million requests",
    source: aws("waf"),
    seen: "awsnegotiations.com, 2026; infracost's tests",
  },
  mails100k: { usd: 2, unit: "100 000 mails", source: aws("sns"), seen: null, freeEachMonth: 0.01 },
} satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;

export function usdOf(name: PriceName, which: Case): number {
  const { usd } = prices[name] as Price;
  return typeof usd === "number" ? usd : usd[which];
}
