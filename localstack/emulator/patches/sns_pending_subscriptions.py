"""Gap: MiniStack confirms e-mail subscriptions itself, and gives no ARN of a pending one to a caller who asks for it."""

import re

from ministack.services import sns

from patches.replaces import replaces

# https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html (ReturnSubscriptionArn)
PENDING = {"ConfirmationWasAuthenticated": "false", "PendingConfirmation": "true"}


@replaces(sns, "_subscribe", "(params)")
def wait_for_confirmation(original, params):
    topic = sns._topic_by_arn_any_scope(sns._normalize_arn(sns._p(params, "TopicArn")))
    before = len(topic["subscriptions"]) if topic else 0
    status, headers, body = original(params)
    if status >= 400:
        return status, headers, body
    wanted = (sns._p(params, "Protocol"), sns._p(params, "Endpoint"))
    subscription = next(each for each in topic["subscriptions"] if (each["protocol"], each["endpoint"]) == wanted)
    if len(topic["subscriptions"]) > before and wanted[0].startswith("email"):
        subscription["confirmed"] = False
        subscription["token"] = sns.new_uuid()
        subscription["attributes"].update(PENDING)
        sns._refresh_subscription_counts(topic)
    is_told = subscription["confirmed"] or sns._p(params, "ReturnSubscriptionArn") == "true"
    answer = subscription["arn"] if is_told else "pending confirmation"
    return status, headers, re.sub(rb"(?<=<SubscriptionArn>)[^<]*", answer.encode(), body)


@replaces(sns, "_list_subscriptions_by_topic", "(params)")
def of_topic_without_arns_of_pending(original, params):
    return without_arns_of_pending(original(params))


@replaces(sns, "_list_subscriptions", "(params)")
def all_without_arns_of_pending(original, params):
    return without_arns_of_pending(original(params))


def without_arns_of_pending(response: tuple) -> tuple:
    status, headers, body = response
    for topic in sns._topics.values() if status < 400 else []:
        for subscription in topic["subscriptions"]:
            if not subscription["confirmed"]:
                body = body.replace(f"<SubscriptionArn>{subscription['arn']}<".encode(), b"<SubscriptionArn>PendingConfirmation<")
    return status, headers, body
