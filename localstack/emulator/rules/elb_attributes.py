"""Attributes of load balancers and target groups: which there are, and what they may be."""

import json
import re
from fnmatch import fnmatchcase

from ministack.core.responses import get_account_id
from ministack.services import alb, s3

from rules import refuses
from rules.elb_state import API, GUIDE

BALANCER = f"{API}/API_LoadBalancerAttribute.html"
GROUP = f"{API}/API_TargetGroupAttribute.html"
YES_OR_NO = ("true", "false")
TEXT = None

# What each may be: one of several values, a range, or any text.
BALANCER_ATTRIBUTES = {
    **dict.fromkeys(
        (
            *("deletion_protection.enabled", "load_balancing.cross_zone.enabled", "access_logs.s3.enabled"),
            *("connection_logs.s3.enabled", "health_check_logs.s3.enabled", "ipv6.deny_all_igw_traffic"),
            *("zonal_shift.config.enabled", "routing.http2.enabled", "routing.http.drop_invalid_header_fields.enabled"),
            *("routing.http.preserve_host_header.enabled", "routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
            *("routing.http.xff_client_port.enabled", "waf.fail_open.enabled"),
        ),
        YES_OR_NO,
    ),
    **dict.fromkeys(
        (
            *("access_logs.s3.bucket", "access_logs.s3.prefix", "connection_logs.s3.bucket", "connection_logs.s3.prefix"),
            *("health_check_logs.s3.bucket", "health_check_logs.s3.prefix", "secondary_ips.auto_assigned.per_subnet"),
        ),
        TEXT,
    ),
    "dns_record.client_routing_policy": (
        *("availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"),
    ),
    "idle_timeout.timeout_seconds": range(1, 4001),
    "client_keep_alive.seconds": range(60, 604801),
    "routing.http.desync_mitigation_mode": ("monitor", "defensive", "strictest"),
    "routing.http.xff_header_processing.mode": ("append", "preserve", "remove"),
}
HEALTH = "target_group_health"
GROUP_ATTRIBUTES = {
    **dict.fromkeys(
        (
            *("stickiness.enabled", "lambda.multi_value_headers.enabled", "proxy_protocol_v2.enabled"),
            *("deregistration_delay.connection_termination.enabled", "preserve_client_ip.enabled"),
            "target_health_state.unhealthy.connection_termination.enabled",
        ),
        YES_OR_NO,
    ),
    **dict.fromkeys(
        (
            *("stickiness.app_cookie.cookie_name", f"{HEALTH}.dns_failover.minimum_healthy_targets.count"),
            f"{HEALTH}.dns_failover.minimum_healthy_targets.percentage",
            f"{HEALTH}.unhealthy_state_routing.minimum_healthy_targets.count",
            f"{HEALTH}.unhealthy_state_routing.minimum_healthy_targets.percentage",
        ),
        TEXT,
    ),
    **dict.fromkeys(("target_failover.on_deregistration", "target_failover.on_unhealthy"), ("rebalance", "no_rebalance")),
    "deregistration_delay.timeout_seconds": range(0, 3601),
    "target_health_state.unhealthy.draining_interval_seconds": range(0, 360001),
    "slow_start.duration_seconds": (*map(str, range(30, 901)), "0"),
    "stickiness.type": ("lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"),
    "stickiness.lb_cookie.duration_seconds": range(1, 604801),
    "stickiness.app_cookie.duration_seconds": range(1, 604801),
    "load_balancing.cross_zone.enabled": (*YES_OR_NO, "use_load_balancer_configuration"),
    "load_balancing.algorithm.type": ("round_robin", "least_outstanding_requests", "weighted_random"),
    "load_balancing.algorithm.anomaly_mitigation": ("on", "off"),
}


def attributes_in(parameters: dict) -> dict[str, str]:
    return {each.get("Key", ""): each.get("Value", "") for each in parameters.get("Attributes", [])}


def wrong_value(key: str, value: str, allowed: range | tuple | None) -> str | None:
    if isinstance(allowed, range):
        right = value.isdigit() and int(value) in allowed
        return None if right else f"'{key}' value '{value}' must be between '{allowed[0]}-{allowed[-1]}' inclusive"
    if allowed is None or value in allowed:
        return None
    if key == "slow_start.duration_seconds":
        return f"'{key}' value '{value}' must be between '30-900' inclusive, or '0'"
    return f"'{key}' value '{value}' must be one of [{', '.join(allowed)}]"


def limit(operation: str, known: dict, named: str, source: str) -> None:
    def check(parameters: dict) -> str | None:
        keys = [each.get("Key", "") for each in parameters.get("Attributes", [])]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            return f"Attribute key '{twice}' has been specified more than once"
        for key, value in attributes_in(parameters).items():
            if key not in known:
                return f"{named} attribute key '{key}' is not recognized"
            if words := wrong_value(key, value, known[key]):
                return words
        return None

    check.__doc__ = f"An attribute that a {named.lower()} does not have, a value that it cannot have, or one attribute twice."
    refuses("elasticloadbalancing", operation, code="ValidationError", source=source)(check)


limit("ModifyLoadBalancerAttributes", BALANCER_ATTRIBUTES, "Load balancer", BALANCER)
limit("ModifyTargetGroupAttributes", GROUP_ATTRIBUTES, "Target group", GROUP)


def wanted(parameters: dict, store, key: str) -> dict[str, str]:
    """All attributes as they will be."""
    kept = {each["Key"]: each["Value"] for each in store.get(parameters.get(key), [])}
    return kept | attributes_in(parameters)


@refuses("elasticloadbalancing", "ModifyTargetGroupAttributes", code="InvalidConfigurationRequest", source=GROUP)
def wrong_stickiness(parameters: dict) -> str | None:
    """Stickiness of a kind that the target group's protocol does not have, or by a cookie without a name."""
    group = alb._tgs.get(parameters.get("TargetGroupArn"), {})
    attributes = wanted(parameters, alb._tg_attrs, "TargetGroupArn")
    kind, protocol = attributes.get("stickiness.type"), group.get("Protocol")
    is_web = protocol in ("HTTP", "HTTPS")
    if kind and "stickiness.type" in attributes_in(parameters) and is_web != kind.endswith("cookie"):
        return f"Stickiness type '{kind}' is not supported for target groups with the {protocol} protocol"
    named = attributes.get("stickiness.app_cookie.cookie_name")
    if kind == "app_cookie" and attributes.get("stickiness.enabled") == "true" and not named:
        return "You must set an application cookie name to enable stickiness of type 'app_cookie'"
    return None


@refuses("elasticloadbalancing", "ModifyTargetGroupAttributes", code="ValidationError", source=f"{GROUP} (cookie_name)")
def reserved_cookie(parameters: dict) -> str | None:
    """A cookie with a name that is the load balancers' own."""
    name = attributes_in(parameters).get("stickiness.app_cookie.cookie_name", "")
    return f"Cookie name '{name}' cannot begin with AWSALB, AWSALBAPP or AWSALBTG" if name.startswith("AWSALB") else None


@refuses(
    "elasticloadbalancing",
    "ModifyTargetGroupAttributes",
    code="InvalidConfigurationRequest",
    source=f"{GUIDE}/edit-target-group-attributes.html",
)
def slow_start_of_another_algorithm(parameters: dict) -> str | None:
    """A slow start of targets that are not chosen in turn."""
    attributes = wanted(parameters, alb._tg_attrs, "TargetGroupArn")
    algorithm = attributes.get("load_balancing.algorithm.type", "round_robin")
    wrong = attributes.get("slow_start.duration_seconds", "0") != "0" and algorithm != "round_robin"
    return f"Slow start is not supported with the load balancing algorithm '{algorithm}'" if wrong else None


@refuses(
    "elasticloadbalancing",
    "ModifyTargetGroupAttributes",
    code="InvalidConfigurationRequest",
    source=f"{GROUP} (load_balancing.algorithm.anomaly_mitigation)",
)
def mitigation_of_another_algorithm(parameters: dict) -> str | None:
    """Anomaly mitigation with another algorithm than weighted_random."""
    attributes = wanted(parameters, alb._tg_attrs, "TargetGroupArn")
    algorithm = attributes.get("load_balancing.algorithm.type", "round_robin")
    wrong = attributes.get("load_balancing.algorithm.anomaly_mitigation") == "on" and algorithm != "weighted_random"
    return f"Anomaly mitigation is not supported with the load balancing algorithm '{algorithm}'" if wrong else None


# The load balancers' own accounts, from before they had a service's name.
OWN_ACCOUNTS = {
    **{"us-east-1": "127311923021", "us-east-2": "033677994240", "us-west-1": "027434742980", "us-west-2": "797873946194"},
    **{"eu-west-1": "156460612806", "eu-west-2": "652711504416", "eu-west-3": "009996457667", "eu-central-1": "054676820928"},
}
DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def lets_write(bucket: str, key: str) -> bool:
    """Whether the policy of a bucket lets load balancers put an object."""
    try:
        statements = listed(json.loads(s3._bucket_policies.get(bucket) or "{}").get("Statement", []))
    except ValueError:
        return False
    return any(statement.get("Effect") == "Allow" and covers(statement, f"arn:aws:s3:::{bucket}/{key}") for statement in statements)


def covers(statement: dict, resource: str) -> bool:
    actions, resources = listed(statement.get("Action", [])), listed(statement.get("Resource", []))
    is_put = any(fnmatchcase("s3:putobject", action.lower()) for action in actions)
    return is_put and any(fnmatchcase(resource, each) for each in resources) and is_delivery(statement.get("Principal"))


def is_delivery(principal: str | dict | None) -> bool:
    if principal == "*":
        return True
    named = principal if isinstance(principal, dict) else {}
    accounts = listed(named.get("AWS", []))
    own = tuple(OWN_ACCOUNTS.values())
    return DELIVERY in listed(named.get("Service", [])) or any(
        each == "*" or each in own or re.fullmatch(rf"arn:aws[a-z-]*:iam::({'|'.join(own)}):root", each) for each in accounts
    )


@refuses(
    "elasticloadbalancing",
    "ModifyLoadBalancerAttributes",
    code="InvalidConfigurationRequest",
    source=f"{GUIDE}/enable-access-logging.html",
)
def logs_not_allowed(parameters: dict) -> str | None:
    """Access or connection logs to a bucket that is not there, that is encrypted with a KMS key, or whose policy does not let load
    balancers write."""
    attributes = wanted(parameters, alb._lb_attrs, "LoadBalancerArn")
    for kind in ("access_logs", "connection_logs", "health_check_logs"):
        if attributes.get(f"{kind}.s3.enabled") != "true":
            continue
        bucket, prefix = attributes.get(f"{kind}.s3.bucket", ""), attributes.get(f"{kind}.s3.prefix", "").strip("/")
        if not bucket:
            return f"The key '{kind}.s3.bucket' must set in order to enable {kind.replace('_', ' ')}"
        key = f"{prefix}/AWSLogs/{get_account_id()}/ELBAccessLogTestFile".lstrip("/")
        by_key = "aws:kms" in str(s3._bucket_encryption.get(bucket, ""))
        if bucket not in s3._buckets or by_key or not lets_write(bucket, key):
            return f"Access Denied for bucket: {bucket}. Please check S3bucket permission"
    return None
