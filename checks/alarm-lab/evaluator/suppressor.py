"""Composite alarm action suppression.

Source: CloudWatch User Guide, "Composite alarm action suppression" (section of
"Create a composite alarm"), "WaitPeriod and ExtensionPeriod" and Examples 1-6.
"""
from .alarm_state import ALARM


class Suppressor:
    """Decides when a composite alarm with an ActionsSuppressor acts.

    At most one period is active: `self._period` is None, "wait" or
    "extension", and ends at `self._end`.  `self._pending` says that a change
    of state has not been followed by actions yet.
    """

    def __init__(self, wait, extension, initial_state, assume):
        self._wait, self._extension = wait, extension
        self._state = initial_state
        self._in_alarm = False
        self._period, self._end = None, None
        self._pending = False
        self._assume = assume
        self.executed = []  # (second, state) whose actions are executed

    def run(self, own, suppressor, seconds):
        """own, suppressor: changes [(second, state)] of the two alarms."""
        own, suppressor = dict(own), dict(suppressor)
        for now in sorted(set(own) | set(suppressor)):
            self._expire(now, own, suppressor)
            # AMBIGUOUS: both in one second; the suppressor is looked at first.
            if now in suppressor:
                self._suppressor_changes(now, suppressor[now] == ALARM)
            if now in own:
                self._own_change(now, own[now])
            self._expire(now, {}, {})  # a period of 0 seconds
        self._expire(seconds + 1, {}, {})
        return self.executed

    def _expire(self, now, own, suppressor):
        """End the active period if its end lies before `now`, or at `now` and
        nothing that happens at `now` discards it (AMBIGUOUS: the ties)."""
        if self._period is None or self._end > now:
            return
        if self._end == now and self._discarded_at(now, own, suppressor):
            return
        ended, self._period = self._period, None
        # "Composite alarms take actions that are based on their currents states
        # when ExtensionPeriod and WaitPeriod become inactive."
        repeat = ended == "extension" and self._assume["extension_without_change"] == "repeat"
        if self._pending or repeat:
            self._act(self._end)

    def _discarded_at(self, now, own, suppressor):
        into_alarm = suppressor.get(now) == ALARM
        if self._period == "wait":
            return into_alarm and self._assume["wait_period_tie"] == "suppressed"
        return (into_alarm or now in own) and self._assume["extension_period_tie"] == "discarded"

    def _suppressor_changes(self, now, in_alarm):
        if in_alarm and not self._in_alarm:
            # Example 2: "the WaitPeriod that started at t2 is discarded, and the
            # suppressor alarm now stops the composite alarm from taking actions".
            self._period = None
        if self._in_alarm and not in_alarm:
            # Example 5: "the suppressor alarm changes to OK. An ExtensionPeriod
            # starts".  API: "after suppressor alarm goes out of the ALARM state".
            self._start("extension", now, self._extension)
        self._in_alarm = in_alarm

    def _own_change(self, now, state):
        self._state = state
        self._pending = True
        if self._in_alarm:
            return  # Example 4: "The suppressor alarm stops the composite alarm"
        # Examples 1, 3: "A WaitPeriod starts"; the one before "is discarded".
        # Example 6: "the ExtensionPeriod is discarded, and a new WaitPeriod starts".
        self._start("wait", now, self._wait)

    def _start(self, period, now, length):
        """length: "You can set the parameters to any integer in seconds." """
        self._period, self._end = period, now + length

    def _act(self, second):
        self._pending = False
        self.executed.append((second, self._state))
