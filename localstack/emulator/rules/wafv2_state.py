"""What the emulated AWS WAF holds, and how it words its refusals."""

from collections.abc import Iterator
from typing import Any

from ministack.core.arn import ArnParseError, parse_arn
from ministack.core.responses import get_account_id, get_region
from ministack.services import alb, waf

API = "https://docs.aws.amazon.com/waf/latest/APIReference"
QUOTAS = "https://docs.aws.amazon.com/waf/latest/developerguide/limits.html"
MEASURED = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/wafv2"
ACLS = ("CreateWebACL", "UpdateWebACL")
CONTAINERS = (*ACLS, "CreateRuleGroup", "UpdateRuleGroup")

STORES = {"WebACL": waf._web_acls, "IPSet": waf._ip_sets, "RegexPatternSet": waf._regex_pattern_sets, "RuleGroup": waf._rule_groups}
# Where statements are in a statement.
INSIDE = {
    "AndStatement": "Statements",
    "OrStatement": "Statements",
    "NotStatement": "Statement",
    "RateBasedStatement": "ScopeDownStatement",
    "ManagedRuleGroupStatement": "ScopeDownStatement",
}
GROUPS = ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")
REFERENCES = ("IPSetReferenceStatement", "RegexPatternSetReferenceStatement", "RuleGroupReferenceStatement")

EXACTLY_ONE = "EXACTLY_ONE_CONDITION_REQUIRED"
MISSING_FIELD = "A required field is missing from the parameter."
BAD_REFERENCE = "A reference in your rule statement is not valid."
BAD_ARN = "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes."
NONEXISTENT = "AWS WAF couldn’t perform the operation because your resource doesn’t exist."
ASSOCIATED = (
    "AWS WAF couldn’t perform the operation because your resource is being used by another resource "
    "or it’s associated with another resource."
)
CHANGED = (
    "AWS WAF couldn’t save your changes because you tried to update or delete a resource that has changed since you last retrieved it. "
    "Get the resource again, make any changes you need to make to the new copy, and retry your operation."
)


def fault(reason: str, field: str, parameter: Any) -> str:
    return f"Error reason: {reason}, field: {field}, parameter: {parameter}"


def over_limit(name: str = "") -> str:
    return f"AWS WAF couldn’t perform the operation because you exceeded your resource limit {name}".rstrip() + "."


def rules_in(parameters: dict) -> list[dict]:
    return parameters.get("Rules") or []


def statements_under(statement: dict) -> Iterator[tuple[dict, bool]]:
    """A statement and all in it, each with whether it is in another one."""
    waiting = [(statement, False)]
    while waiting:
        one, nested = waiting.pop()
        yield one, nested
        for kind, body in one.items():
            inside = body.get(INSIDE.get(kind, "")) or []
            waiting.extend((each, True) for each in (inside if isinstance(inside, list) else [inside]))


def statements_in(parameters: dict) -> Iterator[tuple[dict, bool]]:
    for rule in rules_in(parameters):
        yield from statements_under(rule.get("Statement") or {})


def bodies_in(parameters: dict, *kinds: str) -> Iterator[dict]:
    for statement, _ in statements_in(parameters):
        yield from (body for kind, body in statement.items() if kind in kinds)


def named(parameters: dict, kind: str) -> dict | None:
    """The web ACL or set that a request changes or deletes."""
    return waf._resource_from_scope(STORES[kind], parameters.get("Id"), parameters.get("Scope"))


def is_here(arn: str) -> bool:
    """Whether an ARN is of this account, and of this region or global."""
    try:
        spec = parse_arn(arn)
    except ArnParseError:
        return False
    region = waf.CLOUDFRONT_HOME_REGION if spec.resource.startswith("global/") else get_region()
    return spec.service == "wafv2" and (spec.account_id, spec.region) == (get_account_id(), region)


def exists(arn: str) -> bool:
    return any(each["ARN"] == arn for store in STORES.values() for each in store._data.values())


def balancers_of(web_acl: str) -> list[str]:
    """The load balancers that a web ACL is in front of, without those that are gone."""
    return [resource for resource, acl in waf._associations.items() if acl == web_acl and resource in alb._lbs]


def is_referenced(arn: str) -> bool:
    """Whether a rule of a web ACL or of a rule group names a set or a rule group."""
    containers = [*waf._web_acls._data.values(), *waf._rule_groups._data.values()]
    return any(body.get("ARN") == arn for each in containers for body in bodies_in(each, *REFERENCES))
