"""AlarmRule of a composite alarm.

Sources: CloudWatch User Guide, "Composite alarms" (alarm-combining), sections
"Rule expressions", "Alarm references", "Syntax"; API reference,
PutCompositeAlarm, AlarmRule.

A rule is parsed to a function of `states` (a mapping from alarm name to
state); `names` collects the alarms that it refers to.
"""
import re
from fractions import Fraction

_STATES = ("ALARM", "OK", "INSUFFICIENT_DATA")

# "If specified without quotes, alarm names or ARNs must not contain spaces,
# round brackets, or commas."  In quotes a double quote is escaped by a backslash.
_TOKEN = re.compile(r'\s*(?:(?P<quoted>"(?:\\.|[^"\\])*")|(?P<sign>[(),])|(?P<bare>[^\s(),"]+))')


class RuleError(ValueError):
    """The AlarmRule cannot be read."""


def alarm_name(reference):
    """The name of an alarm referred to by name or ARN."""
    match = re.fullmatch(r"arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)", reference, re.S)
    return match.group(1) if match else reference


def _tokens(text):
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise RuleError("unexpected character at %d" % place)
        kind = match.lastgroup
        value = match.group(kind)
        if kind == "quoted":
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.S)
        tokens.append((kind, value))
        place = match.end()
    return tokens


class AlarmRule:
    """A parsed AlarmRule."""

    def __init__(self, text, assume):
        self._tokens = _tokens(text)
        self._place = 0
        self._assume = assume
        self.names = []
        self.holds = self._either()
        if self._place != len(self._tokens):
            raise RuleError("unexpected %r" % self._tokens[self._place][1])

    # --- tokens ---------------------------------------------------------------

    def _word(self):
        """The next bare word in upper case (the API also writes `false`)."""
        if self._place < len(self._tokens) and self._tokens[self._place][0] == "bare":
            return self._tokens[self._place][1].upper()
        return None

    def _take_word(self, *words):
        word = self._word()
        if word in words:
            self._place += 1
            return word
        return None

    def _need_sign(self, sign):
        if self._place >= len(self._tokens) or self._tokens[self._place] != ("sign", sign):
            raise RuleError("%r expected" % sign)
        self._place += 1

    def _take_sign(self, sign):
        found = self._place < len(self._tokens) and self._tokens[self._place] == ("sign", sign)
        self._place += found
        return found

    def _text(self):
        if self._place >= len(self._tokens) or self._tokens[self._place][0] == "sign":
            raise RuleError("a name expected")
        self._place += 1
        return self._tokens[self._place - 1][1]

    def _reference(self):
        name = alarm_name(self._text())
        self.names.append(name)
        return name

    # --- grammar --------------------------------------------------------------

    def _either(self):
        """OR of ANDs.  AMBIGUOUS: rule_and_before_or; the guide says only "You
        can use parentheses to ... control the order of evaluation"."""
        if not self._assume["rule_and_before_or"]:
            return self._chain(self._negated, ("AND", "OR"))
        return self._chain(self._both, ("OR",))

    def _both(self):
        return self._chain(self._negated, ("AND",))

    def _chain(self, operand, words):
        left = operand()
        word = self._take_word(*words)
        while word:
            left = _joined(word, left, operand())
            word = self._take_word(*words)
        return left

    def _negated(self):
        if self._take_word("NOT"):
            inner = self._negated()
            return lambda states: not inner(states)
        return self._condition()

    def _condition(self):
        if self._take_sign("("):
            inner = self._either()
            self._need_sign(")")
            return inner
        word = self._take_word("TRUE", "FALSE", "AT_LEAST", *_STATES)
        if word in ("TRUE", "FALSE"):
            # "TRUE always evaluates to TRUE, and FALSE always evaluates to FALSE."
            return lambda states: word == "TRUE"
        if word == "AT_LEAST":
            return self._at_least()
        if word is None:
            raise RuleError("a condition expected")
        self._need_sign("(")
        name = self._reference()
        self._need_sign(")")
        # "ALARM ("alarm-name or alarm-ARN") is TRUE if the alarm is in ALARM state."
        return lambda states: states[name] == word

    def _at_least(self):
        """AT_LEAST(M, STATE_CONDITION, (alarm1, alarm2, ...alarmN)): "TRUE when a
        minimum number or percentage of specified alarms are in the required state"."""
        self._need_sign("(")
        minimum = self._text()
        self._need_sign(",")
        negated = bool(self._take_word("NOT"))
        state = self._take_word(*_STATES)
        if state is None:
            raise RuleError("AT_LEAST: a state expected")
        self._need_sign(",")
        self._need_sign("(")
        names = [self._reference()]
        while self._take_sign(","):
            names.append(self._reference())
        self._need_sign(")")
        self._need_sign(")")
        needed = _needed(minimum, len(names))
        return lambda states: sum((states[n] == state) != negated for n in names) >= needed


def _needed(minimum, count):
    if not re.fullmatch(r"\d+(\.\d+)?%|\d+", minimum):
        raise RuleError("AT_LEAST: a number or percentage expected")
    if minimum.endswith("%"):
        return Fraction(minimum[:-1]) * count / 100
    return int(minimum)


def _joined(word, left, right):
    if word == "AND":
        return lambda states: left(states) and right(states)
    return lambda states: left(states) or right(states)
