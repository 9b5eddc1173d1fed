"""Load balancers: names, subnets, security groups; and what requests name must exist."""

import re

from ministack.services import alb, ec2

from rules import refuses
from rules.ec2_state import attached_gateway
from rules.elb_state import API, GUIDE, MEASURED, QUOTAS, balancer_of, groups_in, subnets_in, uses_of, vpc_of_balancer
from rules.references import must_exist

CREATE = f"{API}/API_CreateLoadBalancer.html"
LOCATED = ("CreateLoadBalancer", "SetSubnets")
GROUPED = ("CreateLoadBalancer", "SetSecurityGroups")

ARN_KINDS = (
    ("LoadBalancerArn", "loadbalancer/", "load balancer"),
    ("TargetGroupArn", "targetgroup/", "target group"),
    ("ListenerArn", "listener/", "listener"),
    ("RuleArn", "listener-rule/", "listener rule"),
)
OPERATIONS_BY_ARN = {
    "LoadBalancerArn": (
        *("CreateListener", "DeleteLoadBalancer", "ModifyLoadBalancerAttributes", "DescribeLoadBalancerAttributes"),
        *("SetSubnets", "SetSecurityGroups", "SetIpAddressType"),
    ),
    "TargetGroupArn": (
        *("DeleteTargetGroup", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "DescribeTargetGroupAttributes"),
        *("RegisterTargets", "DeregisterTargets", "DescribeTargetHealth"),
    ),
    "ListenerArn": ("CreateRule", "ModifyListener", "DeleteListener", "ModifyListenerAttributes", "DescribeListenerAttributes"),
    "RuleArn": ("ModifyRule", "DeleteRule"),
}


def is_arn_of(resource: str, text: str) -> bool:
    return re.match(rf"arn:aws[a-z-]*:elasticloadbalancing:[^:]*:\d*:{re.escape(resource)}.+", text) is not None


for name, resource, kind in ARN_KINDS:
    must_exist(
        "elasticloadbalancing",
        OPERATIONS_BY_ARN[name],
        name,
        lambda text, resource=resource: is_arn_of(resource, text),
        refused=f"Text that is no ARN of a {kind}",
        code="ValidationError",
        words=f"'{{}}' is not a valid {kind} ARN",
        source=f"{API}/API_{OPERATIONS_BY_ARN[name][0]}.html",
    )

STORED = (
    ("LoadBalancerArn", alb._lbs, "A load balancer", "LoadBalancerNotFound", "Load balancer '{}' not found"),
    ("TargetGroupArn", alb._tgs, "A target group", "TargetGroupNotFound", "Target groups '{}' not found"),
    ("ListenerArn", alb._listeners, "A listener", "ListenerNotFound", "Listener '{}' not found"),
    ("RuleArn", alb._rules, "A rule", "RuleNotFound", "Rule '{}' not found"),
)
# Deletion of a load balancer that is not there succeeds.
for name, store, kind, code, words in STORED:
    operations = [each for each in OPERATIONS_BY_ARN[name] if each != "DeleteLoadBalancer"]
    source = f"{API}/API_{operations[0]}.html (Errors)"
    must_exist("elasticloadbalancing", operations, name, store.__contains__, kind=kind, code=code, words=words, source=source)


def named(store, key: str):
    return lambda name: any(each[key] == name for each in store.values())


DESCRIBED = (
    ("DescribeLoadBalancers", "LoadBalancerArns", alb._lbs.__contains__, "LoadBalancerNotFound", "load balancers"),
    ("DescribeLoadBalancers", "Names", named(alb._lbs, "LoadBalancerName"), "LoadBalancerNotFound", "load balancers"),
    ("DescribeTargetGroups", "TargetGroupArns", alb._tgs.__contains__, "TargetGroupNotFound", "target groups"),
    ("DescribeTargetGroups", "Names", named(alb._tgs, "TargetGroupName"), "TargetGroupNotFound", "target groups"),
    ("DescribeListeners", "ListenerArns", alb._listeners.__contains__, "ListenerNotFound", "listeners"),
    ("DescribeRules", "RuleArns", alb._rules.__contains__, "RuleNotFound", "rules"),
)


for operation, path, exists, code, several in DESCRIBED:
    must_exist(
        "elasticloadbalancing",
        (operation,),
        path,
        # MiniStack itself answers for a name that is too long.
        lambda text, exists=exists: exists(text) or (not text.startswith("arn:") and len(text) > 32),
        refused=f"One of several {several} that is not there",
        code=code,
        words=f"One or more {several} not found",
        source=f"{API}/API_{operation}.html (Errors)",
    )


@refuses("elasticloadbalancing", "CreateLoadBalancer", code="ValidationError", source=f"{CREATE} (Name)")
def wrong_name(parameters: dict) -> str | None:
    """A name of a load balancer that is longer than 32 characters, has others than letters, digits and hyphens, starts or ends with a
    hyphen, or starts with internal-."""
    name = parameters.get("Name", "")
    if len(name) > 32:
        return f"The load balancer name '{name}' cannot be longer than '32' characters"
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        return f"The load balancer name '{name}' can only contain characters that are alphanumeric characters and hyphens(-)"
    if name.startswith("-") or name.endswith("-"):
        return f"The load balancer name '{name}' cannot {'begin' if name.startswith('-') else 'end'} with a hyphen(-)"
    return f"The load balancer name '{name}' cannot begin with 'internal-'" if name.startswith("internal-") else None


def type_of(parameters: dict) -> str:
    return parameters.get("Type") or balancer_of(parameters).get("Type", "application")


def known_subnets(parameters: dict) -> list[dict]:
    return [ec2._subnets[subnet] for subnet in subnets_in(parameters) if subnet in ec2._subnets]


@refuses("elasticloadbalancing", *LOCATED, code="ValidationError", source=f"{CREATE} (Subnets)")
def subnets_in_two_ways(parameters: dict) -> str | None:
    """Subnets and subnet mappings in one request."""
    both = parameters.get("Subnets") and parameters.get("SubnetMappings")
    return "You must specify either subnets or subnet mappings, but not both" if both else None


@refuses("elasticloadbalancing", *LOCATED, code="InvalidSubnet", source=f"{CREATE} (Errors: InvalidSubnet)")
def no_subnet_id(parameters: dict) -> str | None:
    """Text that is no id of a subnet: its block, for one."""
    wrong = next((each for each in subnets_in(parameters) if not re.fullmatch(r"subnet-[0-9a-f]+", each)), None)
    return f"The subnet ID '{wrong}' is not valid" if wrong is not None else None


must_exist(
    "elasticloadbalancing",
    LOCATED,
    "Subnets",
    ec2._subnets.__contains__,
    kind="A subnet",
    code="SubnetNotFound",
    words="The subnet ID '{}' does not exist",
    source=f"{CREATE} (Errors: SubnetNotFound)",
)


@refuses(
    "elasticloadbalancing",
    *LOCATED,
    code="InvalidConfigurationRequest",
    source=f"{CREATE} (Subnets: one for each zone); https://github.com/robertdebock/terraform-aws-vault/issues/5",
)
def two_subnets_of_a_zone(parameters: dict) -> str | None:
    """Two subnets of the same zone for a load balancer."""
    zones = [subnet["AvailabilityZone"] for subnet in known_subnets(parameters)]
    words = "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
    return words if len(zones) > len(set(zones)) else None


@refuses("elasticloadbalancing", *LOCATED, code="ValidationError", source=f"{CREATE} (Subnets)")
def one_zone(parameters: dict) -> str | None:
    """An Application Load Balancer in fewer than two zones, any other in none."""
    needed = 2 if type_of(parameters) == "application" else 1
    if len(subnets_in(parameters)) >= needed:
        return None
    words = "At least two subnets in two different Availability Zones must be specified"
    return words if needed == 2 else "A subnet must be specified"


@refuses("elasticloadbalancing", *LOCATED, code="InvalidConfigurationRequest", source=f"{GUIDE}/application-load-balancers.html")
def subnets_of_two_networks(parameters: dict) -> str | None:
    """Subnets of more than one VPC, or of another one than the load balancer's."""
    vpcs = {subnet["VpcId"] for subnet in known_subnets(parameters)}
    own = vpc_of_balancer(balancer_of(parameters)) or min(vpcs, default="")
    return f"All subnets must belong to the same VPC: '{own}'" if vpcs - {own} else None


@refuses(
    "elasticloadbalancing",
    "CreateLoadBalancer",
    code="InvalidSubnet",
    source="https://github.com/openshift/installer/issues/1110",
)
def public_without_gateway(parameters: dict) -> str | None:
    """An internet-facing load balancer in a VPC without an internet gateway."""
    public = parameters.get("Scheme", "internet-facing") == "internet-facing" and type_of(parameters) != "gateway"
    vpcs = [subnet["VpcId"] for subnet in known_subnets(parameters)]
    wrong = next((vpc for vpc in vpcs if not attached_gateway(vpc)), None) if public else None
    return f"VPC {wrong} has no internet gateway" if wrong else None


@refuses("elasticloadbalancing", *GROUPED, code="ValidationError", source="https://github.com/in4it/ecs-deploy/issues/8")
def no_group_id(parameters: dict) -> str | None:
    """Text that is no id of a security group: its name, for one."""
    groups = parameters.get("SecurityGroups", [])
    wrong = next((each for each in groups if not re.fullmatch(r"sg-[0-9a-f]+", each)), None)
    return f"Security group '{wrong}' is not valid" if wrong is not None else None


must_exist(
    "elasticloadbalancing",
    GROUPED,
    "SecurityGroups",
    ec2._security_groups.__contains__,
    kind="A security group",
    code="InvalidSecurityGroup",
    words="Security group '{}' does not exist",
    source=f"{CREATE} (Errors: InvalidSecurityGroup)",
)


@refuses(
    "elasticloadbalancing",
    *GROUPED,
    code="InvalidConfigurationRequest",
    source=f'{GUIDE}/load-balancer-update-security-groups.html; public reports of "One or more security groups are invalid"',
)
def group_of_another_network(parameters: dict) -> str | None:
    """A security group of another VPC than the load balancer's."""
    own = vpc_of_balancer(balancer_of(parameters)) or vpc_of_balancer({"Subnets": subnets_in(parameters)})
    vpcs = {ec2._security_groups.get(group, {}).get("VpcId") for group in parameters.get("SecurityGroups", [])}
    return "One or more security groups are invalid" if own and vpcs - {own} else None


@refuses("elasticloadbalancing", *GROUPED, code="InvalidConfigurationRequest", source=QUOTAS)
def too_many_groups(parameters: dict) -> str | None:
    """More than five security groups, which is the quota of a new account for a network interface."""
    many = len(parameters.get("SecurityGroups", [])) > 5
    return "The maximum number of security groups per load balancer has been reached." if many else None


@refuses("elasticloadbalancing", *LOCATED, code="InvalidConfigurationRequest", source=f"{CREATE} (SubnetMappings); {MEASURED}")
def addresses_of_another_type(parameters: dict) -> str | None:
    """An address of one's own for a load balancer other than a Network Load Balancer."""
    kind, given = type_of(parameters), any(each.get("AllocationId") for each in parameters.get("SubnetMappings", []))
    return f"Elastic IPs are not supported for load balancers with type '{kind}'" if given and kind != "network" else None


@refuses("elasticloadbalancing", *GROUPED, code="InvalidConfigurationRequest", source=f"{CREATE} (SecurityGroups); {MEASURED}")
def groups_of_gateway_balancer(parameters: dict) -> str | None:
    """A security group for a Gateway Load Balancer."""
    wrong = type_of(parameters) == "gateway" and parameters.get("SecurityGroups")
    return "Security Groups are not supported for Gateway Load Balancers." if wrong else None


def differs(balancer: dict, parameters: dict) -> bool:
    """Whether a load balancer is another one than a request would make."""
    asked = (
        *(parameters.get("Scheme", "internet-facing"), parameters.get("Type", "application")),
        *(parameters.get("IpAddressType", "ipv4"), set(subnets_in(parameters))),
    )
    found = (balancer["Scheme"], balancer["Type"], balancer["IpAddressType"], set(balancer["Subnets"]))
    groups = parameters.get("SecurityGroups")
    return asked != found or (groups is not None and set(groups) != set(balancer["SecurityGroups"]))


@refuses("elasticloadbalancing", "CreateLoadBalancer", code="DuplicateLoadBalancerName", source=f"{CREATE} (Errors)")
def name_taken(parameters: dict) -> str | None:
    """A name that a load balancer with other settings has. With the same settings that one is answered."""
    name = parameters.get("Name")
    taken = any(each["LoadBalancerName"] == name and differs(each, parameters) for each in alb._lbs.values())
    return f"A load balancer with the same name '{name}' exists, but with different settings" if taken else None


@refuses("elasticloadbalancing", "CreateLoadBalancer", code="TooManyLoadBalancers", source=QUOTAS)
def too_many(parameters: dict) -> str | None:
    """More than 50 load balancers of a type in a region, which is the quota of a new account."""
    same = [each for each in alb._lbs.values() if each["Type"] == type_of(parameters)]
    return "The maximum number of load balancers has been reached" if len(same) >= 50 else None


@refuses("elasticloadbalancing", "DeleteLoadBalancer", code="OperationNotPermitted", source=f"{API}/API_DeleteLoadBalancer.html")
def protected(parameters: dict) -> str | None:
    """The deletion of a load balancer with deletion protection."""
    arn = parameters.get("LoadBalancerArn", "")
    attributes = {each["Key"]: each["Value"] for each in alb._lb_attrs.get(arn, [])}
    locked = attributes.get("deletion_protection.enabled") == "true"
    return f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled" if locked else None


@refuses("elasticloadbalancing", "DeleteTargetGroup", code="ResourceInUse", source=f"{API}/API_DeleteTargetGroup.html (Errors)")
def group_in_use(parameters: dict) -> str | None:
    """The deletion of a target group that a listener or a rule forwards to."""
    arn = parameters.get("TargetGroupArn", "")
    return f"Target group '{arn}' is currently in use by a listener or a rule" if next(uses_of(arn), None) else None


@refuses(
    "elasticloadbalancing",
    *("CreateListener", "ModifyListener", "CreateRule", "ModifyRule"),
    code="TargetGroupAssociationLimit",
    source=f"{API}/API_CreateListener.html (Errors: TargetGroupAssociationLimit)",
)
def group_of_another_balancer(parameters: dict) -> str | None:
    """A target group that another load balancer forwards to."""
    own = balancer_of(parameters).get("LoadBalancerArn")
    wrong = [arn for arn in groups_in(parameters) if any(balancer != own for balancer in uses_of(arn))]
    words = "The following target groups cannot be associated with more than one load balancer"
    return f"{words}: {', '.join(wrong)}" if wrong else None
