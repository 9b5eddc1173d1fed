/** A CloudWatch Logs Insights query that a playbook begins with, saved under `<prefix>/<id>`. */
export interface SavedQuery {
  readonly id: string;
  /** Over stopped tasks instead of the services' log lines. */
  readonly ofEvents: boolean;
  readonly query: string;
}

export const failuresByRoute = [
  'fields @timestamp, @log, path, status | filter service = "gateway" and status >= 500',
  "stats count(*) as failures, min(@timestamp) as since by @log, path, status",
  "sort failures desc",
].join("\n| ");

export const savedQueries: readonly SavedQuery[] = [
  { id: "errors-by-route", ofEvents: false, query: failuresByRoute },
  {
    id: "slow-requests",
    ofEvents: false,
    query: [
      'filter service = "gateway"',
      "stats count(*) as requests, pct(duration_s, 95) as p95, pct(upstream_s, 95) as p95_of_app by @log, path",
      "sort p95 desc",
    ].join("\n| "),
  },
  {
    id: "one-request",
    ofEvents: false,
    query: [
      "fields @timestamp, @log, service, level, path, status, duration_s, message",
      'filter request_id = "put the id here"',
      "sort @timestamp asc",
    ].join("\n| "),
  },
  {
    id: "what-apps-complain-of",
    ofEvents: false,
    query: [
      'fields @timestamp, @log, level, message | filter level in ["warn", "error", "fatal"]',
      "stats count(*) as lines, max(@timestamp) as last by @log, message",
      "sort lines desc",
    ].join("\n| "),
  },
  {
    id: "stopped-tasks",
    ofEvents: true,
    query: [
      "fields @timestamp, detail.group, detail.stopCode, detail.stoppedReason, detail.availabilityZone",
      "sort @timestamp desc",
      "limit 50",
    ].join("\n| "),
  },
];
