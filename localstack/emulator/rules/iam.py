"""Rules of IAM."""

from typing import Any

from ministack.services import iam

from rules import policy_documents, refuses
from rules.policy_documents import as_list, parsed, size_of, statements

API = "https://docs.aws.amazon.com/IAM/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
QUOTAS = f"{GUIDE}/reference_iam-quotas.html"
GRAMMAR = f"{GUIDE}/reference_policies_grammar.html; words: moto/iam/policy_validation.py of https://github.com/getmoto/moto"

_ROLE_OPERATIONS = (
    *("GetRole", "UpdateRole", "UpdateRoleDescription", "DeleteRole", "UpdateAssumeRolePolicy", "TagRole", "UntagRole", "ListRoleTags"),
    *("PutRolePolicy", "GetRolePolicy", "DeleteRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies", "AttachRolePolicy"),
    *("DetachRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "ListInstanceProfilesForRole"),
)
_ROLE_CHANGES = (
    *("UpdateRole", "UpdateRoleDescription", "DeleteRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "DeleteRolePolicy"),
    *("AttachRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"),
)


def _role(parameters: dict[str, Any]) -> dict[str, Any]:
    return iam._roles.get(parameters.get("RoleName", "")) or {}


def _same_name(names: Any, name: str) -> str | None:
    return next((each for each in names if each.lower() == name.lower()), None)


@refuses("iam", *_ROLE_OPERATIONS, code="NoSuchEntity", source=f"{API}/API_GetRole.html (Errors)")
def role_that_is_not_there(parameters: dict) -> str | None:
    """An operation on a role that does not exist."""
    return None if _role(parameters) else f"The role with name {parameters['RoleName']} cannot be found."


@refuses("iam", *_ROLE_CHANGES, code="UnmodifiableEntity", source=f"{GUIDE}/using-service-linked-roles.html")
def role_of_a_service(parameters: dict) -> str | None:
    """A change of a service-linked role: only its service changes it."""
    if not _role(parameters).get("Path", "").startswith("/aws-service-role/"):
        return None
    name = parameters["RoleName"]
    return f"Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"


@refuses("iam", "CreateRole", code="EntityAlreadyExists", source=f"{API}/API_CreateRole.html (RoleName: not distinguished by case)")
def role_name_taken(parameters: dict) -> str | None:
    """A role whose name another role has, in whatever case."""
    name = parameters["RoleName"]
    return f"Role with name {name} already exists." if _same_name(iam._roles, name) else None


@refuses("iam", "CreatePolicy", code="EntityAlreadyExists", source=f"{API}/API_CreatePolicy.html (Errors)")
def policy_name_taken(parameters: dict) -> str | None:
    """A managed policy whose name another one of the account has, under whatever path."""
    name = parameters["PolicyName"]
    if not _same_name((each["PolicyName"] for each in iam._policies.values()), name):
        return None
    return f"A policy called {name} already exists. Duplicate names are not allowed."


# Documents


@refuses("iam", "CreatePolicy", "CreatePolicyVersion", code="MalformedPolicyDocument", source=GRAMMAR)
def malformed_managed_policy(parameters: dict) -> str | None:
    """A managed policy that breaks the grammar of policies: no JSON, no version, no action or resource, a principal, a Sid twice."""
    return policy_documents.identity_problem(parameters["PolicyDocument"], managed=True)


@refuses("iam", "PutRolePolicy", "PutUserPolicy", "PutGroupPolicy", code="MalformedPolicyDocument", source=GRAMMAR)
def malformed_inline_policy(parameters: dict) -> str | None:
    """An inline policy that breaks the grammar of policies."""
    return policy_documents.identity_problem(parameters["PolicyDocument"], managed=False)


def _trust(parameters: dict[str, Any]) -> str:
    return parameters.get("AssumeRolePolicyDocument") or parameters.get("PolicyDocument") or ""


@refuses(
    "iam",
    *("CreateRole", "UpdateAssumeRolePolicy"),
    code="MalformedPolicyDocument",
    source=f"{GUIDE}/id_roles_update-role-trust-policy.html; words: public reports of CreateRole and UpdateAssumeRolePolicy",
)
def malformed_trust_policy(parameters: dict) -> str | None:
    """A trust policy without a principal or an action, with a resource, or with actions of another service than STS."""
    document = parsed(_trust(parameters))
    if document is None:
        return "This policy contains invalid Json"
    if not statements(document):
        return "Syntax errors in policy."
    return next(filter(None, map(_trust_statement_problem, statements(document))), None)


def _trust_statement_problem(statement: dict[str, Any]) -> str | None:
    for field in ("Effect", "Action", "Principal"):
        if not statement.get(field) and f"Not{field}" not in statement:
            return f"Missing required field {field}"
    if "Resource" in statement:
        return "Has prohibited field Resource"
    if "NotResource" in statement:
        return "AssumeRole policy must not contain resources."
    actions = as_list(statement.get("Action", statement.get("NotAction")))
    if any(not str(action).lower().startswith("sts:") for action in actions):
        return "AssumeRole policy may only specify STS AssumeRole actions."
    return None


@refuses(
    "iam",
    *("CreateRole", "UpdateAssumeRolePolicy"),
    code="MalformedPolicyDocument",
    source=f"{GUIDE}/reference_policies_elements_principal.html; https://github.com/hashicorp/terraform-provider-aws/issues/8905",
)
def trust_in_nobody(parameters: dict) -> str | None:
    """A trust policy for a role or user that does not exist, or for a service that AWS does not have."""
    found = policy_documents.invalid_principal(parsed(_trust(parameters)) or {})
    return f'Invalid principal in policy: "{found[0].upper()}":"{found[1]}"' if found else None


# Quotas


@refuses("iam", "CreateRole", "UpdateAssumeRolePolicy", code="LimitExceeded", source=f"{QUOTAS} (role trust policy: 2,048 characters)")
def long_trust_policy(parameters: dict) -> str | None:
    """A trust policy of more than 2048 characters, white space not counted."""
    return "Cannot exceed quota for ACLSizePerRole: 2048" if size_of(_trust(parameters)) > 2048 else None


@refuses("iam", "CreatePolicy", "CreatePolicyVersion", code="LimitExceeded", source=f"{QUOTAS} (managed policy: 6,144 characters)")
def long_managed_policy(parameters: dict) -> str | None:
    """A managed policy of more than 6144 characters, white space not counted."""
    return "Cannot exceed quota for PolicySize: 6144" if size_of(parameters["PolicyDocument"]) > 6144 else None


# The most characters of all inline policies of an entity together.
_INLINE = {
    "RoleName": (10240, "role", lambda name: (iam._roles.get(name) or {}).get("InlinePolicies")),
    "UserName": (2048, "user", lambda name: iam._user_inline_policies.get(name)),
    "GroupName": (5120, "group", lambda name: iam._group_inline_policies.get(name)),
}


@refuses(
    "iam",
    *("PutRolePolicy", "PutUserPolicy", "PutGroupPolicy"),
    code="LimitExceeded",
    source=f"{QUOTAS} (role policy size: 10,240, user: 2,048, group: 5,120 characters, all inline policies together)",
)
def long_inline_policies(parameters: dict) -> str | None:
    """Inline policies that have more characters together than their role, user or group may have; white space is not counted."""
    key = next(key for key in _INLINE if key in parameters)
    most, kind, stored = _INLINE[key]
    kept = {name: document for name, document in (stored(parameters[key]) or {}).items() if name != parameters["PolicyName"]}
    sizes = [size_of(each if isinstance(each, str) else str(each)) for each in (*kept.values(), parameters["PolicyDocument"])]
    return f"Maximum policy size of {most} bytes exceeded for {kind} {parameters[key]}" if sum(sizes) > most else None


@refuses("iam", "AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy", code="LimitExceeded", source=f"{QUOTAS} (attached: 10)")
def eleventh_managed_policy(parameters: dict) -> str | None:
    """An eleventh managed policy on a role, user or group."""
    stores = {"RoleName": (iam._roles, "Role"), "UserName": (iam._users, "User"), "GroupName": (iam._groups, "Group")}
    key = next(key for key in stores if key in parameters)
    store, kind = stores[key]
    attached = (store.get(parameters[key]) or {}).get("AttachedPolicies", [])
    if len(attached) < 10 or parameters["PolicyArn"] in attached:
        return None
    return f"Cannot exceed quota for PoliciesPer{kind}: 10"


@refuses("iam", "CreatePolicyVersion", code="LimitExceeded", source=f"{API}/API_CreatePolicyVersion.html (up to five versions)")
def sixth_version(parameters: dict) -> str | None:
    """A sixth version of a managed policy."""
    policy = iam._policies.get(parameters["PolicyArn"]) or {}
    if len(policy.get("Versions", ())) < 5:
        return None
    return "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."


@refuses("iam", "TagRole", "TagPolicy", "TagUser", code="LimitExceeded", source=f"{QUOTAS} (tags: 50)")
def fifty_first_tag(parameters: dict) -> str | None:
    """More than 50 tags on a role, user or managed policy."""
    keys = {"RoleName": iam._roles, "UserName": iam._users, "PolicyArn": iam._policies}
    key = next(key for key in keys if key in parameters)
    entity = keys[key].get(parameters[key]) or {}
    together = {each["Key"].lower() for each in (*entity.get("Tags", ()), *parameters.get("Tags", ()))}
    return f"Cannot exceed quota for TagsPer{key[:-4] if key != 'PolicyArn' else 'Policy'}: 50" if len(together) > 50 else None
