"""Gap: of what a job of GitHub Actions says of itself, a trust policy can compare only audience and subject."""

from ministack.services import cognito, sts

from patches.replaces import replaces

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
_ISSUER = "token.actions.githubusercontent.com"
_CLAIMS = (
    *("actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref"),
    *("ref", "repository", "repository_id", "workflow"),
)


@replaces(sts, "_web_identity_principal", "(token: str, provider_id: str, role_arn: str)")
def principal_with_github_claims(original, token, provider_id, role_arn):
    principal, keys = original(token, provider_id, role_arn)
    if not principal.endswith(f"oidc-provider/{_ISSUER}"):
        return principal, keys
    claims = cognito._decode_id_token_unverified(token)
    return principal, keys | {f"{_ISSUER}:{name}": claims[name] for name in _CLAIMS if name in claims}
