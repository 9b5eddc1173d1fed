"""What SNS refuses of topics."""

import re
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import sns

from rules import refuses
from rules.documents import arn_of, is_policy, listed, missing_principal, object_of, statements

API = "https://docs.aws.amazon.com/sns/latest/api"
ACTIONS = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html"
# Reports of AWS's answers, each from a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/sns"
ANSWERS = "localstack/localstack tests/aws/services/sns (answers of AWS)"
FEEDBACK = tuple(
    f"{endpoint}{what}"
    for endpoint in ("HTTP", "Firehose", "Lambda", "Application", "SQS")
    for what in ("SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn")
)
FIFO_ONLY = ("ContentBasedDeduplication", "ArchivePolicy", "FifoThroughputScope")
ATTRIBUTES = (
    *("DeliveryPolicy", "DisplayName", "FifoTopic", "KmsMasterKeyId", "MaximumMessageSize", "Policy"),
    *("SignatureVersion", "TracingConfig", "DataProtectionPolicy", "BeginningArchiveTime"),
    *FEEDBACK,
    *FIFO_ONLY,
)
# What a topic's policy may allow.
ACTIONS_OF_TOPIC = (
    *("addpermission", "deletetopic", "getdataprotectionpolicy", "gettopicattributes", "listsubscriptionsbytopic"),
    *("listtagsforresource", "publish", "putdataprotectionpolicy", "receive", "removepermission", "settopicattributes"),
    *("subscribe", "tagresource", "untagresource"),
)
ON_POLICIES = ("CreateTopic", "SetTopicAttributes")
ON_TOPICS = ("Subscribe", "SetTopicAttributes", "GetTopicAttributes", "DeleteTopic", "ListSubscriptionsByTopic", "Publish")


def refused(operations: str | tuple[str, ...], source: str, code: str = "InvalidParameter"):
    names = (operations,) if isinstance(operations, str) else operations
    return refuses("sns", *names, code=code, source=source)


def settings(parameters: dict[str, Any]) -> dict[str, str]:
    """The attributes that a call sets, all at once or a single one."""
    if "AttributeName" in parameters:
        return {parameters["AttributeName"]: parameters.get("AttributeValue") or ""}
    return parameters.get("Attributes") or {}


def refused_attribute(operations: tuple[str, ...], source: str):
    """A rule for attributes: its message begins as AWS's does for the operation."""

    def register(check):
        def check_settings(parameters: dict[str, Any]) -> str | None:
            words = check(settings(parameters))
            return words and f"Invalid parameter: {'' if 'AttributeName' in parameters else 'Attributes Reason: '}{words}"

        check_settings.__doc__, check_settings.__name__ = check.__doc__, check.__name__
        refused(operations, source)(check_settings)
        return check

    return register


def topic_named(name: str) -> dict[str, Any] | None:
    return sns._topics.get(f"arn:aws:sns:{get_region()}:{get_account_id()}:{name}")


@refused("CreateTopic", f"{API}/API_CreateTopic.html (Name); {ANSWERS}")
def name(topic: dict) -> str | None:
    """A topic name with other signs than letters, digits, - and _, with more than 256, or with .fifo where the topic is no FIFO one."""
    is_fifo = settings(topic).get("FifoTopic") == "true"
    plain = topic["Name"].removesuffix(".fifo") if is_fifo else topic["Name"]
    has_suffix = topic["Name"].endswith(".fifo") == is_fifo
    right = has_suffix and len(topic["Name"]) <= 256 and re.fullmatch(r"[\w-]+", plain, re.ASCII)
    return None if right else "Invalid parameter: Topic Name"


@refused("CreateTopic", f"{REPORTS}/pf-sns-fifo-only-attributes")
def attributes_of_kind(topic: dict) -> str | None:
    """An attribute that topics do not have, or one of FIFO topics on another topic."""
    known = [each for each in ATTRIBUTES if settings(topic).get("FifoTopic") == "true" or each not in FIFO_ONLY]
    wrong = next((each for each in settings(topic) if each not in known), None)
    return f"Invalid parameter: Attributes Reason: Unknown attribute {wrong}" if wrong else None


@refused("SetTopicAttributes", f"{API}/API_SetTopicAttributes.html (AttributeName)")
def known_attribute(parameters: dict) -> str | None:
    """A change of an attribute that topics do not have."""
    return None if parameters["AttributeName"] in ATTRIBUTES else "Invalid parameter: AttributeName"


@refused("CreateTopic", f"{API}/API_CreateTopic.html (idempotent); {ANSWERS}")
def same_attributes(topic: dict) -> str | None:
    """A topic that exists with other attributes."""
    existing = topic_named(topic["Name"])
    if existing is None:
        return None
    differs = any(existing["attributes"].get(key, _default(key)) != value for key, value in settings(topic).items())
    return "Invalid parameter: Attributes Reason: Topic already exists with different attributes" if differs else None


def _default(attribute: str) -> str:
    return "false" if attribute == "FifoTopic" else ""


@refused("CreateTopic", ANSWERS)
def same_tags(topic: dict) -> str | None:
    """A topic that exists with other tags, or a tag key twice."""
    keys = [tag["Key"] for tag in topic.get("Tags") or []]
    if len(set(keys)) < len(keys):
        return "Invalid parameter: Duplicated keys are not allowed."
    existing = topic_named(topic["Name"])
    tags = {tag["Key"]: tag.get("Value", "") for tag in topic.get("Tags") or []}
    differs = existing is not None and any(existing["tags"].get(key) != value for key, value in tags.items())
    return "Invalid parameter: Tags Reason: Topic already exists with different tags" if differs else None


@refused_attribute(ON_POLICIES, f"{API}/API_CreateTopic.html; {REPORTS}/pf-sns-topic-attribute-values")
def attribute_values(attributes: dict) -> str | None:
    """A display name of more than 100 characters, or a signature version or tracing that SNS does not have."""
    version, tracing = attributes.get("SignatureVersion"), attributes.get("TracingConfig")
    if len(attributes.get("DisplayName", "")) > 100:
        return "DisplayName"
    if version and version not in ("1", "2"):
        return "SignatureVersion: Invalid value. Must be 1 or 2."
    return f"Invalid tracing config value: {tracing}" if tracing and tracing not in ("PassThrough", "Active") else None


@refused(ON_TOPICS, ANSWERS)
def topic_arn(parameters: dict) -> str | None:
    """A topic given by its name in place of its ARN, or a topic of another region."""
    text = parameters.get("TopicArn")
    if not text:
        return None
    arn = arn_of(text)
    if arn is None:
        return f"Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not {len(text.split(':'))}"
    return "Invalid parameter: TopicArn" if arn.service != "sns" or arn.region != get_region() else None


# Policies.


def policies(parameters: dict[str, Any]) -> list[str]:
    policy = settings(parameters).get("Policy")
    return [policy] if policy else []


@refused(ON_POLICIES, f"{API}/API_SetTopicAttributes.html (Policy)")
def policy_is_policy(parameters: dict) -> str | None:
    """A topic policy that is no policy in JSON, with statements."""
    return None if all(map(is_policy, policies(parameters))) else "Invalid parameter: Policy Error: null"


@refused(ON_POLICIES, f"{ACTIONS}; {ANSWERS}")
def policy_actions(parameters: dict) -> str | None:
    """A topic policy for sns:*, for actions that are not on a topic (such as sns:Unsubscribe), or for actions of another service."""
    for document in filter(None, map(object_of, policies(parameters))):
        actions = [str(action).lower() for statement in statements(document) for action in listed(statement.get("Action"))]
        if any(not _is_of_topic(action) for action in actions):
            return "Invalid parameter: Policy statement action out of service scope!"
    return None


def _is_of_topic(action: str) -> bool:
    service, _, verb = action.partition(":")
    return service == "sns" and verb != "*" and ("*" in verb or verb in ACTIONS_OF_TOPIC)


@refused(ON_POLICIES, "aws-cloudformation/aws-cloudformation-resource-providers-sns (TopicPolicy: PrincipalNotFound)")
def policy_principals(parameters: dict) -> str | None:
    """A topic policy for a role or user that does not exist."""
    missing = any(missing_principal(document) for document in filter(None, map(object_of, policies(parameters))))
    return "Invalid parameter: Policy Error: PrincipalNotFound" if missing else None
