"""What SNS refuses of subscriptions."""

import re
from collections.abc import Iterator
from typing import Any

from ministack.core.responses import get_region
from ministack.services import sns

from rules.documents import arn_of, json_of, object_of
from rules.sns import ANSWERS, API, REPORTS, refused, refused_attribute, settings

FILTERS = "https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html"
RETRIES = "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html"
ON_SUBSCRIPTIONS = ("Subscribe", "SetSubscriptionAttributes")
ATTRIBUTES = (
    *("DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy"),
    *("SubscriptionRoleArn", "ReplayPolicy"),
)
RAW_PROTOCOLS = ("sqs", "http", "https", "firehose")
# How an endpoint of a protocol looks, and AWS's words for one that does not.
ENDPOINTS = {
    "sqs": (r"arn:[^:]+:sqs:.+", "Invalid parameter: SQS endpoint ARN"),
    "lambda": (r"arn:[^:]+:lambda:.+", "Invalid parameter: Lambda endpoint ARN"),
    "firehose": (r"arn:[^:]+:firehose:.+", "Invalid parameter: Firehose endpoint ARN"),
    "application": (r"arn:[^:]+:sns:[^:]*:[^:]*:endpoint/.+", "Invalid parameter: Application endpoint arn invalid"),
    "email": (r"[^@\s]+@[^@\s]+", "Invalid parameter: Email address"),
    "email-json": (r"[^@\s]+@[^@\s]+", "Invalid parameter: Email address"),
    "http": (r"http://.+", "Invalid parameter: Endpoint must match the specified protocol"),
    "https": (r"https://.+", "Invalid parameter: Endpoint must match the specified protocol"),
    "sms": (r"\+?[0-9][0-9 -]*", "Invalid SMS endpoint"),
}


@refused("Subscribe", f"{API}/API_Subscribe.html (Protocol); {ANSWERS}")
def protocol(subscription: dict) -> str | None:
    """A protocol that SNS does not have."""
    name = subscription["Protocol"]
    return None if name in ENDPOINTS else f"Invalid parameter: Amazon SNS does not support this protocol string: {name}"


@refused("Subscribe", f"{API}/API_Subscribe.html (Endpoint); {REPORTS}/pf-sns-subscription-endpoint")
def endpoint(subscription: dict) -> str | None:
    """An endpoint that does not fit its protocol: an e-mail address without @, a queue that is no ARN, https with a plain address."""
    shape, words = ENDPOINTS[subscription["Protocol"]]
    return None if re.fullmatch(shape, subscription.get("Endpoint") or "") else words


@refused("Subscribe", f"{REPORTS}/pf-sns-fifo-topic-protocol")
def protocol_of_fifo(subscription: dict) -> str | None:
    """A subscription of a FIFO topic by another protocol than sqs."""
    wrong = subscription["TopicArn"].endswith(".fifo") and subscription["Protocol"] != "sqs"
    return f"Invalid parameter: Invalid protocol type: {subscription['Protocol']}" if wrong else None


@refused("Subscribe", ANSWERS)
def fifo_queue(subscription: dict) -> str | None:
    """A FIFO queue that subscribes to a topic that is no FIFO one."""
    is_fifo = subscription["Protocol"] == "sqs" and subscription["Endpoint"].endswith(".fifo")
    words = "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"
    return f"Invalid parameter: {words}" if is_fifo and not subscription["TopicArn"].endswith(".fifo") else None


@refused("Subscribe", f"{REPORTS}/pf-sns-firehose-subscription-role")
def role_of_stream(subscription: dict) -> str | None:
    """A Firehose stream that subscribes without a role."""
    wrong = subscription["Protocol"] == "firehose" and not settings(subscription).get("SubscriptionRoleArn")
    return "Invalid parameter: Delivery protocol firehose can only be subscribed with subscription role arn" if wrong else None


@refused("Subscribe", f"{REPORTS}/pf-sns-raw-message-delivery")
def raw_delivery(subscription: dict) -> str | None:
    """Raw delivery by a protocol that has none, such as e-mail or lambda."""
    name = subscription["Protocol"]
    wrong = settings(subscription).get("RawMessageDelivery") == "true" and name not in RAW_PROTOCOLS
    return f"Invalid parameter: Attributes Reason: Delivery protocol [{name}] does not support raw message delivery." if wrong else None


@refused("Subscribe", "public reports of the message; https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html")
def same_attributes(subscription: dict) -> str | None:
    """An endpoint that has subscribed to the topic already, with other attributes."""
    topic = sns._topics.get(subscription["TopicArn"]) or {"subscriptions": []}
    wanted = (subscription["Protocol"], subscription["Endpoint"])
    existing = next((each for each in topic["subscriptions"] if (each["protocol"], each["endpoint"]) == wanted), None)
    differs = existing and any(existing["attributes"].get(key) != value for key, value in settings(subscription).items())
    return "Invalid parameter: Attributes Reason: Subscription already exists with different attributes" if differs else None


@refused(ON_SUBSCRIPTIONS, ANSWERS)
def known_attributes(parameters: dict) -> str | None:
    """An attribute that subscriptions do not have."""
    wrong = next((each for each in settings(parameters) if each not in ATTRIBUTES), None)
    if wrong and "AttributeName" in parameters:
        return "Invalid parameter: AttributeName"
    return f"Invalid parameter: Attributes Reason: Unknown attribute: {wrong}" if wrong else None


@refused_attribute(ON_SUBSCRIPTIONS, ANSWERS)
def raw_is_boolean(attributes: dict) -> str | None:
    """Raw delivery that is neither true nor false."""
    value = attributes.get("RawMessageDelivery")
    wrong = value is not None and value.lower() not in ("true", "false")
    return f"RawMessageDelivery: Invalid value [{value}]. Must be true or false." if wrong else None


@refused_attribute(ON_SUBSCRIPTIONS, f"{REPORTS}/pf-sns-subscription-redrive; {ANSWERS}")
def redrive(attributes: dict) -> str | None:
    """A redrive policy that is no JSON or without its queue, or whose queue is none, or one in another region."""
    text = attributes.get("RedrivePolicy")
    if not text:
        return None
    policy = object_of(text)
    if policy is None:
        return "RedrivePolicy: failed to parse JSON."
    if "deadLetterTargetArn" not in policy:
        return "RedrivePolicy: Missing deadLetterTargetArn attribute"
    queue = arn_of(policy["deadLetterTargetArn"])
    if queue is None:
        return "RedrivePolicy: deadLetterTargetArn is an invalid arn"
    if queue.service != "sqs":
        return "RedrivePolicy: deadLetterTargetArn must be a SQS queue"
    wrong = queue.region != get_region()
    return "RedrivePolicy: deadLetterTargetArn must be in the same region as the subscription" if wrong else None


@refused("Subscribe", ANSWERS)
def redrive_of_fifo(subscription: dict) -> str | None:
    """A subscription of a FIFO topic by a FIFO queue whose dead-letter queue is no FIFO one."""
    policy = object_of(settings(subscription).get("RedrivePolicy")) or {}
    dead = policy.get("deadLetterTargetArn", "")
    wrong = dead and subscription["Endpoint"].endswith(".fifo") and not dead.endswith(".fifo")
    words = "must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."
    return f"Invalid parameter: RedrivePolicy: {words}" if wrong else None


# Filters.


@refused_attribute(ON_SUBSCRIPTIONS, ANSWERS)
def filter_scope(attributes: dict) -> str | None:
    """A scope of a filter other than MessageAttributes and MessageBody."""
    scope = attributes.get("FilterPolicyScope")
    wrong = scope and scope not in ("MessageAttributes", "MessageBody")
    return f"FilterPolicyScope: Invalid value [{scope}]. Please use either MessageBody or MessageAttributes" if wrong else None


@refused_attribute(ON_SUBSCRIPTIONS, f"{FILTERS}; {ANSWERS}")
def filter_policy(attributes: dict) -> str | None:
    """A filter policy that is no JSON, has more than five keys, or has values that are no lists."""
    text = attributes.get("FilterPolicy")
    if not text or json_of(text) == {}:
        return None
    policy = object_of(text)
    if policy is None:
        return "FilterPolicy: failed to parse JSON."
    wrong = next(_wrongs(policy), None)
    return f"FilterPolicy: {wrong}" if wrong else None


def _wrongs(policy: dict[str, Any]) -> Iterator[str]:
    leaves = list(_leaves(policy))
    if len(leaves) > 5:
        yield "Filter policy can not have more than 5 keys"
    for key, values in leaves:
        if not isinstance(values, list):
            yield f'"{key}" must be an object or an array'
        elif not values:
            yield "Empty arrays are not allowed"
        elif any(isinstance(value, list) for value in values):
            yield "Match value must be String, number, true, false, or null"


def _leaves(policy: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in policy.items():
        if isinstance(value, dict):
            yield from _leaves(value)
        elif key == "$or" and isinstance(value, list):
            for each in value:
                yield from _leaves(each) if isinstance(each, dict) else []
        else:
            yield key, value


@refused("Subscribe", ANSWERS)
def nested_filter(subscription: dict) -> str | None:
    """A filter on attributes of messages with an object in it: only a filter on their bodies may have one."""
    attributes = settings(subscription)
    policy = object_of(attributes.get("FilterPolicy")) or {}
    wrong = attributes.get("FilterPolicyScope") != "MessageBody" and any(isinstance(value, dict) for value in policy.values())
    words = "Filter policy scope MessageAttributes does not support nested filter policy"
    return f"Invalid parameter: Attributes Reason: {words}" if wrong else None


@refused_attribute(("CreateTopic", "SetTopicAttributes", *ON_SUBSCRIPTIONS), f"{RETRIES}; {REPORTS}/pf-sns-delivery-policy")
def delivery_policy(attributes: dict) -> str | None:
    """A delivery policy that is no JSON, or whose retries are out of their bounds."""
    text = attributes.get("DeliveryPolicy")
    if not text:
        return None
    policy = object_of(text)
    if policy is None:
        return "DeliveryPolicy: failed to parse JSON."
    of_http = policy.get("http") if isinstance(policy.get("http"), dict) else policy
    retry = of_http.get("healthyRetryPolicy") or of_http.get("defaultHealthyRetryPolicy") or {}
    wrong = next(_retry_wrongs(retry), None) if isinstance(retry, dict) else None
    return f"DeliveryPolicy: healthyRetryPolicy.{wrong}" if wrong else None


def _retry_wrongs(retry: dict[str, Any]) -> Iterator[str]:
    numbers = {key: value for key, value in retry.items() if isinstance(value, int)}
    phases = ("numNoDelayRetries", "numMinDelayRetries", "numMaxDelayRetries")
    for key, least in (("minDelayTarget", 1), ("numRetries", 0), *((phase, 0) for phase in phases)):
        if numbers.get(key, least) < least:
            yield f"{key} must be greater than or equal to {least}"
    for key, most in (("maxDelayTarget", 3600), ("numRetries", 100)):
        if numbers.get(key, most) > most:
            yield f"{key} must be less than or equal to {most}"
    if numbers.get("maxDelayTarget", 3600) < numbers.get("minDelayTarget", 1):
        yield "maxDelayTarget must be greater than or equal to minDelayTarget"
    if numbers.get("numRetries", 100) < sum(numbers.get(phase, 0) for phase in phases):
        yield "numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries"
    function = retry.get("backoffFunction")
    if function and function not in ("arithmetic", "exponential", "geometric", "linear"):
        yield f"backoffFunction the value [{function}] is not a valid backoff function"


@refused("Unsubscribe", "hashicorp/terraform-provider-aws internal/service/sns/topic_subscription.go")
def confirmed(parameters: dict) -> str | None:
    """The end of a subscription that nobody has confirmed: it goes by itself, or with its topic."""
    arn = parameters["SubscriptionArn"]
    subscription = sns._find_subscription(sns._sub_arn_to_topic.get(arn), arn)
    words = "Cannot unsubscribe a subscription that is pending confirmation"
    return f"Invalid parameter: SubscriptionArn Reason: {words}" if subscription and not subscription["confirmed"] else None
