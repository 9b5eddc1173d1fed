"""Target groups: names, what each type needs, health checks and targets."""

import re
from ipaddress import ip_address, ip_network

from ministack.services import alb, ec2

from rules import refuses
from rules.elb_state import API
from rules.references import must_exist

CREATE = f"{API}/API_CreateTargetGroup.html"
WEB = ("HTTP", "HTTPS")
CHANGES = ("CreateTargetGroup", "ModifyTargetGroup")
NEEDED = {"Protocol": "protocol", "Port": "port", "VpcId": "VPC ID"}
NAME = re.compile(r"(?!^-)(?!.*-$)^[A-Za-z0-9-]+$")


def group_of(parameters: dict) -> dict:
    return alb._tgs.get(parameters.get("TargetGroupArn"), {})


def setting(parameters: dict, name: str, default=None):
    """As it will be: of the request, else of the target group that it changes, else the default."""
    return parameters.get(name, group_of(parameters).get(name, default))


@refuses("elasticloadbalancing", "CreateTargetGroup", code="ValidationError", source=f"{CREATE} (Name)")
def wrong_name(parameters: dict) -> str | None:
    """A name of a target group that is longer than 32 characters, has others than letters, digits and hyphens, or starts or ends with
    a hyphen."""
    name = parameters.get("Name", "")
    if len(name) > 32:
        return f"Target group name '{name}' cannot be longer than '32' characters"
    if NAME.fullmatch(name):
        return None
    return (
        f"1 validation error detected: Value '{name}' at 'targetGroupName' failed to satisfy constraint:"
        f" Member must satisfy regular expression pattern: {NAME.pattern}"
    )


@refuses("elasticloadbalancing", "CreateTargetGroup", code="ValidationError", source=f"{CREATE} (Protocol, Port, VpcId)")
def without_companions(parameters: dict) -> str | None:
    """A target group without protocol, port or VPC; or one for a function with any of these."""
    kind = parameters.get("TargetType", "instance")
    is_function = kind == "lambda"
    if not is_function and not (parameters.get("Protocol") and parameters.get("Port")):
        return f"A target group of type '{kind}' must have a protocol and a port"
    for name, words in NEEDED.items():
        given = parameters.get(name) is not None
        if is_function and given:
            return f"{words[0].upper() + words[1:]} cannot be specified for target groups with target type 'lambda'"
        if not is_function and not given:
            return f"A {words} must be specified"
    return None


must_exist(
    "elasticloadbalancing",
    ("CreateTargetGroup",),
    "VpcId",
    ec2._vpcs.__contains__,
    kind="A VPC",
    code="ValidationError",
    words="The VPC ID '{}' is not found",
    source=f'{CREATE} (VpcId); public reports of "The VPC ID \'vpc-…\' is not found"',
)


@refuses(
    "elasticloadbalancing",
    *CHANGES,
    code="ValidationError",
    source=f"{CREATE} (HealthCheckIntervalSeconds, HealthCheckTimeoutSeconds)",
)
def impatient_check(parameters: dict) -> str | None:
    """A health check whose interval is not longer than its timeout, which is 5 seconds unless set."""
    is_web = setting(parameters, "Protocol") in WEB
    interval, timeout = setting(parameters, "HealthCheckIntervalSeconds", 30), setting(parameters, "HealthCheckTimeoutSeconds", 5)
    return "Health check interval must be greater than the timeout." if is_web and interval <= timeout else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CREATE} (HealthCheckPath)")
def relative_path(parameters: dict) -> str | None:
    """A path of a health check that does not start with a slash."""
    path = parameters.get("HealthCheckPath", "/")
    return None if path.startswith("/") else f"Health check path '{path}' must begin with '/'"


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CREATE} (HealthCheckPort)")
def wrong_port(parameters: dict) -> str | None:
    """A port of a health check that is neither traffic-port nor from 1 to 65535."""
    port = parameters.get("HealthCheckPort", "traffic-port")
    right = port == "traffic-port" or (port.isdigit() and 1 <= int(port) <= 65535)
    return None if right else f"Health check port '{port}' must be 'traffic-port' or between '1-65535' inclusive"


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CREATE} (HealthCheckProtocol)")
def wrong_protocol(parameters: dict) -> str | None:
    """A health check with a protocol that has none, or with TCP for a target group of HTTP or HTTPS."""
    own, checked = setting(parameters, "Protocol"), parameters.get("HealthCheckProtocol")
    wrong = checked is not None and (checked not in (*WEB, "TCP") or (own in WEB and checked == "TCP"))
    return f"Health check protocol '{checked}' is not supported for target groups with the protocol {own}" if wrong else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{CREATE} (HealthCheckEnabled)")
def check_switched_off(parameters: dict) -> str | None:
    """Health checks switched off, for targets other than a function."""
    kind = setting(parameters, "TargetType", "instance")
    wrong = parameters.get("HealthCheckEnabled") is False and kind != "lambda"
    return f"Health check enabled must be true for target groups with target type '{kind}'" if wrong else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{API}/API_Matcher.html (HttpCode)")
def wrong_codes(parameters: dict) -> str | None:
    """Success codes that are neither numbers nor ranges from 200 to 499 (200 to 599 for protocols other than HTTP and HTTPS)."""
    codes = (parameters.get("Matcher") or {}).get("HttpCode")
    if codes is None:
        return None
    most = 499 if setting(parameters, "Protocol", "HTTP") in WEB else 599
    for part in codes.split(","):
        ends = re.fullmatch(r"(\d{3})(?:-(\d{3}))?", part)
        if not ends or not 200 <= int(ends[1]) <= int(ends[2] or ends[1]) <= most:
            return f"Health check matcher HTTP code '{codes}' must be within '200-{most}' inclusive"
    return None


def differs(group: dict, parameters: dict) -> bool:
    """Whether a target group is another one than a request would make."""
    defaults = {
        **{"TargetType": "instance", "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port", "HealthCheckPath": "/"},
        **{"HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2},
        **{"Protocol": None, "Port": None, "VpcId": None},
    }
    codes = (parameters.get("Matcher") or {}).get("HttpCode", "200")
    return codes != group["Matcher"]["HttpCode"] or any(
        parameters.get(name, default) not in (None, group[name]) for name, default in defaults.items()
    )


@refuses("elasticloadbalancing", "CreateTargetGroup", code="DuplicateTargetGroupName", source=f"{CREATE} (Errors)")
def name_taken(parameters: dict) -> str | None:
    """A name that a target group with other settings has. With the same settings that one is answered."""
    name = parameters.get("Name")
    taken = any(each["TargetGroupName"] == name and differs(each, parameters) for each in alb._tgs.values())
    return f"A target group with the same name '{name}' exists, but with different settings" if taken else None


PRIVATE = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")]


def is_ip_target(text: str, vpc_id: str) -> bool:
    """Within the VPC, or in a range that is not routed on the internet."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    vpc = ec2._vpcs.get(vpc_id)
    networks = [*PRIVATE, *([ip_network(vpc["CidrBlock"], strict=False)] if vpc else [])]
    return address.version == 6 or any(address in network for network in networks)


@refuses("elasticloadbalancing", "RegisterTargets", code="ValidationError", source=f"{API}/API_TargetDescription.html (Id)")
def wrong_target(parameters: dict) -> str | None:
    """A target that its group's type does not take: an instance for addresses, or a public address."""
    group = group_of(parameters)
    for target in parameters.get("Targets", []) if group.get("TargetType") == "ip" else []:
        if not is_ip_target(target.get("Id", ""), group["VpcId"]):
            return f"The IP address '{target.get('Id')}' is not a valid target: it must be of the VPC's subnets or of a private range"
    return None
