"""What AWS refuses of a lifecycle policy: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html"""

import json
from collections.abc import Iterator
from typing import Any

from rules import refuses
from rules.ecr import GUIDE, REPORTS, invalid

RULES = 50
PATTERN_WILDCARDS = 4
AGES = ("sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned")
REQUIRED = {
    "rule": ("rulePriority", "selection", "action"),
    "selection": ("tagStatus", "countType", "countNumber"),
    "action": ("type",),
}
ALLOWED = {
    "rule": ("rulePriority", "description", "selection", "action"),
    "selection": ("tagStatus", "tagPrefixList", "tagPatternList", "countType", "countUnit", "countNumber", "storageClass"),
    "action": ("type", "targetStorageClass"),
}
VALUES = {
    "tagStatus": ("any", "tagged", "untagged"),
    "countType": ("imageCountMoreThan", *AGES),
    "countUnit": ("days",),
    "type": ("expire", "transition"),
    "targetStorageClass": ("archive",),
    "storageClass": ("standard", "archive"),
}


def _rules(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Empty for a text that is no policy: another rule refuses it."""
    try:
        rules = json.loads(parameters["lifecyclePolicyText"])["rules"]
    except (ValueError, TypeError, KeyError):
        return []
    return rules if isinstance(rules, list) and all(isinstance(each, dict) for each in rules) else []


def _sound(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of a policy whose schema is kept."""
    rules = _rules(parameters)
    return rules if not any(_schema(rules)) else []


def _failure(reason: str) -> str:
    return invalid("LifecyclePolicyText", f"Lifecycle policy validation failure: {reason}")


@refuses("ecr", "PutLifecyclePolicy", code="InvalidParameterException", source=f"{GUIDE}/lifecycle_policy_parameters.html; {REPORTS}")
def no_policy(parameters: dict[str, Any]) -> str | None:
    """A lifecycle policy that is no JSON object with a list of rules."""
    try:
        document = json.loads(parameters["lifecyclePolicyText"])
    except ValueError:
        document = None
    if not isinstance(document, dict):
        return _failure("Could not map policyString into LifecyclePolicy.")
    if not isinstance(document.get("rules"), list):
        return _failure('object has missing required properties (["rules"])')
    return None


@refuses("ecr", "PutLifecyclePolicy", code="InvalidParameterException", source=f"{GUIDE}/lifecycle_policy_parameters.html; {REPORTS}")
def number_of_rules(parameters: dict[str, Any]) -> str | None:
    """A lifecycle policy without rules, or with more than 50."""
    rules = json.loads(parameters["lifecyclePolicyText"])["rules"]
    if not rules:
        return _failure("array is too short: must have at least 1 elements but instance has 0 elements")
    return (
        _failure(f"array is too long: must have at most {RULES} elements but instance has {len(rules)} elements")
        if len(rules) > RULES
        else None
    )


@refuses("ecr", "PutLifecyclePolicy", code="InvalidParameterException", source=f"{GUIDE}/lifecycle_policy_parameters.html; {REPORTS}")
def schema_of_rules(parameters: dict[str, Any]) -> str | None:
    """A lifecycle rule that lacks a part, has one that none has, or a value that the part does not take."""
    reason = next(_schema(_rules(parameters)), None)
    return _failure(reason) if reason else None


def _schema(rules: list[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        for kind, part in (("rule", rule), ("selection", rule.get("selection")), ("action", rule.get("action"))):
            if not isinstance(part, dict):
                yield f'object has missing required properties (["{kind}"])'
                continue
            missing = sorted({*REQUIRED[kind]} - {*part})
            unknown = sorted({*part} - {*ALLOWED[kind]})
            if missing:
                yield f"object has missing required properties ({json.dumps(missing)})"
            if unknown:
                yield f"object instance has properties which are not allowed by the schema: {json.dumps(unknown)}"
            yield from _values(part)


def _values(part: dict[str, Any]) -> Iterator[str]:
    for name, value in part.items():
        if name in VALUES and value not in VALUES[name]:
            yield f"instance value ({json.dumps(value)}) not found in enum (possible values: {json.dumps(VALUES[name])})"
        if name in ("rulePriority", "countNumber"):
            if not isinstance(value, int):
                yield 'instance type (string) does not match any allowed primitive type (allowed: ["integer"])'
            elif value < 1:
                yield f"numeric instance is lower than the required minimum (minimum: 1, found: {value})"


@refuses(
    "ecr", "PutLifecyclePolicy", code="InvalidParameterException", source=f"{GUIDE}/lifecycle_policy_parameters.html (tagStatus); {REPORTS}"
)
def tags_of_rules(parameters: dict[str, Any]) -> str | None:
    """A lifecycle rule for tagged images without prefixes and patterns of the tags, or with both; or one for other images with them."""
    for each in _sound(parameters):
        selection = each["selection"]
        status = selection["tagStatus"]
        lists = [name for name in ("tagPrefixList", "tagPatternList") if selection.get(name)]
        if status == "tagged" and not lists:
            return _failure("Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.")
        if status == "tagged" and len(lists) > 1:
            return _failure("If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList")
        if status != "tagged" and lists:
            return _failure(f"Cannot specify {lists[0]} with tagStatus {status.upper()}")
        if any(pattern.count("*") > PATTERN_WILDCARDS for pattern in selection.get("tagPatternList") or []):
            return _failure("Invalid tag pattern provided")
    return None


@refuses(
    "ecr", "PutLifecyclePolicy", code="InvalidParameterException", source=f"{GUIDE}/lifecycle_policy_parameters.html (countUnit); {REPORTS}"
)
def counts_of_rules(parameters: dict[str, Any]) -> str | None:
    """A lifecycle rule by age without the unit, days, or one by number with a unit."""
    for each in _sound(parameters):
        by_age = each["selection"]["countType"] in AGES
        if by_age != ("countUnit" in each["selection"]):
            return _failure("instance failed to match exactly one schema (matched 0 out of 2)")
    return None


@refuses(
    "ecr",
    "PutLifecyclePolicy",
    code="InvalidParameterException",
    source=f"{GUIDE}/lifecycle_policy_parameters.html (storageClass); {REPORTS}",
)
def storage_of_rules(parameters: dict[str, Any]) -> str | None:
    """A lifecycle rule for archived images that does not count from their archival, or one that moves images without saying where."""
    for each in _sound(parameters):
        selection, action = each["selection"], each["action"]
        if selection.get("storageClass") == "archive" and selection["countType"] != "sinceImageTransitioned":
            return _failure("SINCE_IMAGE_PUSHED, SINCE_IMAGE_PULLED and IMAGE_COUNT_MORE_THAN support the STANDARD storage class only")
        if action["type"] == "transition" and not action.get("targetStorageClass"):
            return _failure("Could not map policyString into LifecyclePolicy.")
    return None


@refuses(
    "ecr",
    "PutLifecyclePolicy",
    code="InvalidParameterException",
    source=f"{GUIDE}/lifecycle_policy_parameters.html (rulePriority); {REPORTS}",
)
def priorities_of_rules(parameters: dict[str, Any]) -> str | None:
    """Two lifecycle rules of one priority, two for any or for untagged images, or one for any image before another."""
    rules = _sound(parameters)
    priorities = [each["rulePriority"] for each in rules]
    if len({*priorities}) < len(priorities):
        return _failure("Duplicate priority in multiple rules")
    for status in ("any", "untagged"):
        classes = [_storage(each) for each in rules if each["selection"]["tagStatus"] == status]
        if len({*classes}) < len(classes):
            name = "specify tagStatus=ANY" if status == "any" else "select Untagged images"
            return _failure(f"Only one rule can {name} per storage class")
    for last in (each for each in rules if each["selection"]["tagStatus"] == "any"):
        if any(each["rulePriority"] > last["rulePriority"] and _storage(each) == _storage(last) for each in rules):
            return _failure("Rule for tagStatus=ANY must have the lowest priority per storage class")
    return None


def _storage(rule: dict[str, Any]) -> str:
    return rule["selection"].get("storageClass", "standard")
