"""Roles that a service makes for itself, in the name of whoever uses it first in an account."""

import json

from ministack.core.responses import get_account_id
from ministack.services import iam

# The names of the roles, by the service that they are linked to.
NAMES = {
    "ecs.amazonaws.com": "AWSServiceRoleForECS",
    "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    "wafv2.amazonaws.com": "AWSServiceRoleForWAFV2Logging",
    "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
    "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
    "rds.amazonaws.com": "AWSServiceRoleForRDS",
    "spot.amazonaws.com": "AWSServiceRoleForEC2Spot",
    "replication.ecr.amazonaws.com": "AWSServiceRoleForECRReplication",
    "config.amazonaws.com": "AWSServiceRoleForConfig",
    "ssm.amazonaws.com": "AWSServiceRoleForAmazonSSM",
}


def path_of(service: str) -> str:
    return f"/aws-service-role/{service}/"


def arn_of(service: str) -> str:
    return f"arn:aws:iam::{get_account_id()}:role{path_of(service)}{NAMES[service]}"


def exists(service: str) -> bool:
    return any(role.get("Path") == path_of(service) for role in iam._roles.values())


def make(service: str) -> None:
    """As the service does on its first use."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    iam._roles[NAMES[service]] = {
        "RoleName": NAMES[service],
        "Arn": arn_of(service),
        "RoleId": iam._gen_id("AROA"),
        "CreateDate": iam._now(),
        "Path": path_of(service),
        "AssumeRolePolicyDocument": json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        "Description": "",
        "MaxSessionDuration": 3600,
        "AttachedPolicies": [],
        "InlinePolicies": {},
        "Tags": [],
    }
