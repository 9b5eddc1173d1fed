"""
Gap: under AUTH=true a task starts whatever its execution role may do. On AWS it stops when the role does not trust ECS, or may not log in
to the registry, pull the image, read the secrets or write the log.
"""

import re
from collections.abc import Iterator

from ministack import app
from ministack.services import ecs, secretsmanager

from patches.replaces import replaces
from rules.key_permissions import own_key, via
from rules.permissions import Needed, arn
from rules.role_permissions import refusal, trusts
from rules.ssm import parameter_of

START = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
NOT_ASSUMED = (
    "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being passed has the "
    "proper trust relationship and permissions and that your IAM user has permissions to pass this role."
)
ECR = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/([^:@]+)")


@replaces(ecs, "_start_task_worker", "(task, td, container_overrides, docker_client)")
def start_if_allowed(original, task, td, container_overrides, docker_client):
    if app.AUTH and (reason := problem_of(td, task["taskArn"])):
        ecs._fail_task_start(task, docker_client, reason)
        return
    original(task, td, container_overrides, docker_client)


def problem_of(td: dict, task_arn: str) -> str | None:
    for role in filter(None, (td.get("executionRoleArn"), td.get("taskRoleArn"))):
        if not trusts(role, "ecs-tasks.amazonaws.com", task_arn):
            return NOT_ASSUMED.format(role=role)
    if not td.get("executionRoleArn"):
        return None
    session = task_arn.rpartition("/")[2]
    for words, needed in needs_of(td):
        if refused := refusal(td["executionRoleArn"], session, needed):
            return f"{words}{refused}"
    return None


def needs_of(td: dict) -> Iterator[tuple[str, Needed]]:
    """In the order in which ECS does it."""
    containers = td.get("containerDefinitions") or ()
    repositories = {found[1] for each in containers if (found := ECR.match(each.get("image", "")))}
    if repositories:
        yield f"{START}unable to retrieve ecr registry auth: ", Needed("ecr:GetAuthorizationToken", "*")
    for each in containers:
        for secret in each.get("secrets") or ():
            yield from secret_needs(secret["valueFrom"])
    for repository in sorted(repositories):
        for action in ("BatchGetImage", "GetDownloadUrlForLayer"):
            yield "CannotPullContainerError: ", Needed(f"ecr:{action}", arn("ecr", f"repository/{repository}"))
    for each in containers:
        configuration = each.get("logConfiguration") or {}
        if configuration.get("logDriver") == "awslogs":
            stream = f"log-group:{configuration['options'].get('awslogs-group')}:log-stream:{each['name']}"
            words = "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream: "
            yield words, Needed("logs:CreateLogStream", arn("logs", stream))


def secret_needs(value_from: str) -> Iterator[tuple[str, Needed]]:
    if ":secretsmanager:" in value_from:
        secret = secretsmanager._resolve(":".join(value_from.split(":")[:7]))[1]
        words, service = f"{START}unable to retrieve secret from asm: ", "secretsmanager"
        found = ("secretsmanager:GetSecretValue", secret["ARN"], secret.get("KmsKeyId"), {"SecretARN": secret["ARN"]}) if secret else None
    else:
        name = value_from.partition(":parameter")[2] or value_from
        parameter = parameter_of(name)
        words, service = f"{START}unable to retrieve secrets from ssm: ", "ssm"
        resource = arn("ssm", f"parameter/{name.lstrip('/')}")
        found = ("ssm:GetParameters", resource, parameter.get("KeyId"), {"PARAMETER_ARN": resource}) if parameter else None
    if found:
        action, resource, key_id, context = found
        yield words, Needed(action, resource)
        if key := own_key(key_id):
            yield words, Needed("kms:Decrypt", key, via(service, context))
