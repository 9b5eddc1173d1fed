"""What CloudWatch refuses of dashboards: their names, and what is wrong in the JSON of their bodies."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rules import refuses
from rules.documents import object_of
from rules.monitoring import is_statistic

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html"
BODY = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html"
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/cloudwatch"

# A path in the body, and what is wrong there.
Wrong = tuple[str, str]


def refused(source: str):
    return refuses("monitoring", "PutDashboard", code="InvalidParameterInput", source=source)


LEAST = {"x": 0, "y": 0, "width": 1, "height": 1}
MOST = {"x": 23, "width": 24, "height": 1000}
# What the properties of a widget must have.
REQUIRED = {"text": ("markdown",), "alarm": ("alarms",), "log": ("region", "query")}


@refused(f"{API} (DashboardName); {REPORTS}/pf-cloudwatch-dashboard-name")
def name(dashboard: dict) -> str | None:
    """A dashboard name with other characters than letters, digits, - and _, or with more than 255."""
    if re.fullmatch(r"[\w-]{1,255}", dashboard["DashboardName"], re.ASCII):
        return None
    words = "contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_)."
    return f"The value {dashboard['DashboardName']} for field DashboardName {words}"


@refused(f"{BODY}; {REPORTS}/pf-cloudwatch-dashboard-body-json")
def is_json(dashboard: dict) -> str | None:
    """A dashboard whose body is no JSON object."""
    return "The field DashboardBody must be a valid JSON object" if object_of(dashboard["DashboardBody"]) is None else None


@refused(f"{BODY}; https://github.com/pulumi/pulumi/issues/13059")
def has_valid_body(dashboard: dict) -> str | None:
    """A dashboard with a widget out of the grid, without its required properties, or with metrics that are no lists of texts."""
    wrongs = [{"dataPath": path, "message": message} for path, message in wrongs_of(object_of(dashboard["DashboardBody"]) or {})]
    if not wrongs:
        return None
    return f"The dashboard body is invalid, there are {len(wrongs)} validation errors:\n{json.dumps(wrongs, indent=2)}"


def wrongs_of(body: dict[str, Any]) -> Iterator[Wrong]:
    if "widgets" not in body:
        yield "", "Should have required property 'widgets'"
    elif not isinstance(body["widgets"], list):
        yield "/widgets", "Should be array"
    else:
        for index, widget in enumerate(body["widgets"]):
            yield from _of_widget(widget, f"/widgets/{index}")


def _of_widget(widget: Any, path: str) -> Iterator[Wrong]:
    if not isinstance(widget, dict):
        yield path, "Should be object"
        return
    yield from _missing(widget, ("type", "properties"), path)
    yield from _outside(widget, path)
    properties = widget.get("properties")
    if not isinstance(properties, dict):
        return
    yield from _missing(properties, REQUIRED.get(widget.get("type"), ()), f"{path}/properties")
    if widget.get("type") == "metric":
        yield from _of_metrics(properties, f"{path}/properties")


def _missing(value: dict[str, Any], required: tuple[str, ...], path: str) -> Iterator[Wrong]:
    yield from ((path, f"Should have required property '{each}'") for each in required if each not in value)


def _outside(widget: dict[str, Any], path: str) -> Iterator[Wrong]:
    for key, least in LEAST.items():
        value = widget.get(key)
        if not isinstance(value, int):
            continue
        if value < least:
            yield f"{path}/{key}", f"Should be >= {least}"
        if value > MOST.get(key, value):
            yield f"{path}/{key}", f"Should be <= {MOST[key]}"


def _of_metrics(properties: dict[str, Any], path: str) -> Iterator[Wrong]:
    has_source = isinstance(properties.get("metrics"), list) or isinstance(properties.get("annotations"), dict)
    if not has_source or not isinstance(properties.get("region"), str):
        yield path, "The metric widget should have specified a region and a data source or an alarm annotation"
    period, statistic = properties.get("period"), properties.get("stat")
    if isinstance(period, int) and period not in (1, 5, 10, 20, 30) and (period <= 0 or period % 60):
        yield f"{path}/period", "Should be multiple of 60"
    if isinstance(statistic, str) and not is_statistic(statistic):
        yield f"{path}/stat", "Should match pattern"
    yield from _of_axes(properties.get("yAxis"), f"{path}/yAxis")
    metrics = properties.get("metrics")
    for index, metric in enumerate(metrics if isinstance(metrics, list) else []):
        yield from _of_metric(metric, f"{path}/metrics/{index}")


def _of_axes(axes: Any, path: str) -> Iterator[Wrong]:
    for side in ("left", "right"):
        axis = axes.get(side) if isinstance(axes, dict) else None
        least, most = (axis.get("min"), axis.get("max")) if isinstance(axis, dict) else (None, None)
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least >= most:
            yield f"{path}/{side}/min", f"Should be <= {most}"


def _of_metric(metric: Any, path: str) -> Iterator[Wrong]:
    """A namespace, a name, pairs of dimensions, and perhaps how it is drawn; or only how it is drawn, with an expression."""
    if not isinstance(metric, list):
        yield path, "Should be array"
        yield path, 'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element'
        return
    fields = metric[:-1] if metric and isinstance(metric[-1], dict) else metric
    for index, field in enumerate(fields):
        if not isinstance(field, str):
            yield f"{path}/{index}", 'Invalid metric field type, only "String" type is allowed'
