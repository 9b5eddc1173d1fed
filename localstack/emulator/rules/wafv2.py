"""What AWS WAF refuses of web ACLs, rule groups and the rules in them."""

from collections import Counter

from ministack.core.responses import get_region
from ministack.services import waf

from rules import refuses
from rules.references import values_at
from rules.wafv2_state import (
    ACLS,
    API,
    BAD_REFERENCE,
    CONTAINERS,
    EXACTLY_ONE,
    GROUPS,
    MEASURED,
    MISSING_FIELD,
    NONEXISTENT,
    QUOTAS,
    STORES,
    bodies_in,
    fault,
    over_limit,
    rules_in,
    statements_in,
)

RATE = f"{API}/API_RateBasedStatement.html"
RULE = f"{API}/API_Rule.html"
INVALID = "WAFInvalidParameterException"
WINDOWS = (60, 120, 300, 600)
RATES_OF_ACL, RATES_OF_GROUP = 10, 4
RESERVED_METRICS = ("All", "Default_Action")
TOO_LOW = (
    "You haven't met a minimum requirement for a threshold setting. Examples include a rule group capacity setting that's too low "
    "and an OR statement with only one nested statement."
)
DUPLICATE = "You have duplicated some of the information in the parameter."
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
MANAGED = {
    f"AWSManagedRules{name}"
    for name in (
        "CommonRuleSet",
        "AdminProtectionRuleSet",
        "KnownBadInputsRuleSet",
        "SQLiRuleSet",
        "LinuxRuleSet",
        "UnixRuleSet",
        "WindowsRuleSet",
        "PHPRuleSet",
        "WordPressRuleSet",
        "AmazonIpReputationList",
        "AnonymousIpList",
        "ATPRuleSet",
        "ACFPRuleSet",
        "BotControlRuleSet",
        "AntiDDoSRuleSet",
    )
}
CONFIGURED = ("AWSManagedRulesATPRuleSet", "AWSManagedRulesACFPRuleSet")


def refuses_rules(source: str, *operations: str):
    return refuses("wafv2", *(operations or CONTAINERS), code=INVALID, source=source)


@refuses("wafv2", *(f"Create{kind}" for kind in STORES), code=INVALID, source=f"{API}/API_CreateWebACL.html (Scope)")
def scope_of_region(parameters: dict) -> str | None:
    """Something for CloudFront in another region than us-east-1."""
    wrong = parameters.get("Scope") == "CLOUDFRONT" and get_region() != waf.CLOUDFRONT_HOME_REGION
    return fault("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT") if wrong else None


@refuses_rules(f"{API}/API_DefaultAction.html", *ACLS)
def one_default_action(parameters: dict) -> str | None:
    """A web ACL whose default action is not exactly one of allow and block."""
    action = parameters.get("DefaultAction")
    return fault(EXACTLY_ONE, "DEFAULT_ACTION", "DefaultAction") if action is not None and len(action) != 1 else None


@refuses_rules(f"{RULE}; {MEASURED}/pf-wafv2-rule-unique")
def unique_rules(parameters: dict) -> str | None:
    """Two rules with the same priority, or with the same name."""
    for name, reason in (("Priority", "You have a duplicate priority. Priorities must be unique."), ("Name", DUPLICATE)):
        counts = Counter(rule.get(name) for rule in rules_in(parameters))
        if twice := [value for value, count in counts.items() if count > 1]:
            return fault(reason, "RULE", twice[0])
    return None


@refuses_rules(f"{RULE} (Action, OverrideAction); {MEASURED}/pf-wafv2-rule-action")
def action_of_kind(parameters: dict) -> str | None:
    """A rule for a rule group with an action in place of an override action, another rule without an action, or a rule with both."""
    for rule in rules_in(parameters):
        is_group = any(kind in GROUPS for kind in rule.get("Statement") or {})
        given = [name for name in ("Action", "OverrideAction") if rule.get(name) is not None]
        if len(given) != 1:
            reason = "You have used none or multiple values for a field that requires exactly one value."
            return fault(reason, "RULE", "Rule")
        if given != (["OverrideAction"] if is_group else ["Action"]):
            return fault(BAD_REFERENCE, "RULE", "Statement")
        if len(rule[given[0]]) != 1:
            field = "RULE_ACTION" if given == ["Action"] else "OVERRIDE_ACTION"
            return fault(EXACTLY_ONE, field, "RuleAction" if given == ["Action"] else "OverrideAction")
    return None


@refuses_rules(f"{API}/API_Statement.html; {MEASURED}/pf-wafv2-statement-exactly-one")
def one_statement(parameters: dict) -> str | None:
    """A statement, or what it looks at, that is not exactly one of its kinds."""
    for statement, _ in statements_in(parameters):
        if len(statement) != 1:
            return fault(EXACTLY_ONE, "STATEMENT", "Statement")
        if any(len(body["FieldToMatch"]) != 1 for body in statement.values() if "FieldToMatch" in body):
            return fault(EXACTLY_ONE, "FIELD_TO_MATCH", "FieldToMatch")
    return None


@refuses_rules(f"{API}/API_AndStatement.html; https://github.com/hashicorp/terraform-provider-aws/issues/34320")
def two_to_combine(parameters: dict) -> str | None:
    """AND or OR of fewer than two statements."""
    for kind, field in (("AndStatement", "AND_STATEMENT"), ("OrStatement", "OR_STATEMENT")):
        if any(len(body.get("Statements") or []) < 2 for body in bodies_in(parameters, kind)):
            return fault(TOO_LOW, field, kind)
    return None


@refuses_rules(f"{API}/API_Statement.html; {API}/API_ManagedRuleGroupStatement.html")
def only_at_the_top(parameters: dict) -> str | None:
    """A rule group or a rate inside of another statement; a managed rule group in a rule group."""
    is_group = "VisibilityConfig" in parameters and "DefaultAction" not in parameters
    for statement, nested in statements_in(parameters):
        kinds = set(statement)
        if nested and kinds & {*GROUPS, "RateBasedStatement"} or is_group and kinds & set(GROUPS):
            return fault(BAD_REFERENCE, "RULE", "Statement")
    return None


@refuses_rules(f"{RATE}; {MEASURED}/pf-wafv2-rate-based-statement")
def settings_of_rate(parameters: dict) -> str | None:
    """A rate whose window is not 60, 120, 300 or 600 seconds, or without what its way of counting needs."""
    for body in bodies_in(parameters, "RateBasedStatement"):
        kind, keys = body.get("AggregateKeyType"), body.get("CustomKeys") or []
        if body.get("EvaluationWindowSec", WINDOWS[0]) not in WINDOWS:
            return fault("The parameter value is out of bounds.", "RATE_BASED_STATEMENT", body["EvaluationWindowSec"])
        by_forwarded = kind == "FORWARDED_IP" or any("ForwardedIP" in key for key in keys)
        if (by_forwarded and not body.get("ForwardedIPConfig")) or (kind == "CONSTANT" and not body.get("ScopeDownStatement")):
            return fault(MISSING_FIELD, "RATE_BASED_STATEMENT", "RateBasedStatement")
        if kind == "CUSTOM_KEYS" and not keys:
            reason = "You are missing at-least one of condition between some parameters or all parameters of object."
            return fault(reason, "CUSTOM_KEYS", "CustomKeys")
        if keys and kind != "CUSTOM_KEYS":
            return fault("Your request in not valid.", "CUSTOM_KEYS", "CustomKeys")
        if any(len(key) != 1 for key in keys):
            return fault(EXACTLY_ONE, "CUSTOM_KEYS", "CustomKeys")
    return None


@refuses("wafv2", *CONTAINERS, code="WAFLimitsExceededException", source=f"{QUOTAS}; {MEASURED}/pf-wafv2-rate-based-statement")
def too_many_rates(parameters: dict) -> str | None:
    """More than ten rates in a web ACL, or more than four in a rule group."""
    count = sum(1 for _ in bodies_in(parameters, "RateBasedStatement"))
    of_acl = "DefaultAction" in parameters
    most, where = (RATES_OF_ACL, "WEBACL") if of_acl else (RATES_OF_GROUP, "RULE_GROUP")
    return over_limit(f"NUM_RATEBASED_STATEMENT_IN_{where}") if count > most else None


@refuses("wafv2", "CreateRuleGroup", code="WAFLimitsExceededException", source=f"{QUOTAS}; {MEASURED}/pf-wafv2-capacity")
def too_much_capacity(parameters: dict) -> str | None:
    """A rule group with a capacity of more than 5000."""
    return over_limit("NUM_CAPACITY_UNITS_IN_RULE_GROUP") if parameters.get("Capacity", 0) > 5000 else None


@refuses("wafv2", "CreateWebACL", code="WAFLimitsExceededException", source=QUOTAS)
def too_many_acls(parameters: dict) -> str | None:
    """More than 100 web ACLs of an account in a region."""
    return over_limit("NUM_WEBACLS_BY_ACCOUNT") if len(list(waf._web_acls.values())) >= 100 else None


@refuses_rules(f"{API}/API_VisibilityConfig.html (MetricName); {MEASURED}/pf-wafv2-metric-name-reserved")
def reserved_metric(parameters: dict) -> str | None:
    """A metric with a name that is reserved: All or Default_Action."""
    names = [*values_at(parameters, "VisibilityConfig.MetricName"), *values_at(parameters, "Rules.VisibilityConfig.MetricName")]
    reserved = next((name for name in names if name in RESERVED_METRICS), None)
    return fault("The metric name is not valid.", "METRIC_NAME", reserved) if reserved else None


@refuses("wafv2", *CONTAINERS, code="WAFNonexistentItemException", source=f"{MEASURED}/pf-wafv2-managed-rule-group")
def unknown_group(parameters: dict) -> str | None:
    """A managed rule group of AWS that AWS does not have."""
    groups = [body for body in bodies_in(parameters, "ManagedRuleGroupStatement") if body.get("VendorName") == "AWS"]
    return NONEXISTENT if any(body.get("Name") not in MANAGED for body in groups) else None


@refuses_rules(f"{API}/API_ManagedRuleGroupStatement.html; {MEASURED}/pf-wafv2-managed-rule-group")
def settings_of_group(parameters: dict) -> str | None:
    """A managed rule group for logins or sign-ups without its settings, with those of another one, or a rule of it overridden twice."""
    for body in bodies_in(parameters, "ManagedRuleGroupStatement"):
        given = {kind for each in body.get("ManagedRuleGroupConfigs") or [] for kind in each if kind.startswith("AWSManagedRules")}
        if body.get("Name") in CONFIGURED and body["Name"] not in given:
            return fault(MISSING_FIELD, "MANAGED_RULE_GROUP_CONFIG", "ManagedRuleGroupConfigs")
        if given - {body.get("Name")}:
            return fault("You used a parameter value that isn't supported.", "MANAGED_RULE_GROUP_CONFIG", sorted(given)[0])
        counts = Counter(each.get("Name") for each in body.get("RuleActionOverrides") or [])
        if twice := [name for name, count in counts.items() if count > 1]:
            return fault(DUPLICATE, "RULE", twice[0])
    return None
