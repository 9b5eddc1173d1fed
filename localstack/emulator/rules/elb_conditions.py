"""Rules of listeners: priorities and conditions."""

import re

from ministack.services import alb

from rules import refuses
from rules.ec2_state import is_block
from rules.elb_state import API, MEASURED, QUOTAS, balancer_of
from rules.references import must_exist, values_at

CHANGES = ("CreateRule", "ModifyRule")
CONDITION = f"{API}/API_RuleCondition.html"
CONFIGS = {
    **{"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig", "http-header": "HttpHeaderConfig"},
    **{"http-request-method": "HttpRequestMethodConfig", "query-string": "QueryStringConfig", "source-ip": "SourceIpConfig"},
}
SIMPLE = ("path-pattern", "host-header")
WITH_PATTERNS = (*SIMPLE, "http-header")
ONCE = (*SIMPLE, "http-request-method", "source-ip")
CHARACTERS = {
    "path-pattern": re.compile(r"[A-Za-z0-9_\-.$/~\"'@:+&*?]+"),
    # At least two labels, of which the last one starts with a letter or is a pattern.
    "host-header": re.compile(r"[A-Za-z0-9\-.*?]*\.[A-Za-z*?][A-Za-z0-9*?-]*"),
    "http-request-method": re.compile(r"[A-Z_-]+"),
}
LENGTHS = {"path-pattern": 128, "host-header": 128, "http-header": 128, "http-request-method": 40}


def values_of(condition: dict) -> list:
    config = condition.get(CONFIGS.get(condition.get("Field", ""), "")) or {}
    return [*(condition.get("Values") or []), *(config.get("Values") or [])]


def patterns_of(condition: dict) -> list:
    config = condition.get(CONFIGS.get(condition.get("Field", ""), "")) or {}
    return [*(condition.get("RegexValues") or []), *(config.get("RegexValues") or [])]


def siblings(listener: str | None) -> list[dict]:
    return [rule for rule in alb._rules.values() if rule["ListenerArn"] == listener]


@refuses("elasticloadbalancing", "CreateRule", code="PriorityInUse", source=f"{API}/API_CreateRule.html (Priority)")
def priority_taken(parameters: dict) -> str | None:
    """A priority that another rule of the listener has."""
    priority = str(parameters.get("Priority"))
    taken = any(rule["Priority"] == priority for rule in siblings(parameters.get("ListenerArn")))
    return f"Priority '{priority}' is currently in use" if taken else None


must_exist(
    "elasticloadbalancing",
    ("SetRulePriorities",),
    "RulePriorities.RuleArn",
    alb._rules.__contains__,
    kind="A rule",
    code="RuleNotFound",
    words="One or more rules not found",
    source=f"{API}/API_SetRulePriorities.html (Errors)",
)


@refuses("elasticloadbalancing", "SetRulePriorities", code="PriorityInUse", source=f"{API}/API_SetRulePriorities.html (Errors)")
def priorities_taken(parameters: dict) -> str | None:
    """A priority that a rule has whose own is not changed in the same request."""
    moved = {each["RuleArn"]: str(each["Priority"]) for each in parameters.get("RulePriorities", [])}
    listeners = {alb._rules[arn]["ListenerArn"] for arn in moved if arn in alb._rules}
    kept = [rule["Priority"] for listener in listeners for rule in siblings(listener) if rule["RuleArn"] not in moved]
    wrong = next((priority for priority in moved.values() if priority in kept), None)
    return f"Priority '{wrong}' is currently in use" if wrong else None


@refuses("elasticloadbalancing", "SetRulePriorities", code="ValidationError", source=f"{API}/API_SetRulePriorities.html")
def priority_twice(parameters: dict) -> str | None:
    """The same priority for two rules in one request."""
    priorities = values_at(parameters, "RulePriorities.Priority")
    wrong = next((each for each in priorities if priorities.count(each) > 1), None)
    return f"Priority '{wrong}' was provided multiple times" if wrong is not None else None


@refuses("elasticloadbalancing", "CreateRule", code="TooManyRules", source=QUOTAS)
def too_many(parameters: dict) -> str | None:
    """More than 100 rules of a load balancer, not counting default ones, which is the quota of a new account."""
    arn = balancer_of(parameters).get("LoadBalancerArn")
    listeners = [each["ListenerArn"] for each in alb._listeners.values() if each["LoadBalancerArn"] == arn]
    count = sum(not rule["IsDefault"] for listener in listeners for rule in siblings(listener))
    return "The maximum number of rules per load balancer has been reached" if count >= 100 else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CONDITION} (Field)")
def unknown_field(parameters: dict) -> str | None:
    """A condition on something that load balancers do not look at."""
    wrong = next((each for each in values_at(parameters, "Conditions.Field") if each not in CONFIGS), None)
    return f"Condition field '{wrong}' must be one of '[{','.join(CONFIGS)}]'" if wrong is not None else None


@refuses("elasticloadbalancing", "CreateRule", code="ValidationError", source=f"{API}/API_CreateRule.html (Conditions); {MEASURED}")
def no_condition(parameters: dict) -> str | None:
    """A rule without a condition."""
    return None if parameters.get("Conditions") else "A condition must be specified"


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CONDITION} (Values)")
def wrong_condition(parameters: dict) -> str | None:
    """A condition without values, with values in two forms, or with one that is too long or has a wrong character."""
    for condition in parameters.get("Conditions", []):
        field = condition.get("Field", "")
        if words := wrong_form(condition, field):
            return words
        if patterns_of(condition) and field not in WITH_PATTERNS:
            return f"'RegexValues' is not supported for a condition of type '{field}'"
        for value in [each for each in values_of(condition) if isinstance(each, str)]:
            if len(value) > LENGTHS.get(field, 128):
                return f"Condition value for '{field}' cannot contain more than {LENGTHS.get(field, 128)} characters"
            if field in CHARACTERS and not CHARACTERS[field].fullmatch(value):
                return f"Condition value '{value}' contains a character that is not valid"
            if field == "source-ip" and not is_block(value):
                return f"The specified value '{value}' is not a valid CIDR block"
    return None


def wrong_form(condition: dict, field: str) -> str | None:
    config = CONFIGS.get(field, "")
    if condition.get("Values") and condition.get(config):
        return f"You cannot provide both Values and '{config}' for a condition of type '{field}'"
    if condition.get("Values") and field not in SIMPLE:
        return f"The 'Values' field is not compatible with '{field}'"
    if len(condition.get("Values") or []) > 1:
        return f"The '{field}' field contains too many values; the limit is '1'"
    if field not in SIMPLE and not condition.get(config):
        return f"A '{config}' must be specified with '{field}'"
    if values_of(condition) or patterns_of(condition):
        return None
    ways = f"Values or RegexValues or {config}" if field in SIMPLE else config
    return f"For conditions of type '{field}', you must specify the following fields: '{ways}'"


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{QUOTAS} (Condition values per rule)")
def too_many_values(parameters: dict) -> str | None:
    """More than five values in the conditions of a rule, or two conditions on the same thing."""
    conditions = parameters.get("Conditions", [])
    fields = [condition.get("Field") for condition in conditions]
    twice = next((field for field in ONCE if fields.count(field) > 1), None)
    if twice:
        return f"A rule can only have one '{twice}' condition"
    many = sum(len(values_of(condition)) + len(patterns_of(condition)) for condition in conditions) > 5
    return "A rule can only have '5' condition values" if many else None


@refuses("elasticloadbalancing", "DeleteRule", code="OperationNotPermitted", source=f"{API}/API_DeleteRule.html")
def default_rule_deleted(parameters: dict) -> str | None:
    """The deletion of a listener's default rule."""
    arn = parameters.get("RuleArn")
    return f"Default rule '{arn}' cannot be deleted" if alb._rules.get(arn, {}).get("IsDefault") else None
