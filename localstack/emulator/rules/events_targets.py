"""What EventBridge refuses of the targets of rules."""

import re
from typing import Any

from ministack.core.responses import get_region
from ministack.services import eventbridge

from rules.documents import arn_of, json_of
from rules.events import ANSWERS, API, QUOTAS, REPORTS, key_of, refused

DLQ = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html"
TRANSFORMS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"
ROLES = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html"
INPUTS = ("Input", "InputPath", "InputTransformer")
# Services that EventBridge calls by way of a role; the others admit it in a policy of their own.
BY_ROLE = (
    *("batch", "codebuild", "codepipeline", "ecs", "events", "firehose", "glue", "inspector"),
    *("kinesis", "redshift", "sagemaker", "ssm", "ssm-incidents", "states"),
)
# Parameters for one kind of target, and the services that take them.
ONLY_FOR = {
    "EcsParameters": ("ecs",),
    "KinesisParameters": ("kinesis",),
    "BatchParameters": ("batch",),
    "HttpParameters": ("events", "execute-api"),
    "RedshiftDataParameters": ("redshift", "redshift-serverless"),
    "RunCommandParameters": ("ssm",),
    "SageMakerPipelineParameters": ("sagemaker",),
    "AppSyncParameters": ("appsync",),
}
REQUIRED = {"ecs": "EcsParameters", "batch": "BatchParameters"}


def refused_of_targets(source: str):
    """A rule for each target of a call: what it refuses one target with."""

    def register(check):
        def check_all(parameters: dict[str, Any]) -> str | None:
            return next(filter(None, map(check, parameters.get("Targets") or [])), None)

        check_all.__doc__, check_all.__name__ = check.__doc__, check.__name__
        refused("PutTargets", source)(check_all)
        return check

    return register


def service_of(arn: str | None) -> str:
    found = arn_of(arn)
    return found.service if found else ""


@refused("PutTargets", f"{QUOTAS} (five targets a rule); {ANSWERS}", code="LimitExceededException")
def few_targets(parameters: dict) -> str | None:
    """More than five targets of a rule."""
    ids = {target["Id"] for target in [*parameters["Targets"], *eventbridge._targets.get(key_of(parameters), [])]}
    return "The requested resource exceeds the maximum number allowed." if len(ids) > 5 else None


@refused("PutTargets", f"{REPORTS}/pf-events-target-id-duplicate")
def ids_differ(parameters: dict) -> str | None:
    """Two targets with one id in a call."""
    ids = [target["Id"] for target in parameters["Targets"]]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    return f"Parameter targets is not valid. Reason: More than one target with Id '{twice}' is provided." if twice else None


@refused_of_targets(f"{API}/API_PutTargets.html (Arn)")
def target_is_arn(target: dict) -> str | None:
    """A target that is no ARN, such as the name of a topic."""
    words = "Provided Arn is not in correct format."
    return None if arn_of(target["Arn"]) else f"Parameter {target['Arn']} is not valid. Reason: {words}"


@refused_of_targets(f"{ROLES}; {REPORTS}/pf-events-target-role-required")
def role_of_target(target: dict) -> str | None:
    """A target that EventBridge calls by way of a role, such as an ECS task or a stream, without a role."""
    wrong = service_of(target["Arn"]) in BY_ROLE and not target.get("RoleArn")
    return f"RoleArn is required for target {target['Arn']}." if wrong else None


@refused_of_targets(f"{REPORTS}/pf-events-target-parameters-mismatch")
def parameters_of_target(target: dict) -> str | None:
    """Parameters for another kind of target, such as EcsParameters for a topic."""
    service = service_of(target["Arn"])
    wrong = next((name for name, services in ONLY_FOR.items() if target.get(name) and service not in services), None)
    return f"Parameter(s) {wrong} not supported for target: {target['Id']}." if wrong else None


@refused_of_targets(f"{REPORTS}/pf-events-target-parameters-required")
def required_parameters(target: dict) -> str | None:
    """An ECS, Batch or FIFO queue target without the parameters of its kind."""
    service = service_of(target["Arn"])
    needed = "SqsParameters" if service == "sqs" and target["Arn"].endswith(".fifo") else REQUIRED.get(service)
    return f"Parameter(s) {needed} must be specified for target: {target['Id']}." if needed and not target.get(needed) else None


@refused_of_targets(f"{API}/API_EcsParameters.html; {REPORTS}/pf-events-target-ecs-parameters")
def ecs_parameters(target: dict) -> str | None:
    """An ECS target on Fargate without a network, one on EC2 with settings of Fargate, or one with more tasks than a rule starts."""
    ecs, name = target.get("EcsParameters") or {}, target["Id"]
    network = (ecs.get("NetworkConfiguration") or {}).get("awsvpcConfiguration") or {}
    if ecs.get("LaunchType") == "FARGATE" and not network:
        return f"Parameter NetworkConfiguration must be specified for target {name} when launch type is FARGATE."
    if ecs.get("LaunchType") == "EC2":
        given = {"PlatformVersion": ecs.get("PlatformVersion"), "AssignPublicIp": network.get("AssignPublicIp")}
        wrong = next((key for key, value in given.items() if value), None)
        return f"Parameter {wrong} for target {name} is not supported when launch type is EC2." if wrong else None
    if len(network.get("Subnets") or []) > 16:
        return "Parameter Subnets is not valid. Reason: size must be in between 1 and 16."
    if len(network.get("SecurityGroups") or []) > 5:
        return "Parameter SecurityGroups is not valid. Reason: size must be in between 0 and 5."
    return f"Parameter(s) TaskCount not valid for target: {name}." if (ecs.get("TaskCount") or 1) > 10 else None


@refused_of_targets(f"{REPORTS}/pf-events-target-ecs-task-definition-region")
def task_in_region(target: dict) -> str | None:
    """An ECS target whose task definition is in another region than its cluster."""
    cluster, task = arn_of(target["Arn"]), arn_of((target.get("EcsParameters") or {}).get("TaskDefinitionArn"))
    wrong = cluster and task and cluster.region != task.region
    return f"Region of {cluster} does not match region of {task}." if wrong else None


@refused_of_targets(f"{DLQ}; {REPORTS}/pf-events-target-dlq")
def dead_letter_queue(target: dict) -> str | None:
    """A dead-letter queue that is no queue, a FIFO queue, or a queue in another region."""
    queue = arn_of((target.get("DeadLetterConfig") or {}).get("Arn"))
    if queue is None:
        return None
    if queue.service != "sqs":
        return f"{queue.service} is not supported as a dead letter resource."
    if queue.resource.endswith(".fifo"):
        return "SQS FIFO is not supported by Dead Letter Queues."
    return "Dead letter queue must be in the same region as the rule." if queue.region != get_region() else None


# What a target is given.


@refused_of_targets(f"{REPORTS}/pf-events-target-input-exclusive; {ANSWERS}")
def one_input(target: dict) -> str | None:
    """A target with more than one of an input, an input path and an input transformer."""
    given = [name for name in INPUTS if target.get(name)]
    return f"Only one of Input, InputPath, or InputTransformer must be provided for target {target['Id']}." if len(given) > 1 else None


@refused_of_targets(f"{REPORTS}/pf-events-target-input-json")
def input_is_json(target: dict) -> str | None:
    """An input that is no JSON."""
    given = target.get("Input")
    wrong = given and json_of(given) is None and given.strip() != "null"
    return f"JSON syntax error in input for target {target['Id']}." if wrong else None


@refused_of_targets(f"{REPORTS}/pf-events-input-path-jsonpath")
def input_paths(target: dict) -> str | None:
    """An input path that does not begin with $, or that has quotes in brackets."""
    paths = [target.get("InputPath"), *((target.get("InputTransformer") or {}).get("InputPathsMap") or {}).values()]
    wrong = any(path and (not path.startswith("$") or re.search(r"\[\s*['\"]", path)) for path in paths)
    return f"InputPath for target {target['Id']} is invalid." if wrong else None


@refused_of_targets(f"{TRANSFORMS}; {ANSWERS}")
def placeholders(target: dict) -> str | None:
    """An input template with a placeholder that has no path."""
    transformer = target.get("InputTransformer") or {}
    known = transformer.get("InputPathsMap") or {}
    used = re.findall(r"<([\w.-]+)>", transformer.get("InputTemplate") or "")
    wrong = next((each for each in used if each not in known and not each.startswith("aws.events.")), None)
    return f"InputTemplate for target {target['Id']} contains invalid placeholder {wrong}." if wrong else None


@refused_of_targets(f"{REPORTS}/pf-events-input-transformer-json-var")
def whole_event(target: dict) -> str | None:
    """The whole event in a template that is no JSON object."""
    template = ((target.get("InputTransformer") or {}).get("InputTemplate") or "").strip()
    variable = "aws.events.event.json"
    wrong = f"<{variable}>" in template and not template.startswith("{")
    return f"InputTemplate for target {target['Id']} contains placeholder {variable} valid only for JSON template." if wrong else None


@refused("PutTargets", f"{API}/API_InputTransformer.html; {REPORTS}/pf-events-input-transformer-limits")
def own_variables(parameters: dict) -> str | None:
    """A path of an input transformer with a name that is EventBridge's own."""
    maps = [(target.get("InputTransformer") or {}).get("InputPathsMap") or {} for target in parameters["Targets"]]
    wrong = next((name for each in maps for name in each if name.startswith("aws.events.")), None)
    return f"1 validation error detected: Value '{wrong}' at 'inputPathsMap' failed to satisfy constraint" if wrong else None
