"""Arithmetic, comparison and logical operators of metric math.

Sources: CloudWatch User Guide, "Use metric math", sections "Basic arithmetic
functions" and "Comparison and logical operators".

Values: a float is a scalar (None: a scalar without value), TimeSeries holds
one value (or None: missing) for each period of the range, SeriesArray is TS[].
"""
from .math_parser import MathError


class TimeSeries:
    """TS: values of the range, oldest first; `name` is the Id it came from."""

    __slots__ = ("values",)

    def __init__(self, values):
        self.values = values


class SeriesArray:
    """TS[]: an array of time series."""

    __slots__ = ("items",)

    def __init__(self, items):
        self.items = items


def _power(a, b):
    try:
        result = a ** b
    except ZeroDivisionError:  # 0 to a negative power is a division by zero: dropped
        return None
    except OverflowError:  # AMBIGUOUS: not in the guide; no value
        return None
    return None if isinstance(result, complex) else result  # AMBIGUOUS: likewise


def _divide(a, b):
    # "If the value of a data point causes a function to attempt to divide by
    # zero, the data point is dropped."
    return a / b if b != 0 else None


_OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "^": _power,
    # "the operators return a time series where each data point is either 0
    # (false) or 1 (true)"
    "==": lambda a, b: float(a == b),
    "!=": lambda a, b: float(a != b),
    "<=": lambda a, b: float(a <= b),
    ">=": lambda a, b: float(a >= b),
    "<": lambda a, b: float(a < b),
    ">": lambda a, b: float(a > b),
    "AND": lambda a, b: float(a != 0 and b != 0),
    "OR": lambda a, b: float(a != 0 or b != 0),
}


def finite(value):
    """Drop infinities and not-a-number (AMBIGUOUS: not in the guide)."""
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None
    return value


def apply(operator, left, right, assume):
    """left operator right for scalars, series and arrays."""
    if isinstance(left, SeriesArray) and isinstance(right, SeriesArray):
        # The table lists "S, S", "S, TS", "TS, TS", "S, TS[]", "TS, TS[]" only.
        raise MathError("an operator between two arrays of time series")
    if isinstance(left, SeriesArray):
        return SeriesArray([apply(operator, item, right, assume) for item in left.items])
    if isinstance(right, SeriesArray):
        return SeriesArray([apply(operator, left, item, assume) for item in right.items])
    compute = _OPERATORS[operator]
    if isinstance(left, TimeSeries) or isinstance(right, TimeSeries):
        return TimeSeries(_pointwise(compute, left, right, assume["math_missing"]))
    if left is None or right is None:
        return None
    return finite(compute(left, right))


def _pointwise(compute, left, right, missing):
    """One operation for each period.

    "Missing values in a time series are treated as 0" and, for comparisons,
    "when ... only one of the time series has a value for a particular time
    stamp, the function treats the missing value in the other time series as 0".
    AMBIGUOUS: math_missing.
    """
    sides = [side.values for side in (left, right) if isinstance(side, TimeSeries)]
    if left is None or right is None:  # a scalar without value
        return [None] * len(sides[0])
    size = len(sides[0])
    a_values = left.values if isinstance(left, TimeSeries) else [left] * size
    b_values = right.values if isinstance(right, TimeSeries) else [right] * size
    result = []
    for index in range(size):
        present = [values[index] is not None for values in sides]
        if not exists(present, missing):
            result.append(None)
            continue
        a, b = a_values[index], b_values[index]
        result.append(finite(compute(0.0 if a is None else a, 0.0 if b is None else b)))
    return result


def exists(present, missing):
    """Whether a result exists, given which operand series have a value."""
    if missing == "everywhere":
        return True
    return all(present) if missing == "intersection" else any(present)


def negate(value, assume):
    """Unary subtraction."""
    return apply("*", -1.0, value, assume)
