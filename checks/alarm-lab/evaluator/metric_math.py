"""Evaluation of the Metrics array of a metric math alarm.

Source: CloudWatch User Guide, "Use metric math" and "Alarms on math
expressions"; API reference, MetricDataQuery.
"""
from .math_functions import FUNCTIONS
from .math_operators import SeriesArray, TimeSeries, apply, negate
from .math_parser import MathError, ids_in, parse
from .metric_data import MetricReader

_WORDS = ("AVG", "MIN", "MAX", "SUM", "ASC", "DESC", "REPEAT", "LINEAR")


class MathQuery:
    """The Metrics array, ready to be evaluated at any time."""

    def __init__(self, queries, store, assume):
        self.assume = assume
        self.readers, self.trees, periods = {}, {}, {}
        for query in queries:
            name = query["Id"]
            if name in self.readers or name in self.trees:
                raise MathError("Id %r twice" % name)
            if "MetricStat" in query:
                self.readers[name] = _reader(query["MetricStat"], store, assume)
                periods[name] = query["MetricStat"]["Period"]
            else:
                self.trees[name] = parse(query["Expression"], assume)
                if "Period" in query:
                    periods[name] = query["Period"]
        self.metric_ids = list(self.readers)
        self.result_id = _result_id(queries)
        self._check_ids()
        self.period = self._common_period(periods)

    def _check_ids(self):
        for name in self.trees:
            self._visit(name, ())

    def _visit(self, name, above):
        if name in above:
            raise MathError("expressions depend on each other: " + name)
        if name in self.trees:
            for used in ids_in(self.trees[name]) - {"*"}:
                self._visit(used, above + (name,))
        elif name not in self.readers:
            raise MathError("unknown Id %r" % name)

    def _common_period(self, periods):
        """Guide, "Alarms on math expressions": "Each metric must be using the
        same period."  AMBIGUOUS: mixed_periods.  An expression without metrics
        uses its own Period."""
        of_metrics = sorted({periods[i] for i in self.metric_ids})
        if not of_metrics:
            of_metrics = sorted(set(periods.values()))
        if not of_metrics:
            raise MathError("no Period in Metrics")
        if len(of_metrics) > 1 and self.assume["mixed_periods"] == "error":
            raise MathError("metrics of different periods: %s" % of_metrics)
        return of_metrics[-1]

    def namespaces(self):
        return {reader.namespace for reader in self.readers.values()}

    def values(self, starts, now):
        """The watched series: one value (or None) for each period."""
        result = Scope(self, starts, now).value_of(self.result_id)
        if isinstance(result, SeriesArray):
            # "an alarm based on a math expression can watch only one time series"
            if len(result.items) != 1:
                raise MathError("the expression gives %d time series" % len(result.items))
            result = result.items[0]
        if not isinstance(result, TimeSeries):
            # "Using a function that returns only a scalar number is not valid,
            # as all final results of expressions must be a single time series"
            raise MathError("the expression gives a scalar")
        return result.values


def _reader(stat, store, assume):
    metric = stat["Metric"]
    return MetricReader(store, metric["Namespace"], metric["MetricName"],
                        metric.get("Dimensions", []), stat.get("Unit"), stat["Stat"], assume)


def _result_id(queries):
    """MetricDataQuery, ReturnData: "specify true for the one expression result
    to use as the alarm"; omitted, "the default of true is used"."""
    explicit = [q["Id"] for q in queries if q.get("ReturnData") is True]
    if len(explicit) == 1:
        return explicit[0]
    default = [q["Id"] for q in queries if q.get("ReturnData", True)]
    if len(default) != 1:
        raise MathError("not exactly one item of Metrics returns data")
    return default[0]


class Scope:
    """One evaluation: the values of all Ids over the periods of the range."""

    def __init__(self, query, starts, now):
        self.assume = query.assume
        self.period = query.period
        self.metric_ids = query.metric_ids
        self.size = len(starts)
        self._query, self._starts, self._now = query, starts, now
        self._known = {}

    def epoch(self, index):
        """Timestamp of a datapoint: the start of its period, in UTC seconds."""
        return self.assume["start_epoch"] + self._starts[index]

    def value_of(self, name):
        if name not in self._known:
            reader = self._query.readers.get(name)
            self._known[name] = (self._evaluate(self._query.trees[name]) if reader is None
                                 else self._read(reader))
        return self._known[name]

    def _read(self, reader):
        return TimeSeries([reader.datapoint(s, s + self.period, self._now)
                           for s in self._starts])

    def _evaluate(self, tree):
        kind = tree[0]
        if kind == "number":
            return tree[1]
        if kind == "id":
            return self.value_of(tree[1])
        if kind == "op":
            return self._operation(tree)
        if kind == "minus":
            return negate(self._plain(tree[1]), self.assume)
        if kind == "array":
            return self._array(tree[1])
        if kind == "call":
            return self._call(tree[1], tree[2])
        if kind == "word" and tree[1] in _WORDS or kind == "text":
            return tree
        raise MathError("unexpected %s" % (tree[1],))

    def _operation(self, tree):
        return apply(tree[1], self._plain(tree[2]), self._plain(tree[3]), self.assume)

    def _plain(self, tree):
        value = self._evaluate(tree)
        if isinstance(value, tuple):
            raise MathError("unexpected %s" % value[1])
        return value

    def _array(self, trees):
        """[m1, m2], also of arrays: "SUM([METRICS("4xx"), METRICS("5xx")])"."""
        items = []
        for tree in trees:
            value = self._plain(tree)
            items.extend(value.items if isinstance(value, SeriesArray) else [value])
        return SeriesArray(items)

    def _call(self, name, trees):
        if name == "PERIOD":
            return self._period_of(trees)
        if name not in FUNCTIONS:
            raise MathError("unknown function " + name)
        return FUNCTIONS[name]([self._evaluate(tree) for tree in trees], self)

    def _period_of(self, trees):
        """PERIOD: "Valid input is metrics, not the results of other expressions"."""
        if len(trees) != 1 or trees[0][0] != "id" or trees[0][1] not in self.metric_ids:
            raise MathError("PERIOD: a metric expected")
        return float(self.period)
