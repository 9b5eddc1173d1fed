"""How far apart the days of returns are, and how many of them a year has: as the API's description says, with numpy's calendar."""

import numpy as np
import pandas as pd

# Word, returns a year by convention, and how far all together may be off.
REGULAR = [("day", 252, 0.1), ("day", 365, 0.1), ("week", 52, 0.05), ("month", 12, 0.05), ("quarter", 4, 0.05), ("year", 1, 0.05)]
LENGTH = {365: 1, 52: 7, 12: 365.25 / 12, 4: 365.25 / 4, 1: 365.25}


def frequency(starts: pd.Series, ends: pd.Index) -> tuple[str, float]:
    begin, end = (np.array(list(days), dtype="datetime64[D]") for days in (starts, ends))
    days = (end - begin).astype(float)
    for word, per_year, tolerance in REGULAR:
        # Trading days: Mondays to Fridays after one day, up to the other.
        lengths = np.busday_count(begin + 1, end + 1) if per_year == 252 else days / LENGTH[per_year]
        if abs(np.median(lengths) - 1) <= 0.1 and abs(len(days) / lengths.sum() - 1) <= tolerance:
            return word, per_year
    return "period", len(days) * 365.25 / days.sum()
