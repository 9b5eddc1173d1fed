"""What AWS WAF refuses of what belongs together: sets and groups that rules name, associations, logs, and deletions."""

import ipaddress
import re

from ministack.core.responses import get_account_id, get_region
from ministack.services import alb, waf

from rules import refuses
from rules.references import must_exist, values_at
from rules.wafv2_state import (
    API,
    ASSOCIATED,
    BAD_ARN,
    CHANGED,
    CONTAINERS,
    EXACTLY_ONE,
    MEASURED,
    NONEXISTENT,
    QUOTAS,
    REFERENCES,
    STORES,
    balancers_of,
    bodies_in,
    exists,
    fault,
    is_here,
    is_referenced,
    named,
    over_limit,
)

INVALID = "WAFInvalidParameterException"
ASSOCIATE = f"{API}/API_AssociateWebACL.html"
LOGGING = f"{API}/API_PutLoggingConfiguration.html"
DESTINATIONS = "https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html"
PROTECTED = (
    "elasticloadbalancing:[^:]+:[^:]+:loadbalancer/app/",
    "apigateway:[^:]+::/restapis/",
    "appsync:",
    "cognito-idp:",
    "apprunner:",
    "ec2:[^:]+:[^:]+:verified-access-instance/",
    "amplify:",
)


@refuses("wafv2", *CONTAINERS, code=INVALID, source=f"{API}/API_IPSetReferenceStatement.html; {MEASURED}/pf-wafv2-reference-arn")
def reference_elsewhere(parameters: dict) -> str | None:
    """A set or rule group of another region or account, or of the other scope, in a rule."""
    scope = "global/" if parameters.get("Scope") == "CLOUDFRONT" else "regional/"
    arns = [body.get("ARN", "") for body in bodies_in(parameters, *REFERENCES)]
    wrong = next((arn for arn in arns if not is_here(arn) or scope not in arn), None)
    return fault(BAD_ARN, "RESOURCE_ARN", wrong) if wrong is not None else None


@refuses("wafv2", *CONTAINERS, code="WAFNonexistentItemException", source=f"{API}/API_CreateWebACL.html (Errors)")
def reference_missing(parameters: dict) -> str | None:
    """A set or rule group that does not exist, in a rule."""
    return None if all(exists(body.get("ARN", "")) for body in bodies_in(parameters, *REFERENCES)) else NONEXISTENT


must_exist(
    "wafv2",
    ("AssociateWebACL", "ListResourcesForWebACL"),
    "WebACLArn",
    exists,
    kind="A web ACL",
    code="WAFNonexistentItemException",
    words=NONEXISTENT,
    source=f"{ASSOCIATE} (Errors)",
)
must_exist(
    "wafv2",
    ("PutLoggingConfiguration",),
    "LoggingConfiguration.ResourceArn",
    exists,
    kind="A web ACL",
    code="WAFNonexistentItemException",
    words=NONEXISTENT,
    source=f"{LOGGING} (Errors)",
)


@refuses("wafv2", "AssociateWebACL", code=INVALID, source=f"{ASSOCIATE} (ResourceArn); {MEASURED}/pf-wafv2-association-resource-arn")
def not_protected(parameters: dict) -> str | None:
    """A web ACL in front of what cannot have one, like a network load balancer or a distribution, or of another region or account."""
    arn = parameters.get("ResourceArn", "")
    other = arn.startswith("arn:aws:elasticloadbalancing:") and f":{get_region()}:{get_account_id()}:" not in arn
    protected = re.match(rf"arn:aws[a-z-]*:({'|'.join(PROTECTED)})", arn)
    of_other_type = alb._lbs.get(arn, {}).get("Type", "application") != "application"
    return fault(BAD_ARN, "RESOURCE_ARN", arn) if other or of_other_type or not protected else None


@refuses("wafv2", "AssociateWebACL", code=INVALID, source=f"{ASSOCIATE} (WebACLArn)")
def scope_of_association(parameters: dict) -> str | None:
    """A web ACL for CloudFront in front of a resource of a region."""
    arn = parameters.get("WebACLArn", "")
    return fault(BAD_ARN, "RESOURCE_ARN", arn) if ":global/" in arn else None


@refuses("wafv2", "AssociateWebACL", code="WAFNonexistentItemException", source=f"{ASSOCIATE} (Errors)")
def balancer_missing(parameters: dict) -> str | None:
    """A web ACL in front of a load balancer that does not exist."""
    arn = parameters.get("ResourceArn", "")
    return NONEXISTENT if ":loadbalancer/app/" in arn and arn not in alb._lbs else None


@refuses("wafv2", *(f"{verb}{kind}" for verb in ("Update", "Delete") for kind in STORES), code="WAFOptimisticLockException", source=API)
def old_token(parameters: dict) -> str | None:
    """A change or deletion with a lock token that is not the last one."""
    found = next((each for kind in STORES if (each := named(parameters, kind))), None)
    return CHANGED if found and parameters.get("LockToken") != found["LockToken"] else None


@refuses("wafv2", *(f"Delete{kind}" for kind in STORES), code="WAFAssociatedItemException", source=f"{API}/API_DeleteWebACL.html")
def in_use(parameters: dict) -> str | None:
    """The deletion of a web ACL that is in front of a load balancer, or of a set or rule group that a rule names."""
    found = next((each for kind in STORES if (each := named(parameters, kind))), None)
    return ASSOCIATED if found and (balancers_of(found["ARN"]) or is_referenced(found["ARN"])) else None


@refuses("wafv2", "PutLoggingConfiguration", code="WAFLimitsExceededException", source=f"{API}/API_LoggingConfiguration.html")
def one_destination(parameters: dict) -> str | None:
    """Logs of a web ACL to more than one destination."""
    several = len(parameters["LoggingConfiguration"].get("LogDestinationConfigs", [])) > 1
    return over_limit() if several else None


def is_destination(arn: str) -> bool:
    """Whether logs can go there: a log group, stream or bucket with the prefix, in this account and region."""
    here = f"{get_region()}:{get_account_id()}"
    ways = (f"logs:{here}:log-group:aws-waf-logs-[^:*]+", f"firehose:{here}:deliverystream/aws-waf-logs-.+", "s3:::aws-waf-logs-.+")
    return re.fullmatch(rf"arn:aws[a-z-]*:({'|'.join(ways)})", arn) is not None


@refuses("wafv2", "PutLoggingConfiguration", code=INVALID, source=f"{DESTINATIONS}; {MEASURED}/pf-wafv2-logging-destination")
def wrong_destination(parameters: dict) -> str | None:
    """Logs to something whose name does not begin with aws-waf-logs-, or that is in another account or region."""
    wrong = next((arn for arn in values_at(parameters, "LoggingConfiguration.LogDestinationConfigs") if not is_destination(arn)), None)
    return fault(BAD_ARN, "LOG_DESTINATION", wrong) if wrong is not None else None


@refuses("wafv2", "PutLoggingConfiguration", code=INVALID, source=f"{API}/API_Condition.html; {MEASURED}/pf-wafv2-logging-filter-condition")
def one_condition(parameters: dict) -> str | None:
    """A condition of a filter of logs that is not exactly one of action and label."""
    conditions = values_at(parameters, "LoggingConfiguration.LoggingFilter.Filters.Conditions")
    return fault(EXACTLY_ONE, "FILTER_CONDITION", "Condition") if any(len(each) != 1 for each in conditions) else None


@refuses("wafv2", "PutLoggingConfiguration", code=INVALID, source=f"{API}/API_LoggingConfiguration.html (RedactedFields)")
def redacted_fields(parameters: dict) -> str | None:
    """A field that cannot be left out of logs: none of UriPath, QueryString, SingleHeader and Method."""
    fields = values_at(parameters, "LoggingConfiguration.RedactedFields")
    allowed = {"UriPath", "QueryString", "SingleHeader", "Method"}
    return fault(EXACTLY_ONE, "FIELD_TO_MATCH", "FieldToMatch") if any(len(set(each) & allowed) != 1 for each in fields) else None


def is_block(text: str, version: str) -> bool:
    try:
        block = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text and block.prefixlen > 0 and f"IPV{block.version}" == version


@refuses("wafv2", "CreateIPSet", "UpdateIPSet", code=INVALID, source=f"{API}/API_CreateIPSet.html; {MEASURED}/pf-wafv2-ipset-addresses")
def wrong_address(parameters: dict) -> str | None:
    """An address of an IP set without its prefix length, with /0, or of the other version."""
    version = parameters.get("IPAddressVersion") or (named(parameters, "IPSet") or {}).get("IPAddressVersion", "IPV4")
    wrong = next((each for each in parameters.get("Addresses", []) if not is_block(each, version)), None)
    return fault("The parameter contains formatting that is not valid.", "IP_ADDRESS", wrong) if wrong is not None else None


@refuses("wafv2", "CreateIPSet", "CreateRegexPatternSet", "CreateRuleGroup", code="WAFLimitsExceededException", source=QUOTAS)
def too_many_sets(parameters: dict) -> str | None:
    """More than 100 IP sets or rule groups, or more than 10 pattern sets, of an account in a region."""
    kinds = {"IPAddressVersion": (waf._ip_sets, 100), "RegularExpressionList": (waf._regex_pattern_sets, 10)}
    store, most = next((kinds[name] for name in kinds if name in parameters), (waf._rule_groups, 100))
    return over_limit() if len(list(store.values())) >= most else None


@refuses(
    "wafv2",
    "CreateRegexPatternSet",
    "UpdateRegexPatternSet",
    code="WAFLimitsExceededException",
    source=f"{MEASURED}/pf-wafv2-regex-syntax",
)
def too_many_patterns(parameters: dict) -> str | None:
    """More than ten patterns in a set."""
    many = len(parameters.get("RegularExpressionList", [])) > 10
    return over_limit("NUM_PATTERNS_IN_REGEX_PATTERN_SET") if many else None
