import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type MetricFilter,
  paginateDescribeLogGroups,
  paginateDescribeMetricFilters,
} from "@aws-sdk/client-cloudwatch-logs";
import { compilePattern, FilterPatternError } from "./filter-pattern";
import type { Samples } from "./samples";

/** Counts log lines as CloudWatch Logs does: how many arrive in each group, and those that its metric filters match. */
export class LogMetrics {
  /** Of each group, the events of the newest millisecond that were counted. */
  private readonly counted = new Map<string, { readonly at: number; readonly ids: ReadonlySet<string> }>();
  private readonly startedAt = Date.now();
  private readonly unknown = new Set<string>();

  constructor(private readonly client: CloudWatchLogsClient) {}

  async count(samples: Samples, minute: number): Promise<void> {
    const filters: MetricFilter[] = [];
    for await (const page of paginateDescribeMetricFilters({ client: this.client }, {}))
      filters.push(...(page.metricFilters ?? []));
    for await (const page of paginateDescribeLogGroups({ client: this.client }, {})) {
      for (const { logGroupName = "" } of page.logGroups ?? []) {
        const lines = await this.newLines(logGroupName);
        if (lines.length === 0) continue;
        const dimensions = { LogGroupName: logGroupName };
        samples.add({ namespace: "AWS/Logs", name: "IncomingLogEvents", dimensions }, minute, 1, lines.length);
        const own = filters.filter((filter) => filter.logGroupName === logGroupName);
        for (const filter of own) this.countMatches(filter, lines, samples, minute);
      }
    }
  }

  private async newLines(logGroupName: string): Promise<string[]> {
    const { at, ids } = this.counted.get(logGroupName) ?? { at: this.startedAt, ids: new Set<string>() };
    const lines: string[] = [];
    let newest = { at, ids: new Set(ids) };
    let nextToken: string | undefined;
    do {
      const command = new FilterLogEventsCommand({ logGroupName, startTime: at, limit: 10_000, nextToken });
      const answer = await this.client.send(command);
      for (const { eventId = "", timestamp = 0, message = "" } of answer.events ?? []) {
        if (timestamp < at || (timestamp === at && ids.has(eventId))) continue;
        lines.push(message);
        if (timestamp > newest.at) newest = { at: timestamp, ids: new Set() };
        if (timestamp === newest.at) newest.ids.add(eventId);
      }
      nextToken = answer.nextToken;
    } while (nextToken);
    this.counted.set(logGroupName, newest);
    return lines;
  }

  private countMatches(filter: MetricFilter, lines: readonly string[], samples: Samples, minute: number): void {
    const { filterName = "", filterPattern = "", metricTransformations = [] } = filter;
    if (this.unknown.has(filterName)) return;
    try {
      const count = lines.filter(compilePattern(filterPattern)).length;
      for (const { metricNamespace = "", metricName = "", metricValue } of metricTransformations) {
        const metric = { namespace: metricNamespace, name: metricName, dimensions: {} };
        if (count > 0) samples.add(metric, minute, Number(metricValue), count);
      }
    } catch (error) {
      if (!(error instanceof FilterPatternError)) throw error;
      this.unknown.add(filterName);
      console.error(`control plane: metric filter ${filterName} counts nothing: ${error.message}`);
    }
  }
}
