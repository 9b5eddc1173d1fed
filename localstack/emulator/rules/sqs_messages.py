"""What SQS refuses of messages, and of tags."""

from typing import Any

from ministack.services import sqs

from rules.sqs import ANSWERS, API, name_of, refused

MOST_DELAY, MOST_WAIT, MOST_TAGS = 900, 20, 50


@refused(f"{API}/API_ReceiveMessage.html (WaitTimeSeconds); {ANSWERS}", operations=("ReceiveMessage",))
def wait(request: dict) -> str | None:
    """A wait for messages of more than 20 seconds."""
    value = _number(request.get("WaitTimeSeconds"))
    if 0 <= value <= MOST_WAIT:
        return None
    return f"Value {value} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= {MOST_WAIT}, if provided."


@refused(f"{API}/API_SendMessage.html (DelaySeconds: 0 to 900)", operations=("SendMessage",))
def delay(request: dict) -> str | None:
    """A message that is to be delayed by more than 900 seconds."""
    value = _number(request.get("DelaySeconds"))
    if 0 <= value <= MOST_DELAY:
        return None
    return f"Value {value} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= {MOST_DELAY}."


def _number(value: Any) -> int:
    return int(value or 0)


TAGS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html (50 tags)"


@refused(TAGS, operations=("TagQueue",))
def tags(request: dict) -> str | None:
    """More than 50 tags of one queue."""
    queue = next((each for url, each in sqs._queues.items() if url.rpartition("/")[2] == name_of(request)), {})
    count = len({**(queue.get("tags") or {}), **(request.get("Tags") or {})})
    return f"Too many tags added for queue {name_of(request)}." if count > MOST_TAGS else None
