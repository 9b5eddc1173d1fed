"""From the datapoints of the evaluation range to the state of a metric alarm.

Sources: CloudWatch User Guide, "Configuring how CloudWatch alarms treat
missing data" (alarms-and-missing-data), sections "How alarm state is evaluated
when data is missing" and "Avoiding premature transitions to alarm state".
"""

OK, ALARM, INSUFFICIENT_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"


def breaches(value, operator, threshold):
    """PutMetricAlarm, ComparisonOperator: "The specified statistic value is
    used as the first operand"."""
    return _COMPARE[operator](value, threshold)


_COMPARE = {
    "GreaterThanThreshold": lambda v, t: v > t,
    "GreaterThanOrEqualToThreshold": lambda v, t: v >= t,
    "LessThanThreshold": lambda v, t: v < t,
    "LessThanOrEqualToThreshold": lambda v, t: v <= t,
}


def state_of(points, n, m, treatment, current, assume):
    """State after an evaluation.

    `points`: the evaluation range, oldest first; True breaching, False not
    breaching, None missing.  n: EvaluationPeriods, m: DatapointsToAlarm.
    """
    real = [p for p in points if p is not None]
    if len(real) >= n:
        # "If no data points in the evaluation range are missing, CloudWatch
        # evaluates the alarm based on the most recent data points collected"
        # and "If some data points ... are missing, but the total number of
        # existing data points ... is equal to or more than the alarm's
        # Evaluation Periods, ... based on the most recent real data points".
        return ALARM if sum(real[-n:]) >= m else OK
    if treatment == "breaching":
        # "CloudWatch fills in the missing data points with the result you
        # specified ... However, all real data points in the evaluation range
        # are included ... missing data points only as few times as possible."
        return ALARM if sum(real) + (n - len(real)) >= m else OK
    if treatment == "notBreaching":
        return ALARM if sum(real) >= m else OK
    return _unfilled_state(points, real, n, m, treatment, current, assume)


def _unfilled_state(points, real, n, m, treatment, current, assume):
    """Too few datapoints, treated as `missing` or `ignore`."""
    if sum(real) >= m:
        return ALARM
    if False in real:
        # Tables, rows "0 - - - -", "0 - X - -" (M=2), "- - - - 0": OK in both.
        return OK
    if treatment == "ignore":
        # "ignore - The current alarm state is maintained"; rows "- - - - -",
        # "- - X - -", "- - - X -": "Retain current state".
        return current
    if not real:
        # "missing - If all data points in the alarm evaluation range are
        # missing, the alarm transitions to INSUFFICIENT_DATA."
        return INSUFFICIENT_DATA
    if _old_enough(points, n, m, assume):
        return ALARM
    # AMBIGUOUS: premature_missing_state.
    state = assume["premature_missing_state"]
    return current if state == "retain" else state


def _old_enough(points, n, m, assume):
    """The premature alarm state rule.

    "alarms are designed to always go into ALARM state when the oldest available
    breaching datapoint during the Evaluation Periods number of data points is
    at least as old as the value of Datapoints to Alarm, and all other more
    recent data points are breaching or missing."  AMBIGUOUS: premature_scope;
    the text for M out of N says "during the evaluation range".
    """
    if assume["premature_scope"] == "evaluation_periods":
        points = points[-n:]
    if True not in points:
        return False
    age_of_oldest = len(points) - points.index(True)
    return age_of_oldest >= m
