"""States of composite alarms over time.

Source: API reference, PutCompositeAlarm, and CloudWatch User Guide, "Composite
alarms" / "Create a composite alarm".
"""
from .alarm_rule import AlarmRule, RuleError, alarm_name
from .alarm_state import ALARM, INSUFFICIENT_DATA, OK


class CompositeAlarms:
    """All composite alarms of a case."""

    def __init__(self, requests, known_names, assume):
        """`known_names`: the alarms of the case without errors; composite alarms
        among them refer to each other."""
        self._assume = assume
        self.errors, self.rules, self._needs = {}, {}, {}
        for name, request in requests.items():
            try:
                self.rules[name] = self._checked(request, known_names | set(requests))
            except RuleError as error:
                self.errors[name] = str(error)
        self._drop_broken()
        self.order = self._evaluation_order()

    def _checked(self, request, known_names):
        rule = AlarmRule(request["AlarmRule"], self._assume)
        needs = set(rule.names)
        if request.get("ActionsSuppressor"):
            needs.add(alarm_name(request["ActionsSuppressor"]))
        for name in sorted(needs - known_names):
            raise RuleError("unknown alarm %r" % name)
        self._needs[request["AlarmName"]] = needs
        return rule

    def _drop_broken(self):
        """An alarm that refers to an alarm with an error cannot exist either."""
        broken = True
        while broken:
            broken = [name for name in self.rules if self._needs[name] & set(self.errors)]
            for name in broken:
                self.errors[name] = "refers to an alarm with an error"
                del self.rules[name]

    def _evaluation_order(self):
        """Children before parents; alarms in a cycle, and those that depend on
        one, are left out: "the evaluation of composite alarms stops if
        CloudWatch detects a cycle in the evaluation path"."""
        order = []
        waiting = dict(self.rules)
        ready = True
        while ready:
            ready = [n for n, r in waiting.items() if not set(r.names) & set(waiting)]
            order.extend(ready)
            for name in ready:
                del waiting[name]
        return order

    def changes(self, metric_changes, seconds):
        """Changes of every composite alarm: {name: [(second, state)]}.

        "goes into ALARM state only if all conditions of the rule are met",
        otherwise OK: the time after creation "is the only time that the alarm
        can be in INSUFFICIENT_DATA state".
        """
        states = {name: self._assume["initial_state"] for name in metric_changes}
        states.update({name: INSUFFICIENT_DATA for name in self.rules})
        found = {name: [] for name in self.rules}
        for now, events in _timeline(metric_changes, self._assume["composite_first_evaluation"]):
            if now > seconds:
                break
            states.update(events)
            for name in self.order:
                state = ALARM if self.rules[name].holds(states) else OK
                if state != states[name]:
                    states[name] = state
                    found[name].append((now, state))
        return found


def _timeline(metric_changes, first):
    """(second, {alarm: new state}) whenever composite alarms are evaluated: at
    every change of a metric alarm, and first at `first`.
    AMBIGUOUS: composite_first_evaluation.  All levels change in one second."""
    events = {first: {}}
    for name, changes in metric_changes.items():
        for second, state in changes:
            events.setdefault(second, {})[name] = state
    return sorted(events.items())
