"""Statistics over the values of one period.

Source of all rules: CloudWatch User Guide, "CloudWatch statistics definitions"
(repository awsdocs/amazon-cloudwatch-user-guide, doc_source/Statistics-definitions.md).
"""
import re
from fractions import Fraction
from math import ceil, floor, fsum


class StatisticError(ValueError):
    """The statistic is not one that the guide defines."""


def percentile_of(name):
    """Return the percentile of a pNN statistic as a Fraction of 100, else None."""
    match = re.fullmatch(r"p(\d+(?:\.\d+)?)", name)
    if not match:
        return None
    percent = Fraction(match.group(1))
    if percent > 100:
        raise StatisticError("percentile above 100: " + name)
    return percent


def samples_needed(percent):
    """Samples below which a percentile is a low-sample one.

    Guide, "Percentile-based CloudWatch alarms and low data samples": "For
    percentiles between 0.5 (inclusive) and 1.00 (exclusive), ... fewer than
    10/(1-percentile) data points ... between 0 and 0.5 (exclusive), ... fewer
    than 10/percentile".  p0 and p100 are in neither range: never low.
    """
    share = percent / 100
    if share >= 1 or share <= 0:
        return 0
    return 10 / (1 - share) if share >= Fraction(1, 2) else 10 / share


def percentile(values, percent, method):
    """The value at a percentile.

    "p99 is the maximum value of the remaining 99%" ("Percentiles versus
    trimmed mean"): nearest rank.  AMBIGUOUS: percentile_method.
    """
    ordered = sorted(values)
    if method == "linear":
        place = (len(ordered) - 1) * percent / 100
        low = floor(place)
        high = min(low + 1, len(ordered) - 1)
        share = float(place - low)
        return ordered[low] + (ordered[high] - ordered[low]) * share
    return ordered[_rank(len(ordered), percent) - 1]


def _rank(count, percent):
    return max(1, ceil(count * percent / 100))


_RANGE = re.compile(r"(TM|TC|TS|WM|PR)\((\d*\.?\d*)(%?):(\d*\.?\d*)(%?)\)")
_SINGLE = re.compile(r"(tm|tc|ts|wm)(\d+(?:\.\d+)?)")


def _boundaries(name):
    """Parse a trimmed statistic: (kind, lower, upper, boundaries are percentages)."""
    if name in ("IQM", "iqm"):  # "equivalent to TM(25%:75%)"
        return "TM", Fraction(25), Fraction(75), True
    match = _SINGLE.fullmatch(name)  # "tm99 ... is the same as TM(:99%)"
    if match:
        return match.group(1).upper(), None, Fraction(match.group(2)), True
    match = _RANGE.fullmatch(name)
    if not match or not (match.group(2) or match.group(4)):
        raise StatisticError("unknown statistic: " + name)
    kind, low, low_sign, high, high_sign = match.groups()
    percent = bool(low_sign or high_sign)
    return kind, Fraction(low) if low else None, Fraction(high) if high else None, percent


def _inside(values, low, high, percent):
    """The values between two boundaries.

    Fixed values: "includes values equal to the higher boundary, but does not
    include values equal to the lower boundary".  Percentages: the ranks above
    floor(n*low) up to the rank of the percentile `high`.
    """
    ordered = sorted(values)
    if percent:
        first = floor(len(ordered) * (low or 0) / 100)
        last = ceil(len(ordered) * (100 if high is None else high) / 100)
        return ordered[first:last]
    return [v for v in ordered
            if (low is None or v > low) and (high is None or v <= high)]


def _winsorized(values, low, high, percent):
    """Winsorized mean: values outside "are considered to be equal to the edge"."""
    kept = _inside(values, low, high, percent)
    if not percent:
        below = float(low) if low is not None else None
        above = float(high) if high is not None else None
    elif kept:
        below, above = kept[0], kept[-1]
    else:
        return None
    clipped = [below if below is not None and v < below else
               above if above is not None and v > above else v for v in values]
    return fsum(clipped) / len(clipped)


def _trimmed(values, name):
    kind, low, high, percent = _boundaries(name)
    if kind == "WM":
        return _winsorized(values, low, high, percent)
    if kind == "PR":
        # PR(:300): "a value of 300 or less"; the lower boundary as for TC.
        return 100.0 * len(_inside(values, low, high, False)) / len(values)
    kept = _inside(values, low, high, percent)
    if kind == "TC":
        return float(len(kept))
    if kind == "TS":
        return fsum(kept)
    return fsum(kept) / len(kept) if kept else None


def statistic(name, values, assume):
    """One statistic of the values of a period; None when it has no value."""
    if not values:
        return None  # also SampleCount: a period without samples has no datapoint
    simple = _SIMPLE.get(name)
    if simple:
        return simple(values)
    # "these type of statistics are not available for metrics when any of the
    # metric values are negative numbers"
    if assume["percentile_of_negative"] == "missing" and min(values) < 0:
        return None
    percent = percentile_of(name)
    if percent is not None:
        return percentile(values, percent, assume["percentile_method"])
    return _trimmed(values, name)


_SIMPLE = {
    "SampleCount": lambda v: float(len(v)),
    "Sum": fsum,
    "Average": lambda v: fsum(v) / len(v),  # "the value of Sum/SampleCount"
    "Minimum": min,
    "Maximum": max,
}


def check_statistic(name):
    """Raise StatisticError if the statistic is unknown."""
    if name not in _SIMPLE and percentile_of(name) is None:
        _boundaries(name)
