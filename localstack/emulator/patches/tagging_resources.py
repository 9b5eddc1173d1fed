"""Gap: GetResources leaves out networks, load balancers, zones, logs, alarms, parameters, web ACLs and certificates, and lists deleted services."""

from ministack.core.responses import get_account_id, get_region
from ministack.services import acm, alb, cloudwatch, cloudwatch_logs, ec2, ecs, route53, ssm, tagging, waf

from patches.replaces import replaces

# How an id starts: the type in an ARN, and where MiniStack keeps those that exist. It forgets to untag what is deleted.
EC2_TYPES = {
    "vpc": ("vpc", ec2._vpcs),
    "subnet": ("subnet", ec2._subnets),
    "sg": ("security-group", ec2._security_groups),
    "igw": ("internet-gateway", ec2._internet_gateways),
    "nat": ("natgateway", ec2._nat_gateways),
    "rtb": ("route-table", ec2._route_tables),
    "eipalloc": ("elastic-ip", ec2._addresses),
    "vpce": ("vpc-endpoint", ec2._vpc_endpoints),
    "fl": ("vpc-flow-log", ec2._flow_logs),
}


def ec2_resources():
    types = {**EC2_TYPES, "sgr": ("security-group-rule", security_group_rules())}
    for resource_id, tags in ec2._tags.items():
        kind, existing = types.get(resource_id.rpartition("-")[0], ("", {}))
        # A NAT gateway is described for a while after it was deleted.
        if resource_id in existing and existing[resource_id].get("State") != "deleted":
            yield f"arn:aws:ec2:{get_region()}:{get_account_id()}:{kind}/{resource_id}", tags


def security_group_rules():
    return {
        ec2._sg_rule_id(group_id, is_egress, rule): rule
        for group_id, group in ec2._security_groups.items()
        for is_egress, rules in ((False, "IpPermissions"), (True, "IpPermissionsEgress"))
        for rule in group.get(rules, [])
    }


def tagged_by_arn(store):
    return lambda: ((arn, tags) for arn, tags in store.items())


def log_groups():
    for group in cloudwatch_logs._log_groups.values():
        yield group["arn"].removesuffix(":*"), group["tags"]


def certificates():
    for certificate in acm._certificates.values():
        yield certificate["CertificateArn"], certificate.get("Tags", [])


def hosted_zones():
    for (kind, zone_id), tags in route53._tags.items():
        if kind == "hostedzone" and zone_id in route53._zones:
            yield f"arn:aws:route53:::hostedzone/{zone_id}", tags


def running_ecs():
    """Without what was deleted, which MiniStack remembers as inactive."""
    inactive = {
        record.get(key)
        for key, store in (("serviceArn", ecs._services), ("clusterArn", ecs._clusters))
        for record in store.values()
        if record["status"] == "INACTIVE"
    }
    for arn, tags in ecs._tags.items():
        if arn not in inactive and ":task/" not in arn:
            yield arn, [{"Key": tag["key"], "Value": tag["value"]} for tag in tags]


COLLECTORS = {
    "ec2": ec2_resources,
    "ecs": running_ecs,
    "elasticloadbalancing": tagged_by_arn(alb._tags),
    "cloudwatch": tagged_by_arn(cloudwatch._resource_tags),
    "logs": log_groups,
    "acm": certificates,
    "route53": hosted_zones,
    "ssm": tagged_by_arn(ssm._tags),
    "wafv2": tagged_by_arn(waf._waf_tags),
}


@replaces(tagging, "_get_resources", "(data)")
def get_all_resources(original, data):
    for service, collect in COLLECTORS.items():
        tagging._COLLECTORS[service] = lambda collect=collect: listed(collect())
    return original(data)


def listed(resources):
    """Services keep tags as a mapping or as a list of keys and values."""
    for arn, tags in resources:
        pairs = [{"Key": key, "Value": value} for key, value in tags.items()] if isinstance(tags, dict) else tags
        yield arn, pairs
