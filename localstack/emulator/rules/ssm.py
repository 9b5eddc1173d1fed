"""Rules of the Parameter Store."""

import re
from typing import Any

from ministack.services import kms, ssm

from rules import refuses

API = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
TIERS = "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"


def parameter_of(name: str) -> dict[str, Any] | None:
    return ssm._lookup_parameter(name)[1]


def _existing(parameters: dict[str, Any]) -> dict[str, Any]:
    return parameter_of(parameters["Name"]) or {}


def _tier(parameters: dict[str, Any]) -> str:
    return parameters.get("Tier") or _existing(parameters).get("Tier") or "Standard"


@refuses("ssm", "PutParameter", code="ValidationException", source=f"{API} (Name)")
def parameter_name(parameters: dict) -> str | None:
    """A parameter whose name has other characters than letters, numbers and .-_/, or a slash that is not at its begin."""
    name = parameters["Name"]
    if not re.fullmatch(r"[a-zA-Z0-9_.\-/]+", name) and not name.startswith("arn:"):
        return (
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths "
            "divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_"
        )
    return "Parameter name must be a fully qualified name." if "/" in name and not name.startswith(("/", "arn:")) else None


@refuses("ssm", "PutParameter", code="HierarchyLevelLimitExceededException", source=f"{API} (Name: 15 levels at most)")
def deep_parameter(parameters: dict) -> str | None:
    """A parameter of more than 15 levels."""
    deep = parameters["Name"].startswith("/") and parameters["Name"].count("/") > 15
    return "A hierarchy can have a maximum of 15 levels." if deep else None


@refuses("ssm", "PutParameter", code="ValidationException", source=f"{API} (Value: 4 KB standard, 8 KB advanced); {TIERS}")
def long_value(parameters: dict) -> str | None:
    """A value of more than 4096 characters in the standard tier, or of more than 8192 in the others."""
    size, tier = len(parameters["Value"].encode()), _tier(parameters)
    if tier == "Standard" and size > 4096:
        return (
            "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, "
            "upgrade the parameter to use the advanced-parameter tier. For more information, see "
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        )
    return "Advanced tier parameters support a maximum parameter value of 8192 characters." if size > 8192 else None


@refuses("ssm", "PutParameter", code="ValidationException", source=f"{API} (Tier); {TIERS}")
def advanced_made_standard(parameters: dict) -> str | None:
    """An advanced parameter that is made a standard one, or parameter policies in the standard tier."""
    if parameters.get("Tier") == "Standard" and _existing(parameters).get("Tier") == "Advanced":
        return (
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier "
            "to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter."
        )
    if parameters.get("Policies") not in (None, "", "[]") and _tier(parameters) == "Standard":
        return "Parameter policies are available only for parameters that use the advanced-parameter tier."
    return None


@refuses("ssm", "PutParameter", code="HierarchyTypeMismatchException", source=f"{API} (Errors: HierarchyTypeMismatchException)")
def type_changed(parameters: dict) -> str | None:
    """A parameter whose type is changed from or to SecureString."""
    old, new = _existing(parameters).get("Type"), parameters.get("Type")
    if not old or not new or old == new or not parameters.get("Overwrite") or "SecureString" not in (old, new):
        return None
    return "Parameter Store does not support changing a parameter type in a hierarchy."


@refuses("ssm", "PutParameter", code="ValidationException", source=f"{API} (KeyId: for SecureString; Value: no reference to a parameter)")
def arguments_that_do_not_fit(parameters: dict) -> str | None:
    """A key for a parameter that is not encrypted, or a value that refers to another parameter."""
    kind = parameters.get("Type") or _existing(parameters).get("Type")
    if parameters.get("KeyId") and kind and kind != "SecureString":
        return "KeyId is required for SecureString type parameter only."
    if re.search(r"\{\{.*\}\}", parameters["Value"]):
        return 'Parameter value: can\'t nest another parameter. Do not use "{{}}" in the value.'
    return None


@refuses("ssm", "PutParameter", code="InvalidKeyId", source=f"{API} (Errors: InvalidKeyId)")
def key_that_is_not_there(parameters: dict) -> str | None:
    """An encrypted parameter with a key that does not exist or is disabled."""
    key_id = parameters.get("KeyId") or ""
    if parameters.get("Type") != "SecureString" or not key_id or "alias/aws/" in key_id:
        return None
    key = kms._resolve_key(key_id)
    return None if key and key["KeyState"] == "Enabled" else f"Invalid keyId {key_id}"


@refuses("ssm", "PutParameter", code="ParameterPatternMismatchException", source=f"{API} (AllowedPattern)")
def value_outside_of_its_pattern(parameters: dict) -> str | None:
    """A value that does not match the pattern that its parameter allows."""
    pattern = parameters.get("AllowedPattern") or ""
    try:
        matches = not pattern or re.fullmatch(pattern, parameters["Value"]) or re.search(pattern, parameters["Value"])
    except re.error:
        return None
    return None if matches else f"Parameter value, cannot be validated against allowedPattern: {pattern}"
