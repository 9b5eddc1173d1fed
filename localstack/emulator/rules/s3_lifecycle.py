"""Rules of S3 on lifecycle configurations."""

from itertools import combinations
from typing import Any

from rules import refuses

API = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html"
TRANSITIONS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"
_INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")
_ACTIONS = (
    *("Expiration", "Transitions", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions"),
    "AbortIncompleteMultipartUpload",
)


def _rules(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    return (parameters.get("LifecycleConfiguration") or {}).get("Rules") or []


def _first(problems: Any) -> str | None:
    return next(filter(None, problems), None)


def _filter_of(rule: dict[str, Any]) -> dict[str, Any]:
    found = rule.get("Filter") or {}
    return {**found, **(found.get("And") or {})}


@refuses("s3", "PutBucketLifecycleConfiguration", code="InvalidArgument", source=f"{API} (Rules: ID)")
def rule_ids(parameters: dict) -> str | None:
    """A lifecycle rule with the id of another one, or with an id of more than 255 characters."""
    ids = [rule["ID"] for rule in _rules(parameters) if rule.get("ID")]
    if any(len(each) > 255 for each in ids):
        return "ID length should not exceed allowed limit of 255"
    return "Rule ID must be unique. Found same ID for more than one rule" if len(set(ids)) < len(ids) else None


@refuses("s3", "PutBucketLifecycleConfiguration", code="InvalidRequest", source=f"{API} (Rules: at least one action)")
def rule_without_an_action(parameters: dict) -> str | None:
    """A lifecycle rule that does nothing."""
    idle = any(not any(rule.get(action) for action in _ACTIONS) for rule in _rules(parameters))
    return "At least one action needs to be specified in a rule." if idle else None


@refuses("s3", "PutBucketLifecycleConfiguration", code="MalformedXML", source=f"{API} (Filter: exactly one of Prefix, Tag, And, sizes)")
def filter_of_two_parts(parameters: dict) -> str | None:
    """A lifecycle rule whose filter has two parts outside of And, or that has both a filter and a prefix."""
    bad = any(len(rule.get("Filter") or ()) > 1 or ("Filter" in rule and "Prefix" in rule) for rule in _rules(parameters))
    return "The XML you provided was not well-formed or did not validate against our published schema" if bad else None


@refuses("s3", "PutBucketLifecycleConfiguration", code="InvalidRequest", source=f"{API} (AbortIncompleteMultipartUpload)")
def uploads_by_tag(parameters: dict) -> str | None:
    """A lifecycle rule that ends incomplete uploads and filters by tag: an upload has no tags yet."""
    for rule in _rules(parameters):
        found = _filter_of(rule)
        if rule.get("AbortIncompleteMultipartUpload") and (found.get("Tag") or found.get("Tags")):
            return "AbortIncompleteMultipartUpload cannot be specified with Tags."
    return None


@refuses("s3", "PutBucketLifecycleConfiguration", code="InvalidArgument", source=TRANSITIONS)
def early_transition(parameters: dict) -> str | None:
    """A transition to an infrequent-access class before 30 days."""
    return _first(_early(rule) for rule in _rules(parameters))


def _early(rule: dict[str, Any]) -> str | None:
    for key, action, days in (
        ("Transitions", "Transition", "Days"),
        ("NoncurrentVersionTransitions", "NoncurrentVersionTransition", "NoncurrentDays"),
    ):
        for transition in rule.get(key) or ():
            kind = transition.get("StorageClass")
            if kind in _INFREQUENT and isinstance(transition.get(days), int) and transition[days] < 30:
                return f"'{days}' in {action} action must be greater than or equal to 30 for storageClass '{kind}'"
    return None


@refuses("s3", "PutBucketLifecycleConfiguration", code="InvalidArgument", source=TRANSITIONS)
def transitions_out_of_order(parameters: dict) -> str | None:
    """A transition less than 30 days after one to an infrequent-access class, or an expiration that does not come after the transitions."""
    return _first(_out_of_order(rule) for rule in _rules(parameters))


def _out_of_order(rule: dict[str, Any]) -> str | None:
    prefix = f"'(prefix={_filter_of(rule).get('Prefix', rule.get('Prefix', ''))})'"
    dated = (each for each in rule.get("Transitions") or () if isinstance(each.get("Days"), int))
    transitions = sorted(dated, key=lambda each: each["Days"])
    for earlier, later in combinations(transitions, 2):
        if earlier["StorageClass"] in _INFREQUENT and later["Days"] < earlier["Days"] + 30:
            return (
                f"'Days' in the '{later['StorageClass']}' Transition action for filter {prefix} must be 30 days more than "
                f"'filter {prefix} Days' in the '{earlier['StorageClass']}' Transition action"
            )
    expiry = (rule.get("Expiration") or {}).get("Days")
    if isinstance(expiry, int) and transitions and expiry <= transitions[-1]["Days"]:
        return f"'Days' in the Expiration action for filter {prefix} must be greater than 'Days' in the Transition action"
    return None
