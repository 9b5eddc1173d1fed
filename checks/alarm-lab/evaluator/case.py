"""Evaluation of one case; see README.md for the format."""
from .actions import composite_alarm_actions, enabled, metric_alarm_actions
from .assumptions import with_defaults
from .composite_alarm import CompositeAlarms
from .metric_alarm import MetricAlarm, changes
from .metric_data import Store


def evaluate(case):
    """The result of a case."""
    assume = with_defaults(case.get("assume"))
    seconds = case["minutes"] * 60
    metric, composite = _requests(case["alarms"])
    errors = {}
    all_changes = _metric_changes(case, metric, seconds, assume, errors)
    group = CompositeAlarms(composite, set(all_changes), assume)
    errors.update(group.errors)
    all_changes.update(group.changes(dict(all_changes), seconds))
    result = {
        "alarms": {name: [{"second": s, "state": state} for s, state in found]
                   for name, found in all_changes.items()},
        "actions": _actions(case["alarms"], composite, all_changes, seconds, assume),
    }
    if errors:
        result["errors"] = errors
    return result


def _requests(alarms):
    """Metric alarm requests and composite alarm requests by name."""
    metric = {a["AlarmName"]: a for a in alarms if "AlarmRule" not in a}
    composite = {a["AlarmName"]: a for a in alarms if "AlarmRule" in a}
    if len(metric) + len(composite) != len(alarms):
        raise ValueError("AlarmName twice")
    return metric, composite


def _metric_changes(case, requests, seconds, assume, errors):
    store = Store(case.get("series", []))
    found = {}
    for name, request in requests.items():
        try:
            found[name] = changes(MetricAlarm(request, store, assume), seconds)
        except (ValueError, KeyError, TypeError) as error:
            errors[name] = "%s: %s" % (type(error).__name__, error)
    return found


def _actions(alarms, composite, all_changes, seconds, assume):
    """All executed actions, by second and then in the order of the alarms."""
    executed = []
    for place, request in enumerate(alarms):
        name = request["AlarmName"]
        if name not in all_changes or not enabled(request):
            continue
        if name in composite:
            pairs = composite_alarm_actions(request, all_changes[name], all_changes, seconds, assume)
        else:
            pairs = metric_alarm_actions(request, all_changes[name], seconds, assume)
        executed.extend((second, place, name, actions) for second, actions in pairs if actions)
    executed.sort(key=lambda e: e[:2])
    return [{"second": s, "alarm": name, "actions": list(actions)}
            for s, _, name, actions in executed]
