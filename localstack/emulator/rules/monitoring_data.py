"""What CloudWatch refuses of metric data, written or read."""

from datetime import UTC, datetime
from typing import Any

from rules import refuses

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference"
ANSWERS = "localstack/localstack tests/aws/services/cloudwatch (answers of AWS)"
MOST_DATAPOINTS = 1440


def refused(operation: str, source: str, code: str):
    return refuses("monitoring", operation, code=code, source=source)


def data(request: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each datum with the name that messages give it."""
    return [(f"MetricData.member.{place}", each) for place, each in enumerate(request.get("MetricData") or [], 1)]


@refused("PutMetricData", f"{API}/API_MetricDatum.html; {ANSWERS}", "InvalidParameterCombination")
def one_kind_of_value(request: dict) -> str | None:
    """A datum with a value and, beside it, values or a set of statistics."""
    for name, datum in data(request):
        for other in ("Values", "StatisticValues"):
            if datum.get("Value") is not None and datum.get(other):
                return f"The parameters {name}.Value and {name}.{other} are mutually exclusive and you have specified both."
    return None


@refused("PutMetricData", f"{API}/API_MetricDatum.html (Counts); {ANSWERS}", "InvalidParameterValue")
def counts_of_values(request: dict) -> str | None:
    """A datum with more or fewer counts than values."""
    for name, datum in data(request):
        if datum.get("Counts") and len(datum["Counts"]) != len(datum.get("Values") or []):
            return f"The parameters {name}.Values and {name}.Counts must be of the same size."
    return None


def time_of(value: Any) -> datetime | None:
    """SDKs send times as seconds or as text, by their protocol."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else value
        if isinstance(read, int | float):
            return datetime.fromtimestamp(read, UTC)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    except (AttributeError, ValueError):
        return None


def seconds(request: dict[str, Any]) -> float | None:
    start, end = time_of(request.get("StartTime")), time_of(request.get("EndTime"))
    return (end - start).total_seconds() if start and end else None


@refused("GetMetricStatistics", f"{API}/API_GetMetricStatistics.html (EndTime); {ANSWERS}", "InvalidParameterValue")
def start_before_end(request: dict) -> str | None:
    """Statistics from a time that is not before their end."""
    length = seconds(request)
    return "The parameter StartTime must be less than the parameter EndTime." if length is not None and length <= 0 else None


@refused("GetMetricStatistics", f"{API}/API_GetMetricStatistics.html (1,440); {ANSWERS}", "InvalidParameterCombination")
def datapoints(request: dict) -> str | None:
    """Statistics with more than 1440 datapoints."""
    count = int((seconds(request) or 0) / (request.get("Period") or 60))
    if count <= MOST_DATAPOINTS:
        return None
    return (
        f"You have requested up to {count} datapoints, which exceeds the limit of {MOST_DATAPOINTS}. "
        "You may reduce the datapoints requested by increasing Period, or decreasing the time range."
    )
