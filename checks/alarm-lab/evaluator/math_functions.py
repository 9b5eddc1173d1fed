"""Functions of metric math.

Source: CloudWatch User Guide, "Use metric math", sections "The METRICS()
function", "Functions supported for metric math" and "Using IF expressions".
SEARCH, ANOMALY_DETECTION_BAND, INSIGHT_RULE_METRIC, SERVICE_QUOTA and Metrics
Insights are left out.
"""
import datetime
from math import ceil, floor, fsum, log, log10, sqrt

from .math_operators import SeriesArray, TimeSeries, exists, finite
from .math_parser import MathError


def _each(value, change):
    """Apply a change of one series to a series or to all of an array."""
    if isinstance(value, SeriesArray):
        return SeriesArray([_each(item, change) for item in value.items])
    if isinstance(value, TimeSeries):
        return TimeSeries(change(value.values))
    raise MathError("a time series expected")


def _pointwise(compute):
    """A function of every datapoint (ABS, CEIL, ...); scalars are accepted too."""
    def one(value):
        return None if value is None else finite(compute(value))

    def function(args, scope):
        (value,) = _arguments(args, 1)
        if isinstance(value, (TimeSeries, SeriesArray)):
            return _each(value, lambda values: [one(v) for v in values])
        return one(value)
    return function


def _arguments(args, low, high=None):
    if not low <= len(args) <= (high or low):
        raise MathError("wrong number of arguments")
    return args


def _logarithm(function):
    # AMBIGUOUS: the logarithm of zero or less is not in the guide; dropped.
    return lambda v: function(v) if v > 0 else None


# --- AVG, SUM, MIN, MAX, STDDEV, DATAPOINT_COUNT ---------------------------
# "The AVG of a single time series returns a scalar ... The AVG of an array of
# time series returns a single time series."

def _average(values):
    return fsum(values) / len(values) if values else None


def _deviation(values, kind):
    """AMBIGUOUS: stddev."""
    divisor = len(values) if kind == "population" else len(values) - 1
    if divisor < 1:
        return None
    mean = fsum(values) / len(values)
    return sqrt(fsum((v - mean) ** 2 for v in values) / divisor)


def _with_zeros(values):
    return [0.0 if v is None else v for v in values]


def _real(values):
    return [v for v in values if v is not None]


def summary_of_series(name, values, assume):
    """The scalar of AVG, SUM, ... of one series over the range."""
    if name == "AVG":
        # "Missing values are treated as 0."  AMBIGUOUS: avg_counts_missing.
        return _average(_with_zeros(values) if assume["avg_counts_missing"] else _real(values))
    real = _real(values)
    if name == "SUM":
        return fsum(real)
    if name == "DATAPOINT_COUNT":
        return float(len(real))
    if not real:
        return None
    if name == "STDDEV":
        return _deviation(real, assume["stddev"])
    return min(real) if name == "MIN" else max(real)


def _summary_across(name, items, scope):
    """One series: AVG, SUM, ... of an array at each timestamp."""
    assume = scope.assume
    columns = [[item.values[i] if isinstance(item, TimeSeries) else item for item in items]
               for i in range(scope.size)]
    series_index = [i for i, item in enumerate(items) if isinstance(item, TimeSeries)]
    result = []
    for column in columns:
        present = [column[i] is not None for i in series_index]
        if series_index and not exists(present, assume["math_missing"]):
            result.append(None)
            continue
        result.append(_summary_of_column(name, column, assume))
    return TimeSeries(result)


def _summary_of_column(name, column, assume):
    if name == "AVG":  # "Missing values are treated as 0"
        return _average(_with_zeros(column))
    if name in ("MIN", "MAX", "STDDEV") and assume["array_missing"] == "zero":  # AMBIGUOUS
        column = _with_zeros(column)
    return summary_of_series(name, column, assume)


def _summary(name):
    def function(args, scope):
        (value,) = _arguments(args, 1)
        if isinstance(value, SeriesArray):
            return _summary_across(name, value.items, scope)
        if isinstance(value, TimeSeries):
            return summary_of_series(name, value.values, scope.assume)
        return value
    return function


# --- DIFF, DIFF_TIME, RATE, RUNNING_SUM --------------------------------------

def _from_preceding(compute):
    """A function of each value and "the preceding value from that time series".

    Missing values are skipped: DIFF_TIME is "the difference in seconds between
    the timestamp of each value ... and the timestamp of the preceding value".
    The first value of the range has none before it and is missing.
    """
    def function(args, scope):
        def change(values):
            result, before = [None] * len(values), None
            for index, value in enumerate(values):
                if value is None:
                    continue
                if before is not None:
                    seconds = (index - before) * scope.period
                    result[index] = finite(compute(value - values[before], seconds))
                before = index
            return result
        return _each(_arguments(args, 1)[0], change)
    return function


def _running_sum(args, scope):
    """AMBIGUOUS: a missing value stays missing in the result."""
    def change(values):
        total, result = 0.0, []
        for value in values:
            total += value or 0.0
            result.append(None if value is None else total)
        return result
    return _each(_arguments(args, 1)[0], change)


# --- FILL ----------------------------------------------------------------------

def _fill(args, scope):
    """FILL: "Fills the missing values of a time series" with a value, a metric,
    REPEAT ("the most recent actual value of the metric before the missing
    value") or LINEAR ("a linear interpolation between the values at the
    beginning and the end of the gap")."""
    value, filler = _arguments(args, 2)

    def change(values):
        if not scope.assume["fill_empty_series"] and not _real(values):  # AMBIGUOUS
            return values
        if filler == ("word", "REPEAT"):
            return _repeat(values)
        if filler == ("word", "LINEAR"):
            return _linear(values, scope.assume["fill_linear_edges"])
        if isinstance(filler, TimeSeries):
            return [f if v is None else v for v, f in zip(values, filler.values)]
        if isinstance(filler, (SeriesArray, tuple)):
            raise MathError("FILL: wrong filler")
        return [filler if v is None else v for v in values]
    return _each(value, change)


def _repeat(values):
    """AMBIGUOUS: nothing before the first value of the range: stays missing."""
    last, result = None, []
    for value in values:
        last = last if value is None else value
        result.append(last)
    return result


def _linear(values, edges):
    """AMBIGUOUS: fill_linear_edges."""
    known = [i for i, v in enumerate(values) if v is not None]
    result = list(values)
    for left, right in zip(known, known[1:]):
        for i in range(left + 1, right):
            share = (i - left) / (right - left)
            result[i] = values[left] + (values[right] - values[left]) * share
    if known and edges == "nearest":
        result[:known[0]] = [values[known[0]]] * known[0]
        result[known[-1] + 1:] = [values[known[-1]]] * (len(values) - known[-1] - 1)
    return result


# --- time ------------------------------------------------------------------------

def _calendar(read):
    """MINUTE, HOUR, ...: "take the period and range of the time series and return
    a new non-sparse time series where each value is based on its timestamp"."""
    def function(args, scope):
        if not isinstance(_arguments(args, 1)[0], TimeSeries):
            raise MathError("a time series expected")
        return TimeSeries([float(read(scope.epoch(i))) for i in range(scope.size)])
    return function


def _utc(epoch):
    return datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)


def _time_series(args, scope):
    """TIME_SERIES: "a non-sparse time series where every value is set to a scalar"."""
    (value,) = _arguments(args, 1)
    if isinstance(value, (TimeSeries, SeriesArray)):
        raise MathError("TIME_SERIES: a scalar expected")
    return TimeSeries([value] * scope.size)


# --- arrays ----------------------------------------------------------------------

def _array(value):
    if isinstance(value, SeriesArray):
        return value.items
    raise MathError("an array of time series expected")


def _sort(args, scope):
    """SORT(TS[], FUNCTION, SORT_ORDER[, S]).  Equal series keep their order and
    series without value come last (AMBIGUOUS)."""
    args = _arguments(args, 3, 4)
    items, function, order = _array(args[0]), args[1], args[2]
    if function not in [("word", f) for f in ("AVG", "MIN", "MAX", "SUM")]:
        raise MathError("SORT: AVG, MIN, MAX or SUM expected")
    if order not in (("word", "ASC"), ("word", "DESC")):
        raise MathError("SORT: ASC or DESC expected")
    sign = 1 if order[1] == "ASC" else -1
    keys = [summary_of_series(function[1], item.values, scope.assume) for item in items]
    places = sorted(range(len(items)),
                    key=lambda i: (keys[i] is None, 0 if keys[i] is None else sign * keys[i]))
    limit = int(args[3]) if len(args) == 4 else len(items)
    return SeriesArray([items[i] for i in places[:limit]])


def _slice(args, scope):
    """SLICE(TS[], S[, S]): start inclusive, end exclusive, "zero-indexed".
    The return type is "TS[] TS": one series left is that series."""
    args = _arguments(args, 2, 3)
    items = _array(args[0])
    end = int(args[2]) if len(args) == 3 else len(items)
    part = items[int(args[1]):end]
    return part[0] if len(part) == 1 else SeriesArray(part)


def _end(index):
    def function(args, scope):
        items = _array(_arguments(args, 1)[0])
        if not items:
            raise MathError("an empty array of time series")
        return items[index]
    return function


def _metric_count(args, scope):
    return float(len(_array(_arguments(args, 1)[0])))


def _remove_empty(args, scope):
    """"Removes any time series that have no data points"."""
    return SeriesArray([s for s in _array(_arguments(args, 1)[0]) if _real(s.values)])


def _metrics(args, scope):
    """METRICS(): "all the metrics in the request. Math expressions aren't
    included"; with a string those "that contain that string in their Id"."""
    args = _arguments(args, 0, 1)
    if args and not (isinstance(args[0], tuple) and args[0][0] == "text"):
        raise MathError("METRICS: a string expected")
    text = args[0][1] if args else ""
    return SeriesArray([scope.value_of(i) for i in scope.metric_ids if text in i])


# --- IF --------------------------------------------------------------------------

def _if(args, scope):
    """IF(condition, trueValue, falseValue); see "Using IF expressions"."""
    args = _arguments(args, 2, 3)
    condition, yes = args[0], args[1]
    no = args[2] if len(args) == 3 else None
    if any(isinstance(a, (SeriesArray, tuple)) for a in args):
        raise MathError("IF: scalars and time series expected")
    if not isinstance(condition, TimeSeries):
        # "IF(scalar1, metric2, metric3)": the one or the other; "an empty time
        # series, if metric3 is omitted".
        chosen = None if condition is None else (yes if condition != 0 else no)
        return TimeSeries([None] * scope.size) if chosen is None else chosen
    return TimeSeries([_if_point(c, yes, no, i) for i, c in enumerate(condition.values)])


def _if_point(condition, yes, no, index):
    if condition is None:
        return None  # "is dropped if the corresponding data point in metric1 does not exist"
    if condition != 0:  # "TRUE if the value of the condition is any other value"
        value = yes.values[index] if isinstance(yes, TimeSeries) else yes
        # "has the value of 0, if the corresponding data point of metric1 is
        # TRUE and the corresponding data point does not exist in metric2"
        return 0.0 if value is None and isinstance(yes, TimeSeries) else value
    # "is dropped, if ... FALSE and the corresponding data point does not exist
    # in metric3 or if metric3 is omitted"
    return no.values[index] if isinstance(no, TimeSeries) else no


FUNCTIONS = {
    "ABS": _pointwise(abs),
    "CEIL": _pointwise(lambda v: float(ceil(v))),
    "FLOOR": _pointwise(lambda v: float(floor(v))),
    "LOG": _pointwise(_logarithm(log)),
    "LOG10": _pointwise(_logarithm(log10)),
    "AVG": _summary("AVG"), "SUM": _summary("SUM"), "MIN": _summary("MIN"),
    "MAX": _summary("MAX"), "STDDEV": _summary("STDDEV"),
    "DATAPOINT_COUNT": _summary("DATAPOINT_COUNT"),
    "DIFF": _from_preceding(lambda change, seconds: change),
    "DIFF_TIME": _from_preceding(lambda change, seconds: float(seconds)),
    # "the difference between the latest data point value and the previous data
    # point value, divided by the time difference in seconds"
    "RATE": _from_preceding(lambda change, seconds: change / seconds),
    "RUNNING_SUM": _running_sum,
    "FILL": _fill,
    # SECOND is not in the guide; accepted like MINUTE (AMBIGUOUS).
    "SECOND": _calendar(lambda e: _utc(e).second),
    "MINUTE": _calendar(lambda e: _utc(e).minute),
    "HOUR": _calendar(lambda e: _utc(e).hour),
    "DAY": _calendar(lambda e: _utc(e).isoweekday()),  # 1 Monday to 7 Sunday
    "DATE": _calendar(lambda e: _utc(e).day),
    "MONTH": _calendar(lambda e: _utc(e).month),
    "YEAR": _calendar(lambda e: _utc(e).year),
    "EPOCH": _calendar(lambda e: e),
    "TIME_SERIES": _time_series,
    "SORT": _sort, "SLICE": _slice, "FIRST": _end(0), "LAST": _end(-1),
    "METRIC_COUNT": _metric_count, "REMOVE_EMPTY": _remove_empty, "METRICS": _metrics,
    "IF": _if,
}
