"""What SNS refuses of messages."""

from typing import Any

from rules.documents import json_of
from rules.sns import ANSWERS, API, refused


@refused("Publish", f"{API}/API_Publish.html (Message); {ANSWERS}")
def message(request: dict) -> str | None:
    """An empty message."""
    return None if request.get("Message") else "Invalid parameter: Empty message"


@refused("Publish", f"{API}/API_Publish.html (Subject: up to 100 characters, no line breaks or control characters); {ANSWERS}")
def subject(request: dict) -> str | None:
    """A subject that is empty, has more than 100 characters, or has a line break or another control character."""
    text = request.get("Subject")
    is_right = text is None or (0 < len(text) <= 100 and not any(ord(each) < 32 or ord(each) == 127 for each in text))
    return None if is_right else "Invalid parameter: Subject"


@refused("Publish", f"{API}/API_Publish.html (MessageStructure); {ANSWERS}")
def structure(request: dict) -> str | None:
    """A message for each protocol that is no JSON object, or has no text for `default`."""
    if request.get("MessageStructure") != "json":
        return None
    words, texts = "Invalid parameter: Message Structure -", json_of(request.get("Message"))
    if not isinstance(texts, dict):
        return f"{words} JSON message body failed to parse"
    return None if isinstance(texts.get("default"), str) else f"{words} No default entry in JSON message body"


def _is_to_standard_topic(request: dict[str, Any]) -> bool:
    arn = request.get("TopicArn") or request.get("TargetArn") or ""
    return ":sns:" in arn and not arn.endswith(".fifo")


@refused("Publish", f"{API}/API_Publish.html (MessageDeduplicationId applies only to FIFO topics); {ANSWERS}")
def deduplication(request: dict) -> str | None:
    """A deduplication id for a topic that is no FIFO one."""
    if not request.get("MessageDeduplicationId") or not _is_to_standard_topic(request):
        return None
    words = "The request includes MessageDeduplicationId parameter that is not valid for this topic type"
    return f"Invalid parameter: MessageDeduplicationId Reason: {words}"
