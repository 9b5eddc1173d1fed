"""Named assumptions: every place where AWS's documentation is silent or ambiguous.

A case may set any of them under "assume".  DEFAULTS gives the reading taken
when it does not.  README.md lists the alternatives of each in plain words.
"""

DEFAULTS = {
    # --- time -----------------------------------------------------------
    # AMBIGUOUS: the case has no calendar.  Second 0 of the case is this UTC
    # epoch second (used by HOUR, DAY, ... and by "the hour" of multi-day alarms).
    "start_epoch": 0,
    # AMBIGUOUS: PutMetricAlarm says the alarm "is then evaluated" after its
    # creation; the guide does not say when.  False: first at the end of the
    # first minute (10 s for short periods).  True: also at second 0.
    "evaluate_at_zero": False,
    # State at creation.  PutMetricAlarm: "immediately set to INSUFFICIENT_DATA".
    "initial_state": "INSUFFICIENT_DATA",
    # AMBIGUOUS: how the periods of one evaluation are cut.
    # "sliding": they end at the evaluation (guide's 5-minute example);
    # "aligned": they end at the last whole multiple of the period.
    "period_alignment": "sliding",
    # AMBIGUOUS: the same for 10, 20, 30 s periods, evaluated every 10 s.
    "short_period_alignment": "sliding",
    # AMBIGUOUS: minute of the hour at which a multi-day alarm is evaluated
    # (the guide's example shows 3).
    "multiday_minute": 0,

    # --- evaluation range and missing data -------------------------------
    # AMBIGUOUS: the guide gives only "N is 3, the evaluation range is 5".
    # The range is N + extra_datapoints.
    "extra_datapoints": 2,
    "extra_datapoints_short_period": 2,
    "extra_datapoints_multiday": 2,
    # AMBIGUOUS: treatment "missing", only breaching datapoints, fewer than M,
    # the oldest younger than M (- - - - X).  "INSUFFICIENT_DATA" (2018 guide's
    # table row), "retain" or "OK".
    "premature_missing_state": "INSUFFICIENT_DATA",
    # AMBIGUOUS: the oldest breaching datapoint counts within the whole
    # evaluation range ("range") or within the last N ("evaluation_periods").
    "premature_scope": "range",
    # AMBIGUOUS: AWS/DynamoDB.  "ignore": as TreatMissingData=ignore;
    # "hold_when_filling": any datapoint to be filled keeps the state.
    "dynamodb": "ignore",
    # AMBIGUOUS: a metric math alarm with an AWS/DynamoDB metric among others.
    "dynamodb_in_math": True,

    # --- statistics ------------------------------------------------------
    # AMBIGUOUS: "nearest_rank" or "linear" (interpolated) percentiles.
    "percentile_method": "nearest_rank",
    # AMBIGUOUS: percentiles "are not available" with negative values: the
    # datapoint is "missing", or computed nevertheless ("compute").
    "percentile_of_negative": "missing",
    # AMBIGUOUS: "during the evaluation period".  "interval": samples of the
    # N periods together; "any_period": any one of the last N periods;
    # "newest_period": the last period alone.
    "low_sample_scope": "interval",
    # AMBIGUOUS: what too few samples do.  "hold": "the alarm state does not
    # change" (PutMetricAlarm); "missing": each period with too few samples is a
    # missing datapoint (AWS's announcement of 2017, aws-sdk-go v1.8.8: "treat
    # percentiles with low sample counts as same as missing data").
    "low_sample_effect": "hold",
    # AMBIGUOUS: no sample at all.  "low": fewer than needed, so low;
    # "missing": the rules for missing data apply.
    "low_sample_when_empty": "low",
    # AMBIGUOUS: no Unit in the alarm, series with several units.
    # "all": all values together; "first": the first unit of the case.
    "no_unit": "all",

    # --- metric math -----------------------------------------------------
    # AMBIGUOUS: "Missing values in a time series are treated as 0".
    # "union": a result exists where any operand series has a value;
    # "everywhere": also where none has; "intersection": where all have.
    "math_missing": "union",
    # AMBIGUOUS: AVG of one series counts missing values as 0.
    "avg_counts_missing": True,
    # AMBIGUOUS: MIN, MAX, STDDEV of an array leave missing values out
    # ("skip") or count them as 0 ("zero").
    "array_missing": "skip",
    # AMBIGUOUS: "population" or "sample".
    "stddev": "population",
    # AMBIGUOUS: -2^2 is -4 (True) or 4 (False).
    "power_before_minus": True,
    # AMBIGUOUS: 2^3^2 is "right" 2^9 or "left" 8^2.
    "power_associativity": "right",
    # AMBIGUOUS: AND binds tighter than OR (True) or both left to right.
    "math_and_before_or": True,
    # AMBIGUOUS: FILL(.., LINEAR) before the first or after the last value:
    # "missing" or "nearest".
    "fill_linear_edges": "missing",
    # AMBIGUOUS: FILL of a series without any value in the range fills it.
    "fill_empty_series": True,
    # AMBIGUOUS: metrics of different periods: "error" or "max".
    "mixed_periods": "error",

    # --- composite alarms and actions --------------------------------------
    # AMBIGUOUS: when a composite alarm is first evaluated after creation.
    "composite_first_evaluation": 60,
    # AMBIGUOUS: AND binds tighter than OR in an AlarmRule.
    "rule_and_before_or": True,
    # AMBIGUOUS: the WaitPeriod ends in the second in which the suppressor
    # goes into ALARM: "suppressed" or "actions".
    "wait_period_tie": "suppressed",
    # AMBIGUOUS: the ExtensionPeriod ends in the second in which the composite
    # changes state or the suppressor goes into ALARM: "discarded" or "actions".
    "extension_period_tie": "discarded",
    # AMBIGUOUS: actions at the end of an ExtensionPeriod during which and
    # before which nothing was suppressed: "none" or "repeat".
    "extension_without_change": "none",
    # Auto Scaling actions are invoked again once a minute (guide).
    "repeat_autoscaling": True,
    # "These actions are performed only when the alarm goes into ALARM state".
    "systems_manager_only_in_alarm": True,
}


class AssumptionError(ValueError):
    """A case names an assumption that does not exist."""


def with_defaults(given):
    """Return all assumptions, the given ones in place of the defaults."""
    unknown = sorted(set(given or {}) - set(DEFAULTS))
    if unknown:
        raise AssumptionError("unknown assumptions: " + ", ".join(unknown))
    return {**DEFAULTS, **(given or {})}


# The other readings, for evaluator.explain.
ALTERNATIVES = {
    "evaluate_at_zero": [True],
    "period_alignment": ["aligned"],
    "short_period_alignment": ["aligned"],
    "multiday_minute": [1, 2, 3, 5],
    "extra_datapoints": [0, 1, 3, 4, 5],
    "extra_datapoints_short_period": [0, 1, 3, 4, 5],
    "extra_datapoints_multiday": [0, 1, 3, 4, 5],
    "premature_missing_state": ["retain", "OK"],
    "premature_scope": ["evaluation_periods"],
    "dynamodb": ["hold_when_filling"],
    "dynamodb_in_math": [False],
    "percentile_method": ["linear"],
    "percentile_of_negative": ["compute"],
    "low_sample_scope": ["any_period", "newest_period"],
    "low_sample_effect": ["missing"],
    "low_sample_when_empty": ["missing"],
    "no_unit": ["first"],
    "math_missing": ["everywhere", "intersection"],
    "avg_counts_missing": [False],
    "array_missing": ["zero"],
    "stddev": ["sample"],
    "power_before_minus": [False],
    "power_associativity": ["left"],
    "math_and_before_or": [False],
    "fill_linear_edges": ["nearest"],
    "fill_empty_series": [False],
    "mixed_periods": ["max"],
    "composite_first_evaluation": [0, 10],
    "rule_and_before_or": [False],
    "wait_period_tie": ["actions"],
    "extension_period_tie": ["actions"],
    "extension_without_change": ["repeat"],
    "repeat_autoscaling": [False],
    "systems_manager_only_in_alarm": [False],
}
