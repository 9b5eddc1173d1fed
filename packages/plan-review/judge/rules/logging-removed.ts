import { differencesAt, eachChange, type Flag, type Rule, stays } from "../rule";

const recorders = new Map(
  Object.entries({
    aws_flow_log: "nobody records any more who talks to whom",
    aws_cloudtrail: "nobody records any more who changes what in the account",
    aws_config_configuration_recorder_status: "changes of the account's resources are no longer recorded",
    aws_config_configuration_recorder: "changes of the account's resources are no longer recorded",
    aws_s3_bucket_logging: "access to the bucket is no longer recorded",
    aws_wafv2_web_acl_logging_configuration: "what the web ACL blocks is no longer recorded",
    aws_route53_query_log: "questions to DNS are no longer recorded",
  }),
);

export const loggingRemoved: Rule = {
  id: "logging-removed",
  severity: "high",
  about: "security",
  why: "After an incident nobody can say what happened.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    const says = recorders.get(change.type);
    if (change.action === "delete" && says !== undefined) return [{ says }];
    if (!stays(change)) return [];
    const off = differencesAt(
      change,
      /^(access_logs|connection_logs|logging|access_log_settings|enabled_cloudwatch_logs_exports|enable_logging|enabled_cluster_log_types)/,
    );
    const isStopped = differencesAt(change, /^is_enabled$/).some((each) => each.after === false);
    if (says !== undefined && isStopped) return [{ says }];
    const isOff = off.some(
      ({ before, after }) => before !== undefined && before !== false && (after === undefined || after === false),
    );
    return isOff ? [{ says: "a log is switched off: nobody records any more who asked for what" }] : [];
  }),
};
