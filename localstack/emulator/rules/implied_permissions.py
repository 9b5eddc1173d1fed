"""What an operation needs beyond its own action: roles that are passed, roles that services make, and what it does elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ministack.services import ec2, ecs, kms, s3

from rules import service_linked_roles
from rules.ec2_resources import FURTHER
from rules.key_permissions import KEYS
from rules.permissions import Implied, Needed, Parameters, arn
from rules.tagging_permissions import TAGGING

_DOCS = "https://docs.aws.amazon.com"
_REFERENCE = f"{_DOCS}/service-authorization/latest/reference"


def _each(parameters: Parameters, *path: str) -> Iterator[Any]:
    """Every value at the end of a path; a list on the way stands for each of its items."""
    if not path:
        yield parameters
        return
    found = parameters.get(path[0]) if isinstance(parameters, dict) else None
    for item in found if isinstance(found, list) else [found]:
        if item is not None:
            yield from _each(item, *path[1:])


# Roles that are passed


def _passes(service: str, operations: tuple[str, ...], receiver: str, source: str, *paths: tuple[str, ...]) -> Implied:
    """`receiver` is the service that gets the role, `paths` say where its ARN is in the parameters."""

    def needs(_: str, parameters: Parameters) -> Iterator[Needed]:
        roles = {role for path in paths for role in _each(parameters, *path) if role}
        return (Needed("iam:PassRole", _role_arn(role), {"iam:PassedToService": receiver}) for role in sorted(roles))

    return Implied(service, operations, "a role that is passed", source, needs)


def _role_arn(role: str) -> str:
    return role if role.startswith("arn:") else arn("iam", f"role/{role}", "")


def _roles_of_task(_: str, parameters: Parameters) -> Iterator[Needed]:
    """Those of the task definition, unless the request gives others."""
    definition = ecs._task_defs.get(ecs._resolve_td_key(parameters["taskDefinition"])) or {}
    given = parameters.get("overrides") or {}
    for name in ("executionRoleArn", "taskRoleArn"):
        if role := given.get(name) or definition.get(name):
            yield Needed("iam:PassRole", _role_arn(role), {"iam:PassedToService": "ecs-tasks.amazonaws.com"})


def _feedback_roles(_: str, parameters: Parameters) -> Iterator[Needed]:
    given = parameters.get("Attributes") or {parameters.get("AttributeName", ""): parameters.get("AttributeValue", "")}
    for name, role in given.items():
        if name.endswith("FeedbackRoleArn") and role:
            yield Needed("iam:PassRole", role, {"iam:PassedToService": "sns.amazonaws.com"})


_PASSING = (
    _passes(
        *("ecs", ("RegisterTaskDefinition",), "ecs-tasks.amazonaws.com"),
        f"{_DOCS}/AmazonECS/latest/developerguide/task-iam-roles.html",
        *(("executionRoleArn",), ("taskRoleArn",)),
    ),
    Implied(
        *("ecs", ("RunTask", "StartTask"), "the roles of a task"),
        f"{_REFERENCE}/list_amazonelasticcontainerservice.html (RunTask: dependent actions)",
        _roles_of_task,
    ),
    _passes(
        *("ecs", ("CreateService", "UpdateService"), "ecs.amazonaws.com"),
        f"{_DOCS}/AmazonECS/latest/APIReference/API_CreateService.html (role, roleArn)",
        ("role",),
        ("volumeConfigurations", "managedEBSVolume", "roleArn"),
        ("loadBalancers", "advancedConfiguration", "roleArn"),
        ("serviceConnectConfiguration", "services", "tls", "roleArn"),
    ),
    _passes(
        *("events", ("PutTargets",), "events.amazonaws.com"),
        f"{_DOCS}/eventbridge/latest/userguide/eb-use-identity-based.html",
        ("Targets", "RoleArn"),
    ),
    _passes(
        *("events", ("PutRule",), "events.amazonaws.com"),
        f"{_DOCS}/eventbridge/latest/userguide/eb-use-identity-based.html",
        ("RoleArn",),
    ),
    _passes(
        *("ec2", ("CreateFlowLogs",), "vpc-flow-logs.amazonaws.com"),
        f"{_REFERENCE}/list_amazonec2.html (CreateFlowLogs: dependent actions); {_DOCS}/vpc/latest/userguide/flow-logs-iam-role.html",
        ("DeliverLogsPermissionArn",),
    ),
    _passes(
        *("logs", ("PutSubscriptionFilter", "PutDestination"), "logs.amazonaws.com"),
        f"{_REFERENCE}/list_amazoncloudwatchlogs.html (PutSubscriptionFilter: dependent actions)",
        *(("roleArn",),),
    ),
    _passes(
        *("monitoring", ("PutMetricStream",), "streams.metrics.cloudwatch.amazonaws.com"),
        f"{_DOCS}/AmazonCloudWatch/latest/APIReference/API_PutMetricStream.html",
        *(("RoleArn",),),
    ),
    _passes(
        *("s3", ("PutBucketReplication",), "s3.amazonaws.com"),
        f"{_REFERENCE}/list_amazons3.html (PutReplicationConfiguration: dependent actions)",
        ("ReplicationConfiguration", "Role"),
    ),
    _passes(
        *("iam", ("AddRoleToInstanceProfile",), "ec2.amazonaws.com"),
        f"{_DOCS}/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html",
        ("RoleName",),
    ),
    Implied(
        *("sns", ("CreateTopic", "SetTopicAttributes"), "roles that log deliveries"),
        f"{_REFERENCE}/list_amazonsns.html (CreateTopic: dependent actions)",
        _feedback_roles,
    ),
)


# Roles that services make


def _links(service: str, operation: str, linked: str, source: str, code: str = "", message: str = "", optional: bool = False) -> Implied:
    def needs(_: str, __: Parameters) -> Iterator[Needed]:
        if not service_linked_roles.exists(linked):
            yield Needed("iam:CreateServiceLinkedRole", service_linked_roles.arn_of(linked), {"iam:AWSServiceName": linked})

    return Implied(service, (operation,), "the first use in an account", source, needs, code, message, optional)


_ECS_ROLE = f"{_DOCS}/AmazonECS/latest/developerguide/using-service-linked-roles.html; https://github.com/awslabs/fargatecli/issues/35"
_LINKED = (
    _links(
        *("elasticloadbalancing", "CreateLoadBalancer", "elasticloadbalancing.amazonaws.com"),
        f"{_DOCS}/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html",
    ),
    _links("ecs", "CreateCluster", "ecs.amazonaws.com", _ECS_ROLE, optional=True),
    *(
        _links(
            *("ecs", operation, "ecs.amazonaws.com", _ECS_ROLE, "InvalidParameterException"),
            "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
        )
        for operation in ("CreateService", "PutClusterCapacityProviders")
    ),
    _links(
        *("wafv2", "PutLoggingConfiguration", "wafv2.amazonaws.com"),
        f"{_REFERENCE}/list_awswafv2.html (PutLoggingConfiguration: dependent actions)",
    ),
)


# What an operation does elsewhere


def _also(
    service: str, operation: str, source: str, *actions: str, on: Callable[[Parameters], Iterable[str]] = lambda _: ("*",)
) -> Implied:
    """`on` gives the resources; none where nothing is needed."""

    def needs(_: str, parameters: Parameters) -> Iterator[Needed]:
        return (Needed(action, resource) for resource in on(parameters) for action in actions)

    return Implied(service, (operation,), ", ".join(actions), source, needs)


def _if(*members: str, resource: Callable[[Parameters], str]) -> Callable[[Parameters], tuple[str, ...]]:
    return lambda it: (resource(it),) if any(it.get(member) for member in members) else ()


def _private_zone(parameters: Parameters) -> tuple[str, ...]:
    """An interface endpoint has a private DNS name, unless it is said not to."""
    interface = parameters.get("VpcEndpointType", "Gateway") == "Interface" and parameters.get("PrivateDnsEnabled", True)
    return ("arn:aws:route53:::hostedzone/*",) if interface else ()


def _vpcs_of_groups(parameters: Parameters) -> tuple[str, ...]:
    found = (ec2._security_groups.get(each) for each in parameters.get("SecurityGroups") or ())
    return tuple(sorted({arn("ec2", f"vpc/{group['VpcId']}") for group in found if group}))


def _balancer_of_acl(parameters: Parameters) -> tuple[str, ...]:
    resource = parameters.get("ResourceArn", "")
    return (resource,) if ":loadbalancer/app/" in resource else ()


def _keys_of_alias(parameters: Parameters) -> tuple[str, ...]:
    current = kms._aliases.get(arn("kms", parameters["AliasName"]))
    keys = (kms._resolve_key(key) for key in (current, parameters.get("TargetKeyId")) if key)
    return tuple({key["Arn"] for key in keys if key})


def _log_groups_of_waf(parameters: Parameters) -> tuple[str, ...]:
    destinations = (parameters.get("LoggingConfiguration") or {}).get("LogDestinationConfigs") or ()
    return ("*",) if any(":log-group:" in each for each in destinations) else ()


def _bucket(parameters: Parameters) -> str:
    return f"arn:aws:s3:::{parameters['Bucket']}"


def _object(parameters: Parameters) -> str:
    return f"arn:aws:s3:::{parameters['Bucket']}/{parameters['Key']}"


def _bucket_of_no_object(parameters: Parameters) -> tuple[str, ...]:
    """That an object is not there is told to those only who may list the bucket."""
    bucket = s3._buckets.get(parameters["Bucket"])
    return () if bucket is None or parameters["Key"] in bucket["objects"] or parameters.get("VersionId") else (_bucket(parameters),)


_GRANTS = ("ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")
_CREATE_BUCKET = f"{_DOCS}/AmazonS3/latest/API/API_CreateBucket.html (permissions)"
_PUT_OBJECT = f"{_DOCS}/AmazonS3/latest/API/API_PutObject.html (permissions)"
_KMS = f"{_DOCS}/kms/latest/developerguide/alias-access.html"

_ELSEWHERE = (
    _also(
        *("elasticloadbalancing", "CreateLoadBalancer", "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917"),
        "ec2:GetSecurityGroupsForVpc",
        on=_vpcs_of_groups,
    ),
    _also(
        *("ec2", "CreateVpcEndpoint", f"{_REFERENCE}/list_amazonec2.html (CreateVpcEndpoint: dependent actions)"),
        "route53:AssociateVPCWithHostedZone",
        on=_private_zone,
    ),
    _also(
        *("route53", "CreateHostedZone", f"{_REFERENCE}/list_amazonroute53.html (CreateHostedZone: dependent actions)"),
        "ec2:DescribeVpcs",
        on=_if("VPC", resource=lambda _: "*"),
    ),
    _also(
        *("route53", "AssociateVPCWithHostedZone", f"{_REFERENCE}/list_amazonroute53.html (dependent actions)"),
        "ec2:DescribeVpcs",
    ),
    *(
        _also(
            *("wafv2", operation, f"{_DOCS}/waf/latest/developerguide/security_iam_service-with-iam.html (AssociateWebACL)"),
            "elasticloadbalancing:SetWebACL",
            on=_balancer_of_acl,
        )
        for operation in ("AssociateWebACL", "DisassociateWebACL")
    ),
    _also(
        *("wafv2", "PutLoggingConfiguration", f"{_DOCS}/waf/latest/developerguide/logging-cw-logs.html (permissions)"),
        *("logs:CreateLogDelivery", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"),
        on=_log_groups_of_waf,
    ),
    *(_also("kms", f"{verb}Alias", _KMS, f"kms:{verb}Alias", on=_keys_of_alias) for verb in ("Create", "Update", "Delete")),
    _also("s3", "CreateBucket", _CREATE_BUCKET, "s3:PutBucketAcl", on=_if(*_GRANTS, resource=_bucket)),
    _also("s3", "CreateBucket", _CREATE_BUCKET, "s3:PutBucketOwnershipControls", on=_if("ObjectOwnership", resource=_bucket)),
    _also(
        *("s3", "CreateBucket", _CREATE_BUCKET, "s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"),
        on=_if("ObjectLockEnabledForBucket", resource=_bucket),
    ),
    *(
        _also(
            *("s3", operation, f"{_DOCS}/AmazonS3/latest/API/API_{operation}.html (404 with s3:ListBucket, 403 without)", "s3:ListBucket"),
            on=_bucket_of_no_object,
        )
        for operation in ("GetObject", "HeadObject")
    ),
    _also("s3", "PutObject", _PUT_OBJECT, "s3:PutObjectAcl", on=_if(*_GRANTS, resource=_object)),
    _also("s3", "PutObject", _PUT_OBJECT, "s3:PutObjectTagging", on=_if("Tagging", resource=_object)),
    _also(
        *("ssm", "GetParameters", f"{_REFERENCE}/list_awssystemsmanager.html (GetParameters: each parameter)", "ssm:GetParameters"),
        on=lambda it: tuple(arn("ssm", f"parameter/{name.partition(':')[0].lstrip('/')}") for name in it["Names"] if "arn:" not in name),
    ),
)

IMPLIED = (FURTHER, *_PASSING, *TAGGING, *_LINKED, *_ELSEWHERE, *KEYS)


def implied_by(service: str, operation: str, parameters: Parameters) -> Iterator[tuple[Implied, Needed]]:
    """All that the request needs beyond the operation's own action."""
    for each in IMPLIED:
        if each.service == service and (operation in each.operations or each.operations == ("*",)):
            for needed in each.needs(operation, parameters):
                yield each, needed
