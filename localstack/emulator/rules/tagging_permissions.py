"""Which action a service asks for, next to the one that creates, when tags come with the creation."""

from collections.abc import Callable, Iterator

from ministack.services import ecs

from rules.permissions import Implied, Needed, Parameters, arn, request_tags, tags_of

_DOCS = "https://docs.aws.amazon.com"
_REFERENCE = f"{_DOCS}/service-authorization/latest/reference"

Resource = Callable[[Parameters], str]


def _tagged(
    service: str, operation: str, action: str, resource: Resource, source: str, member="Tags", creates="", instead=()
) -> Implied:
    """`creates` is the condition key that names the creating operation, for services that have one."""

    def needs(_: str, parameters: Parameters) -> Iterator[Needed]:
        if tags := tags_of(parameters.get(member)):
            yield Needed(action, resource(parameters), {**request_tags(tags), **({creates: operation} if creates else {})}, instead)

    return Implied(service, (operation,), f"{operation} with tags", source, needs)


def _ecs(operation: str, resource: Resource) -> Implied:
    source = f"{_DOCS}/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html"
    return _tagged("ecs", operation, "ecs:TagResource", resource, source, member="tags", creates="ecs:CreateAction")


def _load_balancing(operation: str, resource: Resource) -> Implied:
    source = f"{_DOCS}/elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html"
    creates = "elasticloadbalancing:CreateAction"
    return _tagged("elasticloadbalancing", operation, "elasticloadbalancing:AddTags", resource, source, creates=creates)


def _alarm(operation: str) -> Implied:
    source = f"{_DOCS}/AmazonCloudWatch/latest/APIReference/API_{operation}.html (Tags)"
    return _tagged("monitoring", operation, "cloudwatch:TagResource", lambda it: arn("cloudwatch", f"alarm:{it['AlarmName']}"), source)


def _iam(entity: str, kind: str, name: str) -> Implied:
    source = f"{_DOCS}/IAM/latest/UserGuide/id_tags.html (permissions)"

    def resource(parameters: Parameters) -> str:
        return arn("iam", kind + (parameters.get("Path") or "/") + parameters[name], "")

    return _tagged("iam", f"Create{entity}", f"iam:Tag{entity}", resource, source)


def _provider(parameters: Parameters) -> str:
    return arn("iam", f"oidc-provider/{parameters['Url'].removeprefix('https://')}", "")


def _load_balancer(parameters: Parameters) -> str:
    kind = {"network": "net", "gateway": "gwy"}.get(parameters.get("Type", ""), "app")
    return arn("elasticloadbalancing", f"loadbalancer/{kind}/{parameters['Name']}/new")


def _rule_of_events(parameters: Parameters) -> str:
    bus = parameters.get("EventBusName", "default").rpartition("/")[2]
    return arn("events", f"rule/{parameters['Name']}" if bus == "default" else f"rule/{bus}/{parameters['Name']}")


def _task_definition(parameters: Parameters) -> str:
    family = parameters["family"]
    return arn("ecs", f"task-definition/{family}:{ecs._task_def_latest.get(family, 0) + 1}")


def _in_cluster(kind: str, name: str = "") -> Resource:
    return lambda it: arn("ecs", f"{kind}/{(it.get('cluster') or 'default').rpartition('/')[2]}/{it.get(name) or 'new'}")


def _ec2_tags(operation: str, parameters: Parameters) -> Iterator[Needed]:
    for specification in parameters.get("TagSpecifications") or ():
        if tags := tags_of(specification.get("Tags")):
            context = {**request_tags(tags), "ec2:CreateAction": operation}
            yield Needed("ec2:CreateTags", arn("ec2", f"{specification.get('ResourceType', '*')}/new"), context)


TAGGING = (
    _ecs("CreateCluster", lambda it: arn("ecs", f"cluster/{it.get('clusterName') or 'default'}")),
    _ecs("CreateService", _in_cluster("service", "serviceName")),
    _ecs("RegisterTaskDefinition", _task_definition),
    _ecs("RunTask", _in_cluster("task")),
    _ecs("StartTask", _in_cluster("task")),
    _ecs("CreateCapacityProvider", lambda it: arn("ecs", f"capacity-provider/{it['name']}")),
    _load_balancing("CreateLoadBalancer", _load_balancer),
    _load_balancing("CreateTargetGroup", lambda it: arn("elasticloadbalancing", f"targetgroup/{it['Name']}/new")),
    _load_balancing("CreateListener", lambda it: f"{it['LoadBalancerArn'].replace(':loadbalancer/', ':listener/')}/new"),
    _load_balancing("CreateRule", lambda it: f"{it['ListenerArn'].replace(':listener/', ':listener-rule/')}/new"),
    Implied("ec2", ("*",), "creations with tags", f"{_DOCS}/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html", _ec2_tags),
    _alarm("PutMetricAlarm"),
    _alarm("PutCompositeAlarm"),
    _iam("Role", "role", "RoleName"),
    _iam("User", "user", "UserName"),
    _iam("Policy", "policy", "PolicyName"),
    _iam("InstanceProfile", "instance-profile", "InstanceProfileName"),
    _tagged(
        *("iam", "CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider", _provider),
        f"{_DOCS}/IAM/latest/UserGuide/id_tags_oidc.html",
    ),
    _tagged(
        *("events", "PutRule", "events:TagResource", _rule_of_events),
        f"{_DOCS}/eventbridge/latest/APIReference/API_PutRule.html (Tags)",
    ),
    _tagged(
        *("sns", "CreateTopic", "sns:TagResource", lambda it: arn("sns", it["Name"])),
        f"{_DOCS}/sns/latest/api/API_CreateTopic.html (Tags)",
    ),
    _tagged(
        *("sqs", "CreateQueue", "sqs:TagQueue", lambda it: arn("sqs", it["QueueName"])),
        f"{_DOCS}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html (tags)",
        member="tags",
    ),
    _tagged(
        *("kms", "CreateKey", "kms:TagResource", lambda it: arn("kms", "key/new")),
        f"{_DOCS}/kms/latest/APIReference/API_CreateKey.html (Tags)",
    ),
    _tagged(
        *("secretsmanager", "CreateSecret", "secretsmanager:TagResource", lambda it: arn("secretsmanager", f"secret:{it['Name']}-AbCdEf")),
        f"{_DOCS}/secretsmanager/latest/apireference/API_CreateSecret.html",
    ),
    _tagged(
        *("ssm", "PutParameter", "ssm:AddTagsToResource", lambda it: arn("ssm", f"parameter/{it['Name'].lstrip('/')}")),
        "https://github.com/pepperize/cdk-ssm-parameters-cross-region/issues/442",
    ),
    _tagged(
        *("ecr", "CreateRepository", "ecr:TagResource", lambda it: arn("ecr", f"repository/{it['repositoryName']}")),
        f"{_REFERENCE}/list_amazonelasticcontainerregistry.html (CreateRepository: dependent actions)",
        member="tags",
    ),
    _tagged(
        *("acm", "RequestCertificate", "acm:AddTagsToCertificate", lambda it: arn("acm", "certificate/new")),
        "https://github.com/hashicorp/terraform-provider-aws/issues/11903",
    ),
    _tagged(
        *("wafv2", "CreateWebACL", "wafv2:TagResource", lambda it: arn("wafv2", f"{it['Scope'].lower()}/webacl/{it['Name']}/new")),
        f"{_REFERENCE}/list_awswafv2.html (CreateWebACL: dependent actions)",
    ),
    _tagged(
        *("logs", "CreateLogGroup", "logs:TagResource", lambda it: arn("logs", f"log-group:{it['logGroupName']}")),
        f"{_DOCS}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (tags: logs:TagResource or logs:TagLogGroup)",
        member="tags",
        instead=("logs:TagLogGroup",),
    ),
)
