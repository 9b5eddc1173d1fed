"""Gap: a queue can be created again at once after its deletion; SQS keeps its name for 60 seconds."""

import time

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import sqs

from patches.replaces import replaces

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html (QueueDeletedRecently)
KEPT_SECONDS = 60
_deleted = AccountRegionScopedDict()


@replaces(sqs, "_act_delete_queue", "(data: dict, qurl: str) -> dict")
def remember(original, data, qurl):
    name = sqs._get_q(data.get("QueueUrl", qurl), "sqs:DeleteQueue")["name"]
    answer = original(data, qurl)
    _deleted[name] = time.monotonic()
    return answer


@replaces(sqs, "_act_create_queue", "(data: dict, _u: str) -> dict")
def keep_name(original, data, _u):
    deleted = _deleted.get(data.get("QueueName"))
    if deleted is not None and time.monotonic() - deleted < KEPT_SECONDS:
        raise sqs._Err(
            "QueueDeletedRecently",
            f"You must wait {KEPT_SECONDS} seconds after deleting a queue before you can create another with the same name.",
        )
    return original(data, _u)


@replaces(sqs, "reset", "()")
def forget(original):
    original()
    _deleted.clear()
