"""What AWS refuses of clusters, capacity providers and tags."""

import re
from typing import Any

from ministack.services import ecs
from patches.ecs_cluster_arguments import created_with
from patches.ecs_service_fields import has_running_containers

from rules import refuses
from rules.ecs_state import API, GUIDE, REPORTS, cluster_name, cluster_of, definition_of, is_name, provider_exists
from rules.ecs_tables import of_request

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
PROVIDERS = 20
NOT_ASSOCIATED = (
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. "
    "Associate the capacity provider with the cluster or specify a valid capacity provider and try again."
)


def _default_strategy(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    return parameters.get("defaultCapacityProviderStrategy") or []


def _command(parameters: dict[str, Any]) -> dict[str, Any]:
    return (parameters.get("configuration") or {}).get("executeCommandConfiguration") or {}


of_request(
    ("CreateCluster",),
    [
        (
            "A cluster name with other characters than letters, digits, hyphens and underscores, or more than 255.",
            "Identifier can only contain letters, numbers, hyphens, and underscores.",
            lambda p: p.get("clusterName") is not None and not is_name(p["clusterName"]),
        ),
        (
            "A cluster created again under its name with other settings, tags, configuration or capacity providers.",
            "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
            lambda p: _differs(p),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_CreateCluster.html; https://github.com/hashicorp/terraform-provider-aws/issues/12749",
)


def _differs(parameters: dict[str, Any]) -> bool:
    before = created_with(parameters.get("clusterName", "default"))
    return before is not None and any(
        name in parameters and parameters[name] != before.get(name)
        for name in ("settings", "tags", "configuration", "capacityProviders", "defaultCapacityProviderStrategy")
    )


of_request(
    ("CreateCluster", "UpdateCluster", "UpdateClusterSettings"),
    [
        (
            "Another value of containerInsights than enabled, disabled and enhanced.",
            "Invalid setting 'value'",
            lambda p: any(each.get("value") not in ("enabled", "disabled", "enhanced") for each in p.get("settings") or []),
        ),
        (
            "A log configuration of ExecuteCommand without logging OVERRIDE.",
            "You must set logging to 'OVERRIDE' when you supply a log configuration.",
            lambda p: _command(p).get("logConfiguration") and _command(p).get("logging") != "OVERRIDE",
        ),
        (
            "Logging OVERRIDE of ExecuteCommand without a log group or a bucket.",
            "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration.",
            lambda p: _command(p).get("logging") == "OVERRIDE" and not _command(p).get("logConfiguration"),
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_ClusterSetting.html; {API}/API_ExecuteCommandConfiguration.html; {REPORTS}",
)

of_request(
    ("CreateCluster", "PutClusterCapacityProviders"),
    [
        (
            "A capacity provider that does not exist.",
            "The specified capacity provider was not found. Specify a valid capacity provider and try again.",
            lambda p: any(not provider_exists(each) for each in p.get("capacityProviders") or []),
        ),
        (
            f"More than {PROVIDERS} capacity providers of a cluster.",
            "The maximum number of capacity providers per cluster has been exceeded.",
            lambda p: len(p.get("capacityProviders") or []) > PROVIDERS,
        ),
        (
            "A default strategy with a capacity provider that the cluster does not have.",
            NOT_ASSOCIATED,
            lambda p: any(each["capacityProvider"] not in (p.get("capacityProviders") or []) for each in _default_strategy(p)),
        ),
        (
            "A default strategy with more than one base.",
            "The specified capacity provider strategy contains multiple capacity providers with a base value defined.",
            lambda p: sum(bool(each.get("base")) for each in _default_strategy(p)) > 1,
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_PutClusterCapacityProviders.html; https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/53; {REPORTS}",
)


@refuses(
    "ecs", "PutClusterCapacityProviders", code="ResourceInUseException", source="https://github.com/pahud/cdk-fargate-patterns/issues/71"
)
def provider_of_a_service_removed(parameters: dict[str, Any]) -> str | None:
    """A capacity provider taken from a cluster while a service of it is placed with it."""
    cluster = cluster_of(parameters) or {}
    services = [each for each in ecs._services.values() if each["clusterArn"] == cluster.get("clusterArn") and each["status"] == "ACTIVE"]
    used = {item["capacityProvider"] for each in services for item in each.get("capacityProviderStrategy") or []}
    removed = {*cluster.get("capacityProviders", [])} - {*parameters["capacityProviders"]}
    return "The specified capacity provider is in use and cannot be removed." if used & removed else None


def _of_cluster(store: Any, parameters: dict[str, Any]) -> list[dict]:
    cluster = cluster_of(parameters) or {}
    return [each for each in list(store.values()) if each.get("clusterArn") == cluster.get("clusterArn")]


@refuses("ecs", "DeleteCluster", code="ClusterContainsServicesException", source=f"{API}/API_DeleteCluster.html (Errors)")
def cluster_with_services(parameters: dict[str, Any]) -> str | None:
    """A cluster deleted while it has services, be they scaled to zero or still draining."""
    services = _of_cluster(ecs._services, parameters)
    held = any(each["status"] == "ACTIVE" or has_running_containers(each) for each in services)
    return "The Cluster cannot be deleted while Services are active." if held else None


@refuses("ecs", "DeleteCluster", code="ClusterContainsTasksException", source=f"{API}/API_DeleteCluster.html (Errors)")
def cluster_with_tasks(parameters: dict[str, Any]) -> str | None:
    """A cluster deleted while tasks run in it."""
    held = any(each.get("lastStatus") != "STOPPED" for each in _of_cluster(ecs._tasks, parameters))
    return "The Cluster cannot be deleted while Tasks are active." if held else None


@refuses(
    "ecs",
    *("CreateService", "UpdateService", "DeleteService", "RunTask", "ListServices", "ListTasks", "DescribeTasks"),
    code="ClusterNotFoundException",
    source=f"{API}/API_CreateService.html (Errors)",
)
def no_cluster(parameters: dict[str, Any]) -> str | None:
    """A service or a task in a cluster that does not exist; without a name it is the one called default."""
    return None if cluster_name(parameters) in ecs._clusters else "Cluster not found."


# Of one request: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html and the pages of the others.
AT_ONCE = {"DescribeServices": ("services", 10), "DescribeTasks": ("tasks", 100), "DescribeClusters": ("clusters", 100)}

for operation, (member, most) in AT_ONCE.items():
    of_request(
        (operation,),
        [
            (
                f"More than {most} {member} in one request.",
                f"{member} can have at most {most} items.",
                lambda p, member=member, most=most: len(p.get(member) or []) > most,
            )
        ],
        code="InvalidParameterException",
        source=f"{API}/API_{operation}.html ({member})",
    )
of_request(
    ("RunTask",),
    [("More than ten tasks in one request.", "count can be at most 10", lambda p: (p.get("count") or 1) > 10)],
    code="InvalidParameterException",
    source=f"{API}/API_RunTask.html (count)",
)


def _tags(parameters: dict[str, Any]) -> list[str]:
    return [each.get("key") or "" for each in parameters.get("tags") or []]


TAG_RULES = [
    (
        "A tag whose key begins with aws:, which is reserved.",
        "Tag keys can not start with the reserved prefix 'aws:'.",
        lambda p: any(key.lower().startswith("aws:") for key in _tags(p)),
    ),
    (
        "A tag key twice.",
        "Duplicate tag keys are not allowed: '{value}'.",
        lambda p: next((key for key in _tags(p) if _tags(p).count(key) > 1), None),
    ),
]
TAGS = f"{GUIDE}/ecs-using-tags.html (restrictions)"
of_request(("RegisterTaskDefinition",), TAG_RULES, code="ClientException", source=TAGS)
of_request(("CreateCluster", "CreateService", "RunTask", "TagResource"), TAG_RULES, code="InvalidParameterException", source=TAGS)


@refuses("ecs", "DeregisterTaskDefinition", code="ClientException", source=f"{API}/API_DeregisterTaskDefinition.html (taskDefinition)")
def no_revision(parameters: dict[str, Any]) -> str | None:
    """A task definition deregistered by its family: the revision must be said."""
    return None if re.search(r":\d+$", parameters["taskDefinition"]) else "Revision is missing."


@refuses(
    "ecs",
    "DeregisterTaskDefinition",
    "DescribeTaskDefinition",
    code="ClientException",
    source=f"{API}/API_DescribeTaskDefinition.html (Errors)",
)
def no_definition(parameters: dict[str, Any]) -> str | None:
    """A task definition that does not exist."""
    return None if definition_of(parameters["taskDefinition"]) else "Unable to describe task definition."
