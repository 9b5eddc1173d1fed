"""Rules of IAM on what refers to something else: attachments, deletions, providers."""

from typing import Any

from ministack.services import iam

from rules import refuses
from rules.policy_documents import names_in

API = "https://docs.aws.amazon.com/IAM/latest/APIReference"
_MANAGED = "arn:aws:iam::aws:policy/"


def policy_exists(arn: str) -> bool:
    if arn.startswith(_MANAGED):
        return arn.removeprefix(_MANAGED) in names_in("aws_managed_policies.txt") or iam._policy_exists(arn)
    return iam._policies.get(arn) is not None


@refuses(
    "iam",
    *("AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy"),
    code="NoSuchEntity",
    source=f"{API}/API_AttachRolePolicy.html; https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
)
def attachment_of_no_policy(parameters: dict) -> str | None:
    """An attachment of a managed policy that does not exist, or is under another path."""
    arn = parameters["PolicyArn"]
    return None if policy_exists(arn) else f"Policy {arn} does not exist or is not attachable."


@refuses("iam", "DetachRolePolicy", code="NoSuchEntity", source=f"{API}/API_DetachRolePolicy.html (Errors)")
def detachment_of_what_is_not_attached(parameters: dict) -> str | None:
    """A detachment of a policy that the role does not have."""
    role = iam._roles.get(parameters["RoleName"]) or {}
    return None if parameters["PolicyArn"] in role.get("AttachedPolicies", ()) else f"Policy {parameters['PolicyArn']} was not found."


@refuses(
    "iam",
    *("GetPolicy", "GetPolicyVersion", "ListPolicyVersions", "CreatePolicyVersion", "DeletePolicyVersion", "DeletePolicy"),
    *("SetDefaultPolicyVersion", "ListEntitiesForPolicy", "TagPolicy", "UntagPolicy", "ListPolicyTags"),
    code="NoSuchEntity",
    source=f"{API}/API_GetPolicy.html (Errors)",
)
def policy_that_is_not_there(parameters: dict) -> str | None:
    """An operation on a managed policy that does not exist."""
    arn = parameters["PolicyArn"]
    if arn.startswith(_MANAGED) or policy_exists(arn):
        return None
    return f"Policy {arn} was not found."


@refuses("iam", "DeleteRole", code="DeleteConflict", source=f"{API}/API_DeleteRole.html (policies and instance profiles first)")
def role_in_use(parameters: dict) -> str | None:
    """A deletion of a role that has managed policies, inline policies, or an instance profile."""
    name = parameters["RoleName"]
    role = iam._roles.get(name) or {}
    if role.get("AttachedPolicies"):
        return "Cannot delete entity, must detach all policies first."
    if role.get("InlinePolicies"):
        return "Cannot delete entity, must delete policies first."
    if any(name in profile.get("Roles", ()) for profile in iam._instance_profiles.values()):
        return "Cannot delete entity, must remove roles from instance profile first."
    return None


@refuses("iam", "DeletePolicy", code="DeleteConflict", source=f"{API}/API_DeletePolicy.html (detach, and delete its versions, first)")
def policy_in_use(parameters: dict) -> str | None:
    """A deletion of a managed policy that is attached, is a boundary, or has further versions."""
    arn = parameters["PolicyArn"]
    entities = [*iam._roles.values(), *iam._users.values(), *iam._groups.values()]
    if any(arn in each.get("AttachedPolicies", ()) or each.get("PermissionsBoundary") == arn for each in entities):
        return "Cannot delete a policy attached to entities."
    if len((iam._policies.get(arn) or {}).get("Versions", ())) > 1:
        return (
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy."
        )
    return None


@refuses("iam", "DeletePolicyVersion", code="DeleteConflict", source=f"{API}/API_DeletePolicyVersion.html (not the default version)")
def default_version_deleted(parameters: dict) -> str | None:
    """A deletion of the default version of a policy."""
    version = (iam._policies.get(parameters["PolicyArn"]) or {}).get("Versions", {}).get(parameters["VersionId"]) or {}
    return "Cannot delete the default version of a policy." if version.get("IsDefaultVersion") else None


def _boundary(parameters: dict[str, Any]) -> str | None:
    arn = parameters.get("PermissionsBoundary")
    return arn if arn and not policy_exists(arn) else None


@refuses(
    "iam",
    *("CreateRole", "PutRolePermissionsBoundary"),
    code="NoSuchEntity",
    source=f"{API}/API_PutRolePermissionsBoundary.html (Errors)",
)
def boundary_that_is_not_there(parameters: dict) -> str | None:
    """A role whose permissions boundary is no policy that exists."""
    arn = _boundary(parameters)
    return f"Scope ARN: {arn} does not exist or is not attachable." if arn else None


_PROVIDER = f"{API}/API_CreateOpenIDConnectProvider.html"


@refuses("iam", "CreateOpenIDConnectProvider", code="ValidationError", source=f"{_PROVIDER} (Url: begins with https://, without query)")
def provider_without_https(parameters: dict) -> str | None:
    """An OpenID Connect provider whose address does not begin with https://, or has a query."""
    url = parameters["Url"]
    return None if url.startswith("https://") and "?" not in url else "Invalid Open ID Connect Provider URL"


@refuses("iam", "CreateOpenIDConnectProvider", code="LimitExceeded", source=f"{_PROVIDER} (ClientIDList: 100)")
def many_client_ids(parameters: dict) -> str | None:
    """An OpenID Connect provider with more than 100 client ids."""
    many = len(parameters.get("ClientIDList") or ()) > 100
    return "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100" if many else None


@refuses("iam", "CreateOpenIDConnectProvider", code="InvalidInput", source=f"{_PROVIDER} (ThumbprintList: up to five)")
def many_thumbprints(parameters: dict) -> str | None:
    """An OpenID Connect provider with more than five thumbprints."""
    return "Thumbprint list must contain fewer than 5 entries." if len(parameters.get("ThumbprintList") or ()) > 5 else None


@refuses("iam", "CreateOpenIDConnectProvider", code="EntityAlreadyExists", source=f"{_PROVIDER} (Errors)")
def provider_taken(parameters: dict) -> str | None:
    """A second OpenID Connect provider for an address."""
    url = parameters["Url"]
    host = url.removeprefix("https://").rstrip("/")
    taken = any(arn.partition(":oidc-provider/")[2] == host for arn in iam._oidc_providers)
    return f"Provider with url {url} already exists." if taken else None


@refuses(
    "iam",
    "CreateServiceLinkedRole",
    code="InvalidInput",
    source=f"{API}/API_CreateServiceLinkedRole.html (Errors: InvalidInput; CustomSuffix)",
)
def service_linked_role_taken(parameters: dict) -> str | None:
    """A service-linked role that the account has already."""
    path = f"/aws-service-role/{parameters['AWSServiceName']}/"
    taken = next((each["RoleName"] for each in iam._roles.values() if each.get("Path") == path), None)
    return f"Service role name {taken} has been taken in this account, please try a different suffix." if taken else None
