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
  hoursPerMonth: { values: always(730), unit: "hours", reason: "a twelfth of a year, as AWS counts" },
  taskShare: {
    values: [0, 0.5, 1],
    unit: "of the way from tasks.minimum to tasks.maximum",
    reason: "half-way is cautious: most apps stay near the minimum",
  },
  trafficShare: {
    values: [0.01, 0.05, 0.5],
    unit: "of the requests at which the autoscaler adds a task",
    reason: "averaged over a month with its nights; a service always at its limit would have been given more tasks",
  },
  callsPerRequest: {
    values: always(0.5),
    unit: "requests to the internal load balancer for one to the public",
    reason: "a page is some files and about as many answers of the API",
  },
  responseKilobytes: {
    values: [10, 20, 40],
    unit: "KB for each request, compressed",
    reason: "pages and scripts are larger, answers of the API and cached files smaller",
  },
  requestsPerConnection: {
    values: always(10),
    unit: "requests",
    reason: "browsers keep connections; sets the load balancer's capacity units and the flow log's records",
  },
  logKilobytesPerRequest: {
    values: always(0.35),
    unit: "KB for each request and load balancer",
    reason:
      "one line of nginx/templates/http.conf.template and the 26 bytes that CloudWatch adds; health checks are not logged",
  },
  logGigabytesPerTask: {
    values: [0.01, 0.05, 0.5],
    unit: "GB",
    reason: "what an app says besides requests: starts, stops, errors",
  },
  flowLogGigabytesPerTask: {
    values: [0.2, 0.3, 0.5],
    unit: "GB",
    reason: "a health check each 10 s from each zone is a connection: two records at both ends, 110 bytes each",
  },
  flowLogKilobytesPerConnection: { values: always(0.5), unit: "KB", reason: "four records of 110 bytes" },
  webAclLogKilobytes: {
    values: [1, 1.5, 2],
    unit: "KB for each request",
    reason: "request headers and matched rules as JSON",
  },
  webAclMatchedShare: {
    values: [0.001, 0.01, 0.1],
    unit: "of the requests are blocked or counted",
    reason: "our guess until an account has measured it; the filter keeps only these",
  },
  accessLogKilobytes: {
    values: always(0.1),
    unit: "KB for each request",
    reason: "a line of about 0.6 KB, delivered as gzip",
  },
  logCompression: {
    values: always(0.15),
    unit: "of what was written",
    reason: "how CloudWatch stores text; AWS's own examples",
  },
  insightsGigabytesPerTask: {
    values: always(0.15),
    unit: "GB",
    reason: "Container Insights writes about 1 KB each minute for a task and for each of its containers",
  },
  insightsMetricsPerCluster: {
    values: always(8),
    unit: "custom metrics",
    reason: "AWS's pricing example, from memory, to be verified; today's list is longer, so it may be more",
  },
  insightsMetricsPerTaskDefinition: { values: always(6), unit: "custom metrics", reason: "the same" },
  insightsMetricsPerService: { values: always(11), unit: "custom metrics", reason: "the same" },
  outboundGigabytesPerTask: {
    values: [0.05, 0.1, 1],
    unit: "GB through NAT or endpoints, besides logs",
    reason: "calls of AWS APIs; image layers come from S3 by the gateway endpoint, which is free",
  },
  imageGigabytes: {
    values: [0.16, 0.9, 3.2],
    unit: "GB in a repository",
    reason: "0.16 GB compressed, as measured; 20 are kept, and share their base layers",
  },
  bucketGigabytes: {
    values: [0.01, 0.1, 5],
    unit: "GB in a bucket",
    reason: "state, price files; access logs are counted with their load balancer",
  },
  bucketRequests1k: {
    values: [1, 10, 100],
    unit: "thousand reads and a tenth as many writes",
    reason: "deploys, and tasks that start",
  },
  keyRequests10k: {
    values: [1, 5, 50],
    unit: "10 000 requests",
    reason: "log groups and images; buckets have a bucket key",
  },
  mails: { values: [5, 50, 500], unit: "mails", reason: "alarms and their ends" },
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
