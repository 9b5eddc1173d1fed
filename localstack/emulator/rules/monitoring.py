"""What CloudWatch refuses of metric alarms."""

import re
from typing import Any

from ministack.core.responses import get_region
from ministack.services import ec2

from rules import refuses
from rules.documents import arn_of

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
QUERY_API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html"
# Reports of AWS's answers, each from a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudwatch"
ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")
OF_ONE_METRIC = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Dimensions", "Period", "Unit")
OF_BANDS = ("LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold")
TREATMENTS = ("breaching", "notBreaching", "ignore", "missing")
# arn:aws:<vendor>:…
VENDORS = ("automate", "swf", "sns", "autoscaling", "ssm", "ssm-incidents", "lambda", "aiops")
REGIONAL_VENDORS = ("automate", "swf", "sns", "autoscaling")
DAY, WEEK, HOUR = 86_400, 604_800, 3_600


def refused(source: str, code: str = "ValidationError"):
    return refuses("monitoring", "PutMetricAlarm", code=code, source=source)


def refused_of_both(source: str):
    return refuses("monitoring", "PutMetricAlarm", "PutCompositeAlarm", code="ValidationError", source=source)


_NUMBER = r"(?:\d+(?:\.\d+)?)?"
_STATISTIC = re.compile(
    r"SampleCount|Average|Sum|Minimum|Maximum|IQM|iqm"
    r"|[pP](?:100(?:\.\d+)?|\d{1,2}(?:\.\d+)?)"
    r"|(?:TM|TC|TS|WM|tm|tc|ts|wm)(?:(?:100|\d{1,2}(?:\.\d+)?)%?|\(" + _NUMBER + "%?:" + _NUMBER + r"%?\))"
    r"|(?:PR|pr)\(" + _NUMBER + ":" + _NUMBER + r"\)"
)


def is_statistic(text: str) -> bool:
    return _STATISTIC.fullmatch(text) is not None


def queries(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    return alarm.get("Metrics") or []


def returned(alarm: dict[str, Any]) -> list[str]:
    """The ids of the queries that return data: all that do not say otherwise."""
    return [query.get("Id", "") for query in queries(alarm) if query.get("ReturnData", True)]


def periods(alarm: dict[str, Any]) -> list[int]:
    of_queries = [query.get("MetricStat", {}).get("Period") or query.get("Period") for query in queries(alarm)]
    return [period for period in [alarm.get("Period"), *of_queries] if period]


def is_plain(alarm: dict[str, Any]) -> bool:
    """An alarm on one metric, without queries."""
    return not queries(alarm) and not alarm.get("EvaluationCriteria")


@refused("https://github.com/aws-cloudformation/cfn-lint/pull/771")
def watches_something(alarm: dict) -> str | None:
    """An alarm with neither a metric nor metric queries."""
    return "MetricName must not be null" if is_plain(alarm) and not alarm.get("MetricName") else None


@refused("https://github.com/aws-cloudformation/cfn-lint/pull/1306")
def metric_or_queries(alarm: dict) -> str | None:
    """An alarm with metric queries and also an argument of an alarm on one metric: namespace, statistic, period, unit, dimensions."""
    both = next((name for name in OF_ONE_METRIC if alarm.get(name)), None) if queries(alarm) else None
    return f"{both} should not be set if list of Metrics is set." if both else None


@refused(f"{API} (Namespace, Period)")
def has_metric_arguments(alarm: dict) -> str | None:
    """An alarm on one metric without its namespace or its period."""
    missing = next((name for name in ("Namespace", "Period") if not alarm.get(name)), None) if is_plain(alarm) else None
    return f"{missing} must not be null" if missing else None


@refused(f"{API} (Statistic: either Statistic or ExtendedStatistic, but not both)")
def one_statistic(alarm: dict) -> str | None:
    """An alarm on one metric with no statistic, or with both a statistic and an extended statistic."""
    if not is_plain(alarm) or bool(alarm.get("Statistic")) != bool(alarm.get("ExtendedStatistic")):
        return None
    return "Exactly one of Statistic and ExtendedStatistic must be specified"


@refused(f"{API} (ExtendedStatistic); {REPORTS}/pf-cloudwatch-extended-statistic", code="InvalidParameterValue")
def extended_statistic(alarm: dict) -> str | None:
    """An extended statistic that is none: not p90, tm90, tc90, ts90, wm90, IQM or PR(0:10), or a percentile above 100."""
    statistic = alarm.get("ExtendedStatistic")
    wrong = statistic and not is_statistic(statistic)
    return f"The value {statistic} for parameter ExtendedStatistic is not supported." if wrong else None


@refused(f"{API} (Period); https://github.com/awsdocs/aws-cloudformation-user-guide/pull/777")
def period_in_steps(alarm: dict) -> str | None:
    """A period, of the alarm or of a metric in its queries, that is neither 10, 20 nor 30 seconds nor a multiple of 60."""
    wrong = any(period not in (10, 20, 30) and period % 60 for period in periods(alarm))
    return "Period must be 10, 20, 30 or a multiple of 60" if wrong else None


@refused(f"{API} (Period)")
def window(alarm: dict) -> str | None:
    """An alarm that looks at more than a day, or at more than a week where its periods have an hour or more."""
    count = alarm.get("EvaluationPeriods") or 1
    for period in periods(alarm):
        words, most, sign = ("day", DAY, "<") if period < HOUR else ("week", WEEK, ">=")
        if period * count > most:
            return (
                f"Metrics cannot be checked across more than a {words} (EvaluationPeriods * Period must be <= {most})"
                f" for alarms using period {sign} {HOUR}"
            )
    return None


@refused("https://github.com/hashicorp/terraform/issues/24070")
def datapoints(alarm: dict) -> str | None:
    """An alarm that asks for more data points than it has evaluation periods."""
    wrong = (alarm.get("DatapointsToAlarm") or 0) > (alarm.get("EvaluationPeriods") or 1)
    return "DatapointsToAlarm must be less than or equal to EvaluationPeriods" if wrong else None


@refused(f"{API} (Threshold, ThresholdMetricId); {REPORTS}/pf-cloudwatch-alarm-threshold")
def threshold(alarm: dict) -> str | None:
    """A comparison with a band without ThresholdMetricId, another comparison without a threshold, or an alarm with both."""
    if alarm.get("EvaluationCriteria"):
        return None
    if alarm.get("ThresholdMetricId") and alarm.get("Threshold") is not None:
        return "Threshold and ThresholdMetricId cannot both be set"
    if alarm.get("ComparisonOperator") in OF_BANDS:
        return None if alarm.get("ThresholdMetricId") else "ComparisonOperators for ranges require ThresholdMetricId to be set"
    return "PutMetricAlarm request should have valid Threshold parameter" if alarm.get("Threshold") is None else None


@refused(f"{API} (EvaluationPeriods, ComparisonOperator)")
def evaluation(alarm: dict) -> str | None:
    """An alarm without evaluation periods or without a comparison."""
    if alarm.get("EvaluationCriteria"):
        return None
    missing = next((name for name in ("EvaluationPeriods", "ComparisonOperator") if not alarm.get(name)), None)
    return f"{missing} must not be null" if missing else None


@refused(f"{API} (TreatMissingData: valid values)")
def missing_data(alarm: dict) -> str | None:
    """A treatment of missing data other than breaching, notBreaching, ignore and missing."""
    treatment = alarm.get("TreatMissingData")
    wrong = treatment and treatment not in TREATMENTS
    return f"The value {treatment} for parameter TreatMissingData is not supported." if wrong else None


@refused(f"{API} (EvaluateLowSampleCountPercentile); {REPORTS}/pf-cloudwatch-alarm-low-sample-percentile")
def few_samples(alarm: dict) -> str | None:
    """An option for percentiles of few samples on an alarm that has no percentile, or one that is neither evaluate nor ignore."""
    option, statistic = alarm.get("EvaluateLowSampleCountPercentile"), alarm.get("Statistic")
    if option and statistic:
        return f"Option evaluateLowSampleCountPercentile can not be applied with statistic {statistic}."
    wrong = option and option not in ("evaluate", "ignore")
    return f"The value {option} for parameter EvaluateLowSampleCountPercentile is not supported." if wrong else None


@refused("https://github.com/hashicorp/terraform-provider-aws/issues/29894")
def one_query_returns(alarm: dict) -> str | None:
    """Metric queries of which not exactly one returns data (two for an alarm on a band): without return_data = false, each returns data."""
    if not queries(alarm):
        return None
    if alarm.get("ThresholdMetricId"):
        return None if len(returned(alarm)) == 2 else "Exactly two elements of the metrics list should return data."
    return None if len(returned(alarm)) == 1 else "Exactly one element of the metrics list should return data."


@refused(f"{REPORTS}/pf-cloudwatch-threshold-metric-id")
def band_is_returned(alarm: dict) -> str | None:
    """A ThresholdMetricId that is the id of no query, or of one that returns no data."""
    band = alarm.get("ThresholdMetricId")
    wrong = band and band not in returned(alarm)
    return "Metrics list must contain exactly one metric matching the ThresholdMetricId parameter" if wrong else None


@refused(f"{REPORTS}/pf-cloudwatch-metric-query-exclusive", code="InvalidParameterCombination")
def metric_or_expression(alarm: dict) -> str | None:
    """A metric query with both an expression and a metric."""
    both = any(query.get("Expression") and query.get("MetricStat") for query in queries(alarm))
    words = "The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both."
    return words if both else None


@refused(f"{REPORTS}/pf-cloudwatch-alarm-metrics-max, pf-cloudwatch-alarm-expressions-max")
def few_queries(alarm: dict) -> str | None:
    """More than ten metrics, or more than ten expressions, in one alarm."""
    for member, words in (("MetricStat", "metrics"), ("Expression", "expressions")):
        if sum(1 for query in queries(alarm) if query.get(member)) > 10:
            return f"Too many {words} in alarm, maximum is 10"
    return None


@refused(f"{REPORTS}/pf-cloudwatch-alarm-search-expression")
def no_search(alarm: dict) -> str | None:
    """A SEARCH expression in an alarm."""
    found = any(re.search(r"\bSEARCH\s*\(", query.get("Expression", "")) for query in queries(alarm))
    return "SEARCH is not supported on Metric Alarms." if found else None


@refused(f"{QUERY_API}; https://github.com/hashicorp/terraform-provider-aws/issues/19567")
def metrics_list(alarm: dict) -> str | None:
    """Metric queries with an id twice or without a small first letter, with a wrong statistic, or with neither metric nor expression."""
    ids = [query.get("Id", "") for query in queries(alarm)]
    statistics = [query["MetricStat"]["Stat"] for query in queries(alarm) if query.get("MetricStat", {}).get("Stat")]
    wrong = (
        len(set(ids)) < len(ids)
        or any(not re.fullmatch(r"[a-z]\w*", each) for each in ids)
        or any(not is_statistic(each) for each in statistics)
        or any(not query.get("MetricStat") and not query.get("Expression") for query in queries(alarm))
    )
    return "Invalid metrics list" if wrong else None


@refused(f"{REPORTS}/pf-cloudwatch-metric-namespace-ascii")
def ascii_namespace(alarm: dict) -> str | None:
    """A namespace with characters that are not ASCII."""
    return None if alarm.get("Namespace", "").isascii() else "Namespace must not contain Non-ASCII characters."


def actions(alarm: dict[str, Any]) -> list[str]:
    return [action for name in ACTIONS for action in alarm.get(name) or []]


@refused_of_both(f"{API} (AlarmActions: ARNs); https://github.com/hashicorp/terraform/issues/19015")
def action_is_arn(alarm: dict) -> str | None:
    """An action that is no ARN, such as the name of a topic."""
    wrong = next((action for action in actions(alarm) if arn_of(action) is None), None)
    return None if wrong is None else f"Invalid arn syntax: {wrong}"


@refused_of_both(f"{REPORTS}/pf-cloudwatch-alarm-action-vendor")
def action_of_service(alarm: dict) -> str | None:
    """An action of a service that alarms do not call, such as a queue or a bucket."""
    vendors = [arn.service for action in actions(alarm) if (arn := arn_of(action))]
    wrong = next((vendor for vendor in vendors if vendor not in VENDORS), None)
    return f"Unsupported AWS vendor {wrong}" if wrong else None


@refused_of_both(
    "https://github.com/cds-snc/notification-terraform/pull/128; https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/61"
)
def action_in_region(alarm: dict) -> str | None:
    """An action in another region than the alarm, or in another partition."""
    for arn in filter(None, map(arn_of, actions(alarm))):
        if arn.partition != "aws":
            return f"Invalid partition {arn.partition} specified. Only aws is supported."
        if arn.service in REGIONAL_VENDORS and arn.region != get_region():
            return f"Invalid region {arn.region} specified. Only {get_region()} is supported."
    return None


@refused("hashicorp/terraform-provider-aws internal/service/cloudwatch/metric_alarm_test.go")
def ec2_action(alarm: dict) -> str | None:
    """An action on an EC2 instance by an alarm whose dimension InstanceId is no instance."""
    instance = next((each.get("Value") for each in alarm.get("Dimensions") or [] if each.get("Name") == "InstanceId"), None)
    for arn in filter(None, map(arn_of, actions(alarm))):
        if arn.service == "automate" and instance not in ec2._instances:
            action = arn.resource.rpartition(":")[2].capitalize()
            return f"Invalid use of EC2 '{action}' action. {instance or ''} is not a valid EC2 instance."
    return None
