"""What CloudWatch Logs refuses of log events, written or searched."""

from itertools import pairwise

from rules.logs import API, refused
from rules.logs_patterns import SYNTAX, wrong_in

DAY = 86_400_000


def times(request: dict) -> list[int]:
    return [int(each.get("timestamp") or 0) for each in request.get("logEvents") or []]


@refused("PutLogEvents", "https://github.com/lazywithclass/winston-cloudwatch/issues/197")
def order(request: dict) -> str | None:
    """Log events that are not in the order of their times."""
    is_right = all(earlier <= later for earlier, later in pairwise(times(request)))
    return None if is_right else "Log events in a single PutLogEvents request must be in chronological order."


@refused("PutLogEvents", f"{API}/API_PutLogEvents.html (a batch cannot span more than 24 hours)")
def span(request: dict) -> str | None:
    """Log events of more than 24 hours in one request."""
    given = times(request)
    is_right = not given or given[-1] - given[0] <= DAY
    return None if is_right else "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."


@refused(("FilterLogEvents", "TestMetricFilter"), SYNTAX)
def pattern(request: dict) -> str | None:
    """A search for log events by a pattern that breaks the syntax of filter patterns."""
    return "Invalid filter pattern" if wrong_in(request.get("filterPattern") or "") else None


@refused("DescribeLogStreams", f"{API}/API_DescribeLogStreams.html (orderBy, logStreamNamePrefix)")
def order_of_streams(request: dict) -> str | None:
    """A list of log streams by their last event that is restricted to a prefix of names."""
    is_wrong = request.get("orderBy") == "LastEventTime" and request.get("logStreamNamePrefix")
    return "Cannot order by LastEventTime with a logStreamNamePrefix." if is_wrong else None
