"""Rules of STS: how long a session is, and whose tokens are taken."""

import base64
import json
import time
from typing import Any

from ministack.core.iam_evaluator import caller_arn
from ministack.services import iam

from rules import refuses

ASSUME = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"
WEB = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
_HOUR = 3600
# Providers that need no entry in the account.
_PUBLIC = ("accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com")


def _account_of(parameters: dict[str, Any]) -> str:
    parts = parameters.get("RoleArn", "").split(":")
    return parts[4] if len(parts) > 5 else ""


def _role(parameters: dict[str, Any]) -> dict[str, Any] | None:
    return iam._roles.get_scoped(_account_of(parameters), None, parameters["RoleArn"].rpartition("/")[2])


@refuses("sts", "AssumeRole", code="ValidationError", source=f"{ASSUME} (DurationSeconds: role chaining limits the session to one hour)")
def chained_for_longer(parameters: dict) -> str | None:
    """A session of more than an hour of a role that is assumed by a session of a role."""
    if ":assumed-role/" not in caller_arn() or parameters.get("DurationSeconds", _HOUR) <= _HOUR:
        return None
    return "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"


@refuses("sts", "AssumeRole", "AssumeRoleWithWebIdentity", code="ValidationError", source=f"{ASSUME} (DurationSeconds)")
def longer_than_the_role_allows(parameters: dict) -> str | None:
    """A session longer than the role's MaxSessionDuration, which is one hour by default."""
    role = _role(parameters)
    if role is None or parameters.get("DurationSeconds", _HOUR) <= role.get("MaxSessionDuration", _HOUR):
        return None
    return "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."


@refuses("sts", "AssumeRole", "AssumeRoleWithWebIdentity", code="ValidationError", source=f"{ASSUME} (PolicyArns: up to 10)")
def many_session_policies(parameters: dict) -> str | None:
    """A session with more than ten managed policies."""
    found = len(parameters.get("PolicyArns") or ())
    if found <= 10:
        return None
    return (
        "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: "
        "Member must have length less than or equal to 10"
    )


@refuses("sts", "AssumeRole", code="AccessDenied", source="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html")
def role_that_is_not_there(parameters: dict) -> str | None:
    """A session of a role that does not exist. AWS does not say whether it does."""
    if not _account_of(parameters) or _role(parameters):
        return None
    return f"User: {caller_arn()} is not authorized to perform: sts:AssumeRole on resource: {parameters['RoleArn']}"


# Tokens of other identity providers


def _claims(token: str) -> dict[str, Any] | None:
    """What a token says; None for what is no JSON Web Token."""
    parts = token.split(".")
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))) if len(parts) == 3 else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _host(claims: dict[str, Any]) -> str:
    return str(claims.get("iss", "")).partition("://")[2].rstrip("/") or str(claims.get("iss", ""))


def _provider(parameters: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any] | None:
    account = _account_of(parameters)
    return iam._oidc_providers.get_scoped(account, None, f"arn:aws:iam::{account}:oidc-provider/{_host(claims)}")


@refuses("sts", "AssumeRoleWithWebIdentity", code="InvalidIdentityToken", source=f"{WEB} (Errors: InvalidIdentityToken)")
def token_that_is_none(parameters: dict) -> str | None:
    """A web identity token that is no JSON Web Token."""
    if parameters.get("ProviderId") or _claims(parameters["WebIdentityToken"]) is not None:
        return None
    return "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"


@refuses(
    "sts",
    "AssumeRoleWithWebIdentity",
    code="InvalidIdentityToken",
    source=f"{WEB} (Errors); https://github.com/aws-actions/configure-aws-credentials/issues/318",
)
def token_of_an_unknown_provider(parameters: dict) -> str | None:
    """A token whose issuer is no identity provider of the account, or whose audience the provider does not list."""
    claims = _claims(parameters["WebIdentityToken"]) or {}
    if not claims or _host(claims) in _PUBLIC or not _account_of(parameters):
        return None
    provider = _provider(parameters, claims)
    if provider is None:
        return f"No OpenIDConnect provider found in your account for {claims.get('iss')}"
    audiences = claims.get("aud")
    listed = set(audiences if isinstance(audiences, list) else [audiences]) & set(provider["ClientIDList"])
    return None if listed else "Incorrect token audience"


@refuses("sts", "AssumeRoleWithWebIdentity", code="ExpiredTokenException", source=f"{WEB} (Errors: ExpiredTokenException)")
def token_that_expired(parameters: dict) -> str | None:
    """A token whose time is over."""
    expiry = (_claims(parameters["WebIdentityToken"]) or {}).get("exp")
    if not isinstance(expiry, (int, float)) or expiry > time.time():
        return None
    return f"Token expired: current date/time {int(time.time())} must be before the expiration date/time {int(expiry)}"
