"""The metric data of a case: series, units, delay, and periods read from them."""
from bisect import bisect_left, bisect_right

from .statistics_of_values import check_statistic, statistic


class Series:
    """The published points of one metric with one unit.

    A point is visible to an evaluation at second t when
    point second + delaySeconds <= t.
    """

    def __init__(self, raw):
        self.key = metric_key(raw["namespace"], raw["metric"], raw.get("dimensions") or {})
        self.unit = raw.get("unit") or "None"  # PutMetricData's unit of a value without one
        self.delay = raw.get("delaySeconds", 0)
        resolution = raw.get("storageResolution", 1)
        points = sorted((_stored_second(p["second"], resolution), p["values"])
                        for p in raw["points"])
        self.seconds = [second for second, _ in points]
        self.values = [values for _, values in points]

    def span(self, start, end, now):
        """Index range of the points in [start, end) that are visible at `now`."""
        low = bisect_left(self.seconds, start)
        high = min(bisect_left(self.seconds, end), bisect_right(self.seconds, now - self.delay))
        return low, max(low, high)


def _stored_second(second, resolution):
    """A standard-resolution metric (60) keeps one time a minute.

    PutMetricAlarm, Period: with 10, 20 or 30 on a metric without sub-minute
    resolution the alarm "does not receive data for the attempts that do not
    correspond to a one-minute data resolution".
    """
    return second // 60 * 60 if resolution == 60 else second


def metric_key(namespace, metric, dimensions):
    """Identity of a metric: namespace, name and the exact set of dimensions.

    Guide, "Common features": "you must include all of the dimensions for the
    custom metric in addition to the metric namespace and metric name".
    """
    if isinstance(dimensions, list):
        dimensions = {d["Name"]: d["Value"] for d in dimensions}
    return namespace, metric, tuple(sorted(dimensions.items()))


class Store:
    """All series of a case by metric."""

    def __init__(self, raw_series):
        self._by_key = {}
        for raw in raw_series:
            series = Series(raw)
            self._by_key.setdefault(series.key, []).append(series)

    def select(self, key, unit, assume):
        """Series of a metric that an alarm with this Unit sees.

        MetricStat, Unit: "If you specify a unit, the operation returns only
        data that was collected with that unit".  Without Unit "retrieves all
        unit types".  AMBIGUOUS: no_unit.
        """
        series = self._by_key.get(key, [])
        if unit:
            return [s for s in series if s.unit == unit]
        if assume["no_unit"] == "first" and series:
            return [s for s in series if s.unit == series[0].unit]
        return series


class MetricReader:
    """Reads one statistic of one metric over any period."""

    def __init__(self, store, namespace, metric, dimensions, unit, stat, assume):
        check_statistic(stat)
        self.namespace = namespace
        self._series = store.select(metric_key(namespace, metric, dimensions), unit, assume)
        self._stat = stat
        self._assume = assume
        self._cache = {}

    def datapoint(self, start, end, now):
        """The statistic over [start, end) as visible at `now`; None if missing."""
        spans = tuple(s.span(start, end, now) for s in self._series)
        if spans not in self._cache:
            self._cache[spans] = statistic(self._stat, self._collect(spans), self._assume)
        return self._cache[spans]

    def samples(self, start, end, now):
        """The number of values over [start, end) as visible at `now`."""
        return len(self._collect(tuple(s.span(start, end, now) for s in self._series)))

    def _collect(self, spans):
        return [value for series, (low, high) in zip(self._series, spans)
                for values in series.values[low:high] for value in values]
