import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { ownNamespace } from "../alarms/signals";

export interface RequestMetricsProps {
  readonly prefix: string;
  readonly service: string;
  readonly logGroupName: string;
  readonly slowSeconds: number;
  /** Whether its gateway passes requests for `/api/` to another service. */
  readonly callsApi: boolean;
}

/** Counted from the gateway's log lines, see `nginx/templates/http.conf.template`. 0.30 USD a month for each metric that has data. */
export class RequestMetrics extends Construct {
  readonly metricNames: readonly string[];

  constructor(scope: Construct, id: string, props: RequestMetricsProps) {
    super(scope, id);
    const { prefix, service, logGroupName, slowSeconds, callsApi } = props;
    const patterns = {
      failures: '{ $.service = "gateway" && $.status >= 500 }',
      slow: `{ $.service = "gateway" && $.duration_s > ${slowSeconds} }`,
      // What the gateway answers for a service behind it that gave no answer, and the app's 503: a page without what that service has.
      ...(callsApi && {
        "upstream-failures":
          '{ $.service = "gateway" && ($.status = 503 || ($.path = "/api/*" && ($.status = 502 || $.status = 504))) }',
      }),
    };
    this.metricNames = Object.keys(patterns).map((kind) => `${service}-${kind}`);
    for (const [kind, pattern] of Object.entries(patterns)) {
      new CloudwatchLogMetricFilter(this, kind, {
        name: `${prefix}-${service}-${kind}`,
        logGroupName,
        pattern,
        metricTransformation: {
          namespace: ownNamespace(prefix),
          name: `${service}-${kind}`,
          value: "1",
          unit: "Count",
        },
      });
    }
  }
}
