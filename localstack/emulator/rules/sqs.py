"""What SQS refuses of queues."""

import re
from typing import Any

from ministack.core.arn import Arn
from ministack.core.responses import get_account_id, get_region
from ministack.services import sqs

from rules import refuses
from rules.documents import arn_of, is_policy, json_of, missing_principal, object_of

API = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference"
# Reports of AWS's answers, each from a deployment.
REPORTS = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/sqs"
ANSWERS = "localstack/localstack tests/aws/services/sqs (answers of AWS)"
ON_QUEUES = ("CreateQueue", "SetQueueAttributes")
FIFO_ONLY = {
    "FifoQueue": "Unknown Attribute FifoQueue.",
    "ContentBasedDeduplication": "Unknown Attribute ContentBasedDeduplication.",
    "DeduplicationScope": "You can specify the DeduplicationScope only when FifoQueue is set to true.",
    "FifoThroughputLimit": "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
}
ATTRIBUTES = (
    *("DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "Policy", "ReceiveMessageWaitTimeSeconds"),
    *("VisibilityTimeout", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds"),
    "SqsManagedSseEnabled",
    *FIFO_ONLY,
)
VALUES = {"DeduplicationScope": ("messageGroup", "queue"), "FifoThroughputLimit": ("perQueue", "perMessageGroupId")}
# Attributes that a queue has no default for.
WITHOUT_DEFAULT = ("KmsMasterKeyId", "RedrivePolicy", "Policy", "RedriveAllowPolicy")


def refused(source: str, code: str = "InvalidParameterValue", operations: tuple[str, ...] = ON_QUEUES):
    return refuses("sqs", *operations, code=code, source=source)


def attributes(request: dict[str, Any]) -> dict[str, str]:
    return request.get("Attributes") or {}


def name_of(request: dict[str, Any]) -> str:
    return request.get("QueueName") or (request.get("QueueUrl") or "").rpartition("/")[2]


def is_fifo(request: dict[str, Any]) -> bool:
    return name_of(request).endswith(".fifo")


def queue_of(arn: Arn) -> dict[str, Any] | None:
    return sqs._queue_by_arn(str(arn))


@refused("https://github.com/boto/botocore/issues/3058", operations=("CreateQueue",))
def name(request: dict) -> str | None:
    """A queue name with other signs than letters, digits, - and _, with more than 80, or with .fifo where the queue is no FIFO one."""
    queue = name_of(request)
    says_fifo = attributes(request).get("FifoQueue") == "true"
    plain = queue.removesuffix(".fifo") if says_fifo else queue
    right = len(queue) <= 80 and re.fullmatch(r"[\w-]+", plain, re.ASCII)
    return None if right else "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"


@refused(f"{API}/API_SetQueueAttributes.html (Attributes)", code="InvalidAttributeName")
def known_attributes(request: dict) -> str | None:
    """An attribute that queues do not have."""
    wrong = next((each for each in attributes(request) if each not in ATTRIBUTES), None)
    return f"Unknown Attribute {wrong}." if wrong else None


@refused(f"{ANSWERS}; {REPORTS}/pf-sqs-fifo-only-attributes", code="InvalidAttributeName")
def attributes_of_fifo(request: dict) -> str | None:
    """An attribute of FIFO queues on another queue."""
    if is_fifo(request) or attributes(request).get("FifoQueue") == "true":
        return None
    return next((words for each, words in FIFO_ONLY.items() if each in attributes(request)), None)


@refused(ANSWERS, code="InvalidAttributeValue", operations=("SetQueueAttributes",))
def kind_stays(request: dict) -> str | None:
    """A FIFO queue that is to become a standard one."""
    wrong = attributes(request).get("FifoQueue", "true") != "true"
    return "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported." if wrong else None


@refused(f"{REPORTS}/pf-sqs-fifo-only-attributes", code="InvalidAttributeValue")
def values(request: dict) -> str | None:
    """A deduplication scope or a throughput limit that SQS does not have."""
    wrong = next((each for each, known in VALUES.items() if attributes(request).get(each, known[0]) not in known), None)
    return f"Invalid value for the parameter {wrong}. Reason: not a supported value." if wrong else None


@refused(f"{REPORTS}/pf-sqs-high-throughput-pairing", code="InvalidAttributeValue")
def throughput(request: dict) -> str | None:
    """A throughput limit for each message group where messages are deduplicated in the whole queue."""
    given = attributes(request)
    kept = (sqs._queues.get(sqs._queue_url(name_of(request))) or {}).get("attributes", {})
    scope = given.get("DeduplicationScope", kept.get("DeduplicationScope"))
    wrong = given.get("FifoThroughputLimit") == "perMessageGroupId" and scope != "messageGroup"
    words = "Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup."
    return f"Invalid value for the parameter FifoThroughputLimit. {words}" if wrong else None


@refused(ANSWERS, code="InvalidAttributeName")
def one_encryption(request: dict) -> str | None:
    """A queue with both a KMS key and SQS's own encryption."""
    both = attributes(request).get("SqsManagedSseEnabled") == "true" and attributes(request).get("KmsMasterKeyId")
    words = "You can either enable KMS SSE or SQS SSE."
    return f"You can use one type of server-side encryption (SSE) at one time. {words}" if both else None


@refused(f"{API}/API_CreateQueue.html (Errors: QueueNameExists); {ANSWERS}", code="QueueNameExists", operations=("CreateQueue",))
def same_attributes(request: dict) -> str | None:
    """A queue that exists with other attributes, also where the queue that exists lacks one of them."""
    existing = sqs._queues.get(sqs._queue_url(name_of(request)))
    kept = existing["attributes"] if existing else None
    added = [each for each in WITHOUT_DEFAULT if kept is not None and attributes(request).get(each) and each not in kept]
    return f"A queue already exists with the same name and a different value for attribute {added[0]}" if added else None


@refused("hashicorp/terraform-provider-aws internal/service/sqs/queue_attribute_handler.go", code="InvalidAttributeValue")
def policy(request: dict) -> str | None:
    """A queue policy that is no policy in JSON, or that is for a role or user that does not exist."""
    text = attributes(request).get("Policy")
    if not text or (is_policy(text) and not missing_principal(object_of(text))):
        return None
    return "Invalid value for the parameter Policy."


# Dead-letter queues.


@refused(f"{REPORTS}/pf-sqs-redrive-policy; https://github.com/crossplane-contrib/provider-aws/issues/443")
def redrive(request: dict) -> str | None:
    """A redrive policy without its queue or its count (1 to 1000), or for a queue that does not fit or does not exist."""
    text = attributes(request).get("RedrivePolicy")
    reason = _wrong_in_redrive(text, request) if text else None
    return f"Value {text} for parameter RedrivePolicy is invalid. Reason: {reason}" if reason else None


def _wrong_in_redrive(text: str, request: dict[str, Any]) -> str | None:
    given = object_of(text)
    if given is None:
        return "Redrive policy is not a valid JSON map."
    missing = next((each for each in ("deadLetterTargetArn", "maxReceiveCount") if each not in given), None)
    if missing:
        return f"Redrive policy does not contain mandatory attribute: {missing}."
    count = str(given["maxReceiveCount"])
    if not count.isdigit() or not 1 <= int(count) <= 1000:
        return f"Invalid value for maxReceiveCount: {count}, valid values are from 1 to 1000 both inclusive."
    return _wrong_in_dead_letter_queue(arn_of(given["deadLetterTargetArn"]), request)


def _wrong_in_dead_letter_queue(queue: Arn | None, request: dict[str, Any]) -> str | None:
    if queue is None or queue.service != "sqs":
        return "Only SQS queues are valid resources for deadLetterTargetArn."
    if queue.region != get_region():
        return "Dead-letter target must be in same region as the source."
    if queue.account_id != get_account_id():
        return "Dead-letter target owner should be same as the source."
    dead = queue_of(queue)
    if dead is None:
        return "Dead letter target does not exist."
    if queue.resource.endswith(".fifo") != is_fifo(request):
        return "Dead-letter queue must be same type of queue as the source."
    return _wrong_in_permission(object_of(dead["attributes"].get("RedriveAllowPolicy")) or {}, name_of(request))


def _wrong_in_permission(allowed: dict[str, Any], source: str) -> str | None:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html"""
    arn = f"arn:aws:sqs:{get_region()}:{get_account_id()}:{source}"
    is_by_queue = allowed.get("redrivePermission") == "byQueue" and arn not in (allowed.get("sourceQueueArns") or [])
    wrong = is_by_queue or allowed.get("redrivePermission") == "denyAll"
    return "Dead-letter queue does not allow this queue as its source (RedriveAllowPolicy)." if wrong else None


@refused(f"{REPORTS}/pf-sqs-redrive-allow-policy")
def redrive_allowed(request: dict) -> str | None:
    """A redrive allow policy without its permission, with an unknown one, or whose source queues do not fit the permission."""
    text = attributes(request).get("RedriveAllowPolicy")
    if not text or json_of(text) == {}:
        return None
    given = object_of(text) or {}
    permission, sources = given.get("redrivePermission"), given.get("sourceQueueArns")
    words = f"Value {text} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy"
    if permission not in ("allowAll", "denyAll", "byQueue"):
        return f"{words}, as it's in an unsupported format."
    if permission == "byQueue":
        needs = "When you specify the byQueue permission type, you must also specify between 1 and 10 source queue ARNs."
        return None if sources and len(sources) <= 10 else f"{words}. {needs}"
    return f"{words}. You can specify source queue ARNs only when the permission type is byQueue." if sources is not None else None
