"""
What AWS's services see late: what was written, who sees it late, for how many seconds at most, what AWS answers until then, and where that
is said. A source in hashicorp/terraform-provider-aws is code that waits while AWS gives this answer.

AWS names no number of seconds. These are short, because a minute of the emulated AWS is short.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.ecs_state import wanted_definition
from rules.policy_documents import parsed, principals, statements
from rules.references import values_at

Parameters = dict[str, Any]


# Names, ids or ARNs that a request has.
Named = Callable[[Parameters], Iterable[Any]]


def nothing(_: Parameters) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Written:
    """The request names it, or a field of the answer does."""

    service: str
    operations: tuple[str, ...]
    named: Named = nothing
    answer: str = ""


@dataclass(frozen=True)
class Late:
    """`named` gives what a request of the service that sees it late names; the message has the place of the name as {}."""

    what: str
    written: Written
    service: str
    operations: tuple[str, ...]
    named: Named
    seconds: float
    code: str
    message: str
    source: str
    status: int = 400


def at(*paths: str) -> Named:
    return lambda parameters: [value for path in paths for value in values_at(parameters, path)]


def in_policies(parameters: Parameters) -> Iterator[str]:
    """The roles of this request's policies, in whatever parameter these are."""
    for value in [*parameters.values(), *(parameters.get("Attributes") or {}).values()]:
        document = parsed(value) if isinstance(value, str) and value.startswith("{") else None
        for statement in statements(document or {}):
            yield from (each for kind, each in principals(statement) if kind == "AWS" and ":role/" in each)


def _roles_of_task(parameters: Parameters) -> list[str]:
    definition = {**wanted_definition(parameters), **(parameters.get("overrides") or {})}
    return [role for name in ("executionRoleArn", "taskRoleArn") if (role := definition.get(name))]


_DOCS = "https://docs.aws.amazon.com"
_IAM = f"{_DOCS}/IAM/latest/UserGuide/troubleshoot.html (Changes that I make are not always immediately visible)"
_EC2 = f"{_DOCS}/ec2/latest/devguide/eventual-consistency.html"
_PROVIDER = "hashicorp/terraform-provider-aws internal/service"

_ROLE = Written("iam", ("CreateRole",), named=at("RoleName"))


def _role(
    service: str, operations: tuple[str, ...], code: str, message: str, source: str, named: Named = in_policies, status: int = 400
) -> Late:
    # IAM's own answers are behind for less long than those of other services.
    return Late("role", _ROLE, service, operations, named, 3 if service == "iam" else 8, code, message, f"{_IAM}; {source}", status)


_ROLES = (
    _role("iam", ("GetRole",), "NoSuchEntity", "The role with name {} cannot be found.", f"{_PROVIDER}/iam/role.go", at("RoleName")),
    _role(
        *("iam", ("CreateRole", "UpdateAssumeRolePolicy")),
        *("MalformedPolicyDocument", 'Invalid principal in policy: "AWS":"{}"'),
        f"{_PROVIDER}/iam/role.go",
    ),
    _role(
        *("sts", ("AssumeRoleWithWebIdentity",), "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        *(f"{_DOCS}/IAM/latest/UserGuide/troubleshoot_roles.html", at("RoleArn"), 403),
    ),
    _role(
        *("kms", ("CreateKey", "PutKeyPolicy")),
        *("MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals."),
        f"{_DOCS}/kms/latest/APIReference/API_CreateKey.html (Policy: a principal might not be immediately visible)",
    ),
    _role("s3", ("PutBucketPolicy",), "MalformedPolicy", "Invalid principal in policy", f"{_PROVIDER}/s3/bucket_policy.go"),
    _role(
        *("sns", ("CreateTopic", "SetTopicAttributes"), "InvalidParameter", "Invalid parameter: Policy Error: PrincipalNotFound"),
        "aws-cloudformation/aws-cloudformation-resource-providers-sns (TopicPolicy: PrincipalNotFound)",
    ),
    _role(
        *("sqs", ("CreateQueue", "SetQueueAttributes"), "InvalidAttributeValue", "Invalid value for the parameter Policy."),
        f"{_PROVIDER}/sqs/queue_attribute_handler.go",
    ),
    _role(
        *("secretsmanager", ("PutResourcePolicy",)),
        *("MalformedPolicyDocumentException", "This resource policy contains an unsupported principal."),
        f"{_PROVIDER}/secretsmanager/secret_policy.go",
    ),
    _role(
        *("ec2", ("CreateFlowLogs",), "InvalidParameter", "Unable to assume given IAM role"),
        *(f"{_PROVIDER}/ec2/vpc_flow_log.go", at("DeliverLogsPermissionArn")),
    ),
    _role(
        *("ecs", ("RunTask",), "ClientException"),
        "ECS was unable to assume the role '{}' that was provided for this task. Please verify that the role being passed has the "
        "proper trust relationship and permissions and that your IAM user has permissions to pass this role.",
        *(f"{_DOCS}/AmazonECS/latest/developerguide/task_execution_IAM_role.html", _roles_of_task),
    ),
    Late(
        *("service-linked role", Written("iam", ("CreateServiceLinkedRole",), named=at("AWSServiceName"))),
        *("ecs", ("CreateService",), lambda _: ["ecs.amazonaws.com"], 8, "InvalidParameterException"),
        "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
        f"{_PROVIDER}/ecs/service.go; https://github.com/hashicorp/terraform-provider-aws/issues/11417",
    ),
)


def _network(what: str, create: str, answer: str, describe: str, ids: str, code: str, message: str) -> Late:
    """A Describe that answers once is believed from then on; so are all other operations."""
    written = Written("ec2", (create,), answer=answer)
    return Late(what, written, "ec2", (describe,), at(ids), 3, code, message, f"{_EC2}; {_PROVIDER}/ec2/consts.go")


_NETWORKS = (
    _network(*("VPC", "CreateVpc", "vpcId", "DescribeVpcs", "VpcIds"), "InvalidVpcID.NotFound", "The vpc ID '{}' does not exist"),
    _network(
        *("subnet", "CreateSubnet", "subnetId", "DescribeSubnets", "SubnetIds"),
        *("InvalidSubnetID.NotFound", "The subnet ID '{}' does not exist"),
    ),
    _network(
        *("security group", "CreateSecurityGroup", "groupId", "DescribeSecurityGroups", "GroupIds"),
        *("InvalidGroup.NotFound", "The security group '{}' does not exist"),
    ),
    _network(
        *("route table", "CreateRouteTable", "routeTableId", "DescribeRouteTables", "RouteTableIds"),
        *("InvalidRouteTableID.NotFound", "The routeTable ID '{}' does not exist"),
    ),
    _network(
        *("internet gateway", "CreateInternetGateway", "internetGatewayId", "DescribeInternetGateways", "InternetGatewayIds"),
        *("InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist"),
    ),
    Late(
        *("internet gateway", Written("ec2", ("CreateInternetGateway",), answer="internetGatewayId")),
        *("ec2", ("AttachInternetGateway",), at("InternetGatewayId"), 3),
        *("InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist"),
        f"{_EC2}; {_PROVIDER}/ec2/vpc_internet_gateway.go",
    ),
    _network(
        *("address", "AllocateAddress", "allocationId", "DescribeAddresses", "AllocationIds"),
        *("InvalidAllocationID.NotFound", "The allocation ID '{}' does not exist"),
    ),
)

_LISTENERS = ("CreateListener", "ModifyListener", "CreateRule", "ModifyRule")
_ACTIONS = ("Actions", "DefaultActions")
_GROUPS = at(*(f"{each}.{group}TargetGroupArn" for each in _ACTIONS for group in ("", "ForwardConfig.TargetGroups.")))
_WAF = f"{_DOCS}/waf/latest/APIReference/API_AssociateWebACL.html (WAFUnavailableEntityException)"
_UNAVAILABLE = "AWS WAF couldn\u2019t retrieve the resource that you requested. Retry your request."
_NO_KEY = "Key '{}' does not exist"
_NO_BUCKET = "The specified bucket does not exist"
# Of PutBucketOwnershipControls nobody reports it, and the provider does not wait.
_OF_A_BUCKET = ("PutBucketVersioning", "PutBucketEncryption", "PutBucketPolicy", "PutBucketLifecycleConfiguration", "PutPublicAccessBlock")

_SERVICES = (
    Late(
        *("rule of a listener", Written("elasticloadbalancing", _LISTENERS, named=_GROUPS)),
        *("ecs", ("CreateService",), at("loadBalancers.targetGroupArn"), 4, "InvalidParameterException"),
        "The target group with targetGroupArn {} does not have an associated load balancer.",
        f"{_PROVIDER}/ecs/service.go",
    ),
    Late(
        *("cluster", Written("ecs", ("CreateCluster",), named=at("clusterName"))),
        *("ecs", ("CreateService",), at("cluster"), 3, "ClusterNotFoundException", "Cluster not found.", f"{_PROVIDER}/ecs/service.go"),
    ),
    Late(
        *("web ACL", Written("wafv2", ("CreateWebACL",), answer="ARN")),
        *("wafv2", ("AssociateWebACL",), at("WebACLArn"), 6, "WAFUnavailableEntityException", _UNAVAILABLE, _WAF),
    ),
    Late(
        *("load balancer", Written("elasticloadbalancing", ("CreateLoadBalancer",), answer="LoadBalancerArn")),
        *("wafv2", ("AssociateWebACL",), at("ResourceArn"), 6, "WAFUnavailableEntityException", _UNAVAILABLE, _WAF),
    ),
    Late(
        *("certificate", Written("acm", ("RequestCertificate", "ImportCertificate"), answer="CertificateArn")),
        *("elasticloadbalancing", ("CreateListener", "ModifyListener", "AddListenerCertificates"), at("Certificates.CertificateArn"), 6),
        *("CertificateNotFound", "Certificate '{}' not found", f"{_PROVIDER}/elbv2/listener.go"),
    ),
    Late(
        *("key", Written("kms", ("CreateKey",), answer="KeyId")),
        *("kms", ("CreateAlias",), at("TargetKeyId"), 4, "NotFoundException", _NO_KEY),
        f"{_DOCS}/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency; {_PROVIDER}/kms/alias.go",
    ),
    Late(
        *("hosted zone", Written("route53", ("CreateHostedZone",), answer="Id")),
        *("route53", ("ChangeResourceRecordSets",), at("HostedZoneId"), 4, "NoSuchHostedZone", "No hosted zone found with ID: {}"),
        *(f"{_PROVIDER}/route53/record.go", 404),
    ),
    Late(
        *("bucket", Written("s3", ("CreateBucket",), named=at("Bucket"))),
        *("s3", _OF_A_BUCKET, at("Bucket"), 4, "NoSuchBucket", _NO_BUCKET, f"{_PROVIDER}/s3/bucket_policy.go", 404),
    ),
    Late(
        *("queue", Written("sqs", ("CreateQueue",), named=at("QueueName"))),
        *("sqs", ("GetQueueAttributes", "SetQueueAttributes"), at("QueueUrl"), 1, "QueueDoesNotExist"),
        "The specified queue does not exist.",
        f"{_DOCS}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html (wait at least one second)",
    ),
)

LATE = (*_ROLES, *_NETWORKS, *_SERVICES)
