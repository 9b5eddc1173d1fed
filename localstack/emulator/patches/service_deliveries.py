"""
Gap: under AUTH=true an alarm or a rule reaches a topic, and a topic a queue, whose policy or key does not admit the service. On AWS the
alarm, the rule and the topic are accepted, and nothing arrives.
"""

import logging

from ministack import app
from ministack.core.responses import get_account_id
from ministack.services import cloudwatch, eventbridge, sns, sqs

from patches.replaces import replaces
from rules.key_policies import admits, source

logger = logging.getLogger("deliveries")
ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")
USES = ("Decrypt", "GenerateDataKey")


def topic_admits(topic_arn: str, service: str, context: dict[str, str]) -> bool:
    topic = sns._topic_by_arn_any_scope(topic_arn)
    if not app.AUTH or topic is None:
        return True
    admitted = sns.topic_policy_allows(topic_arn, service, context.get("aws:SourceArn", ""), context.get("aws:SourceAccount", ""))
    admitted = admitted and admits(topic.get("attributes", {}).get("KmsMasterKeyId"), service, USES, context)
    if not admitted:
        logger.warning("%s may not publish to %s, by the topic's policy or by its key", service, topic_arn)
    return admitted


@replaces(cloudwatch, "_dispatch_alarm_actions", "(alarm, old_state, new_state, reason)")
def to_topics_that_admit(original, alarm, old_state, new_state, reason):
    context = source(alarm.get("AlarmArn", ""))

    def reaches(action: str) -> bool:
        return not cloudwatch._is_sns_action_arn(action) or topic_admits(action, "cloudwatch.amazonaws.com", context)

    admitted = {name: [action for action in alarm.get(name) or () if reaches(action)] for name in ACTIONS}
    original({**alarm, **admitted}, old_state, new_state, reason)


@replaces(eventbridge, "_invoke_target", "(target, event, rule, view=None)")
def to_targets_that_admit(original, target, event, rule, view=None):
    arn = target.get("Arn", "")
    # EventBridge says nothing about the source to a topic.
    if ":sns:" in arn and not topic_admits(arn, "events.amazonaws.com", {}):
        return
    if ":sqs:" in arn and not queue_admits(arn, "events.amazonaws.com", source(rule.get("Arn", ""))):
        return
    original(target, event, rule, view)


def queue_admits(queue_arn: str, service: str, context: dict[str, str]) -> bool:
    queue = sqs._queue_by_arn(queue_arn)
    if not app.AUTH or queue is None:
        return True
    admitted = sqs.queue_policy_allows(queue_arn, service, context["aws:SourceArn"], context["aws:SourceAccount"])
    admitted = admitted and admits(queue["attributes"].get("KmsMasterKeyId"), service, USES, context)
    if not admitted:
        logger.warning("%s may not send to %s, by the queue's policy or by its key", service, queue_arn)
    return admitted


@replaces(
    sns,
    "_deliver_to_sqs",
    "(endpoint: str, envelope: str, raw: bool, raw_message: str, message_group_id: str = '', message_dedup_id: str = '',"
    " message_attributes: dict | None = None, topic_arn: str = '')",
)
def to_queue_whose_key_admits(original, endpoint, *args, topic_arn="", **more):
    key = ((sqs._queue_by_arn(endpoint) or {}).get("attributes") or {}).get("KmsMasterKeyId")
    context = {"aws:SourceArn": topic_arn, "aws:SourceAccount": topic_arn.split(":")[4] if topic_arn else get_account_id()}
    if app.AUTH and not admits(key, "sns.amazonaws.com", USES, context):
        logger.warning("sns.amazonaws.com may not use the key of %s", endpoint)
        return
    original(endpoint, *args, topic_arn=topic_arn, **more)
