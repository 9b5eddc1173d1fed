"""Evaluation of one metric alarm over time.

Sources: CloudWatch User Guide, "Evaluating an alarm" / "Alarm evaluation"
(alarm-evaluation), API reference, PutMetricAlarm.
"""
from .alarm_state import breaches, state_of
from .math_parser import MathError
from .metric_data import MetricReader
from .metric_math import MathQuery
from .statistics_of_values import percentile_of, samples_needed

_DAY, _WEEK, _HOUR = 86400, 604800, 3600
_SHORT_PERIODS = (10, 20, 30)
_TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")
_OPERATORS = ("GreaterThanThreshold", "GreaterThanOrEqualToThreshold",
              "LessThanThreshold", "LessThanOrEqualToThreshold")
_UNSUPPORTED = ("ThresholdMetricId", "EvaluationCriteria", "EvaluationInterval",
                "WarmUpConfiguration")


class AlarmError(ValueError):
    """The alarm is not a valid (or not a supported) PutMetricAlarm request."""


class _SingleMetric:
    """The source of datapoints of an alarm on one metric."""

    def __init__(self, alarm, store, assume):
        stat = alarm.get("Statistic") or alarm["ExtendedStatistic"]
        self._reader = MetricReader(store, alarm["Namespace"], alarm["MetricName"],
                                    alarm.get("Dimensions", []), alarm.get("Unit"), stat, assume)
        self.period = alarm["Period"]

    def namespaces(self):
        return {self._reader.namespace}

    def values(self, starts, now):
        return [self._reader.datapoint(s, s + self.period, now) for s in starts]

    def samples(self, start, now):
        return self._reader.samples(start, start + self.period, now)


class MetricAlarm:
    """A metric alarm, checked and ready to be evaluated."""

    def __init__(self, alarm, store, assume):
        self.assume = assume
        self._check_supported(alarm)
        if alarm.get("Metrics"):
            self._source = MathQuery(alarm["Metrics"], store, assume)
        else:
            self._source = _SingleMetric(alarm, store, assume)
        self.period = self._source.period
        self.n = alarm["EvaluationPeriods"]
        # "DatapointsToAlarm ... used only if you are setting an M out of N alarm"
        self.m = alarm.get("DatapointsToAlarm", self.n)
        self.threshold = alarm["Threshold"]
        self.operator = alarm["ComparisonOperator"]
        # "If TreatMissingData is omitted, the default behavior of missing is used."
        self.treatment = alarm.get("TreatMissingData") or "missing"
        self._check_values()
        self.short = self.period in _SHORT_PERIODS
        # "An alarm is a multi-day alarm if the number of evaluation periods
        # multiplied by the length of each evaluation period exceeds one day."
        self.multiday = self.n * self.period > _DAY
        self._needed = self._low_sample_limit(alarm)
        self._dynamodb = self._is_dynamodb(alarm)

    @staticmethod
    def _check_supported(alarm):
        for field in _UNSUPPORTED:
            if alarm.get(field):
                raise AlarmError("not supported: " + field)
        if "WallClockWindow" in (alarm.get("EvaluationWindow") or {}):
            raise AlarmError("not supported: WallClockWindow")
        if alarm.get("Metrics") and alarm.get("MetricName"):
            raise AlarmError("MetricName and Metrics together")
        if not alarm.get("Metrics"):
            if bool(alarm.get("Statistic")) == bool(alarm.get("ExtendedStatistic")):
                raise AlarmError("either Statistic or ExtendedStatistic")

    def _check_values(self):
        if self.treatment not in _TREATMENTS:
            raise AlarmError("TreatMissingData: %r" % self.treatment)
        if self.operator not in _OPERATORS:
            raise AlarmError("ComparisonOperator: %r" % self.operator)
        if not 1 <= self.m <= self.n:
            raise AlarmError("DatapointsToAlarm above EvaluationPeriods")
        # "Valid values are 10, 20, 30, and any multiple of 60."
        if self.period not in _SHORT_PERIODS and (self.period < 60 or self.period % 60):
            raise AlarmError("Period: %r" % self.period)
        # "Period multiplied by EvaluationPeriods can't be more than 604,800
        # seconds. For alarms with a period of less than one hour ... one day".
        if self.period * self.n > (_DAY if self.period < _HOUR else _WEEK):
            raise AlarmError("Period multiplied by EvaluationPeriods is too long")

    def _low_sample_limit(self, alarm):
        """Samples needed, 0 if the alarm does not look at them.

        "Used only for alarms based on percentiles."
        """
        name = alarm.get("ExtendedStatistic")
        if not name or alarm.get("EvaluateLowSampleCountPercentile") != "ignore":
            return 0
        percent = percentile_of(name)
        return samples_needed(percent) if percent is not None else 0

    def _is_dynamodb(self, alarm):
        """"Alarms that evaluate metrics in the AWS/DynamoDB namespace always
        ignore missing data even if you choose a different option"."""
        if alarm.get("Metrics") and not self.assume["dynamodb_in_math"]:
            return False
        return "AWS/DynamoDB" in self._source.namespaces()

    # --- when --------------------------------------------------------------

    def instants(self, seconds):
        """Seconds in [0, seconds] at which the alarm is evaluated.

        "For any period of one minute or longer, an alarm is evaluated every
        minute"; "10 seconds, 20 seconds, or 30 seconds ... every 10 seconds";
        "exceeds one day ... once per hour".
        """
        if self.multiday:
            offset = (self.assume["multiday_minute"] * 60 - self.assume["start_epoch"]) % _HOUR
            first, step = offset, _HOUR
        else:
            first, step = 0, 10 if self.short else 60
        if first == 0 and not self.assume["evaluate_at_zero"]:
            first = step
        return range(first, seconds + 1, step)

    # --- what --------------------------------------------------------------

    def _end_of_range(self, now):
        """End of the newest period of an evaluation.

        Sliding: "at the end of minute 5 the alarm evaluates based on data from
        minutes 1 to 5. Then at the end of minute 6 ... minutes 2 to 6."
        Multi-day: "takes into account only the metrics up to the current hour
        at the :00 minute".
        """
        epoch = now + self.assume["start_epoch"]
        if self.multiday:
            epoch -= epoch % _HOUR
        alignment = "short_period_alignment" if self.short else "period_alignment"
        if self.assume[alignment] == "aligned":
            epoch -= epoch % self.period
        return epoch - self.assume["start_epoch"]

    def _range_length(self):
        """Datapoints of the evaluation range.  AMBIGUOUS: extra_datapoints."""
        kind = "_multiday" if self.multiday else "_short_period" if self.short else ""
        return self.n + self.assume["extra_datapoints" + kind]

    def evaluate(self, now, current):
        """The state after the evaluation at second `now`."""
        end = self._end_of_range(now)
        starts = [end - i * self.period for i in range(self._range_length(), 0, -1)]
        hold = self.assume["low_sample_effect"] == "hold"
        if self._needed and hold and self._low_samples(starts[-self.n:], now):
            return current  # "the alarm state does not change"
        values = self._source.values(starts, now)
        if self._needed and not hold:
            values = [None if self._source.samples(start, now) < self._needed else value
                      for start, value in zip(starts, values)]
        points = [None if v is None else breaches(v, self.operator, self.threshold)
                  for v in values]
        treatment = self.treatment
        if self._dynamodb:
            treatment = "ignore"
            if self._holds_for_dynamodb(points):
                return current
        return state_of(points, self.n, self.m, treatment, current, self.assume)

    def _holds_for_dynamodb(self, points):
        """AMBIGUOUS: dynamodb."""
        real = sum(p is not None for p in points)
        return self.assume["dynamodb"] == "hold_when_filling" and real < self.n

    def _low_samples(self, starts, now):
        """AMBIGUOUS: low_sample_scope, low_sample_when_empty."""
        counts = [self._source.samples(start, now) for start in starts]
        if self.assume["low_sample_when_empty"] == "missing" and not any(counts):
            return False
        scope = self.assume["low_sample_scope"]
        if scope == "interval":
            return sum(counts) < self._needed
        if scope == "newest_period":
            return counts[-1] < self._needed
        return any(count < self._needed for count in counts)


def changes(alarm, seconds):
    """All changes of state of a metric alarm: [(second, state)]."""
    state, found = alarm.assume["initial_state"], []
    for now in alarm.instants(seconds):
        new = alarm.evaluate(now, state)
        if new != state:
            found.append((now, new))
            state = new
    return found


__all__ = ["AlarmError", "MathError", "MetricAlarm", "changes"]
