/** The columns of the table. */
export const cases = ["minimum", "typical", "maximum"] as const;
export type Case = (typeof cases)[number];
export type Range = Readonly<Record<Case, number>>;

export interface Assumption {
  /** For the three cases. One of the command line replaces all three. */
  readonly values: readonly [minimum: number, typical: number, maximum: number];
  readonly unit: string;
  readonly reason: string;
}

const always = (value: number): Assumption["values"] => [value, value, value];

/** What an account will use, where the stacks do not say. Replace it with what yours has measured. */
export const assumptions = {
  hoursPerMonth: { values: always(730), unit: "hours in a month", reason: "a twelfth of a year, as AWS counts" },
  taskShare: {
    values: [0, 0.5, 1],
    unit: "running tasks: 0 is tasks.minimum, 1 is tasks.maximum",
    reason: "half-way is cautious: most apps stay near the minimum",
  },
  trafficShare: {
    values: [0.01, 0.05, 0.5],
    unit: "requests, as a share of those at which the autoscaler adds a task",
    reason: "averaged over a month with its nights; a service always at its limit would have been given more tasks",
  },
  callsPerRequest: {
    values: always(0.5),
    unit: "requests to the internal load balancer per request to the public one",
    reason: "a page is some files and about as many answers of the API",
  },
  responseKilobytes: {
    values: [10, 20, 40],
    unit: "KB in a compressed response",
    reason: "pages and scripts are larger, answers of the API and cached files smaller",
  },
  requestsPerConnection: {
    values: always(10),
    unit: "requests per connection",
    reason: "browsers keep connections; sets the load balancer's capacity units and the flow log's records",
  },
  logKilobytesPerRequest: {
    values: always(0.35),
    unit: "KB of logs per request and gateway",
    reason:
      "one line of nginx/templates/http.conf.template and the 26 bytes that CloudWatch adds; health checks are not logged",
  },
  logGigabytesPerTask: {
    values: [0.01, 0.05, 0.5],
    unit: "GB of other logs per task",
    reason: "starts, stops, errors",
  },
  flowLogGigabytesPerTask: {
    values: [0.2, 0.3, 0.5],
    unit: "GB of VPC flow log per task, from health checks",
    reason: "a health check each 10 s from each zone is a connection: two records at both ends, 110 bytes each",
  },
  flowLogKilobytesPerConnection: {
    values: always(0.5),
    unit: "KB of VPC flow log per connection",
    reason: "four records of 110 bytes",
  },
  webAclLogKilobytes: {
    values: [1, 1.5, 2],
    unit: "KB in the web ACL's log per logged request",
    reason: "request headers and matched rules as JSON",
  },
  webAclMatchedShare: {
    values: [0.001, 0.01, 0.1],
    unit: "share of the requests that the web ACL blocks or counts",
    reason: "our guess until an account has measured it; the filter keeps only these",
  },
  accessLogKilobytes: {
    values: always(0.1),
    unit: "KB in the access log per request",
    reason: "a line of about 0.6 KB, delivered as gzip",
  },
  logCompression: {
    values: always(0.15),
    unit: "stored size of logs, as a share of the written size",
    reason: "how CloudWatch stores text; AWS's own examples",
  },
  insightsGigabytesPerTask: {
    values: always(0.15),
    unit: "GB of Container Insights logs per task",
    reason: "Container Insights writes about 1 KB each minute for a task and for each of its containers",
  },
  insightsMetricsPerCluster: {
    values: always(8),
    unit: "metrics of Container Insights per cluster",
    reason: "AWS's pricing example, from memory, to be verified; today's list is longer, so it may be more",
  },
  insightsMetricsPerTaskDefinition: {
    values: always(6),
    unit: "metrics of Container Insights per task definition",
    reason: "the same",
  },
  insightsMetricsPerService: {
    values: always(11),
    unit: "metrics of Container Insights per service",
    reason: "the same",
  },
  outboundGigabytesPerTask: {
    values: [0.05, 0.1, 1],
    unit: "GB per task through NAT or endpoints, without logs",
    reason: "calls of AWS APIs; image layers come from S3 by the gateway endpoint, which is free",
  },
  imageGigabytes: {
    values: [0.16, 0.9, 3.2],
    unit: "GB in an ECR repository",
    reason: "0.16 GB compressed, as measured; 20 are kept, and share their base layers",
  },
  bucketGigabytes: {
    values: [0.01, 0.1, 5],
    unit: "GB in a bucket",
    reason: "state, price files; access logs are counted with their load balancer",
  },
  bucketRequests1k: {
    values: [1, 10, 100],
    unit: "reads of a bucket, in units of 1 000; writes are a tenth of them",
    reason: "deploys, and tasks that start",
  },
  keyRequests10k: {
    values: [1, 5, 50],
    unit: "requests to the KMS key, in units of 10 000",
    reason: "log groups and images; buckets have a bucket key",
  },
  mails: { values: [5, 50, 500], unit: "mails in a month", reason: "alarms and their ends" },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof assumptions;
/** From the command line. Requests per second take the place of `trafficShare`. */
export type Overrides = Readonly<Partial<Record<AssumptionName | "requestsPerSecond", number>>>;
export type Usage = Readonly<Record<AssumptionName, number>> & { readonly requestsPerSecond: number | undefined };

export function usageIn(which: Case, overrides: Overrides): Usage {
  const names = Object.keys(assumptions) as AssumptionName[];
  const values = names.map((name) => [name, overrides[name] ?? assumptions[name].values[cases.indexOf(which)]]);
  return { ...Object.fromEntries(values), requestsPerSecond: overrides.requestsPerSecond };
}
