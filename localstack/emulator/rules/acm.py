"""What AWS Certificate Manager refuses."""

from ministack.core.responses import get_account_id
from ministack.services import acm, alb

from rules import refuses
from rules.references import must_exist

API = "https://docs.aws.amazon.com/acm/latest/APIReference"
REQUEST = f"{API}/API_RequestCertificate.html"
MEASURED = "https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/acm"
NAMES = 10
LONGEST_FIRST_NAME = 64
KEY_ALGORITHMS = ("RSA_2048", "EC_prime256v1", "EC_secp384r1")


def names_in(parameters: dict) -> list[str]:
    """The names of the certificate that a request asks for, each once."""
    names = [parameters.get("DomainName", ""), *parameters.get("SubjectAlternativeNames", [])]
    return list(dict.fromkeys(name.lower() for name in names))


@refuses(
    "acm",
    "RequestCertificate",
    code="LimitExceededException",
    source=f"{REQUEST} (SubjectAlternativeNames); https://github.com/hashicorp/terraform-provider-aws/issues/35825",
)
def too_many_names(parameters: dict) -> str | None:
    """A certificate with more than ten names, which is the quota of a new account."""
    return "Certificate has too many domains." if len(names_in(parameters)) > NAMES else None


@refuses(
    "acm",
    "RequestCertificate",
    code="InvalidDomainValidationOptionsException",
    source=f"{REQUEST} (DomainName); {MEASURED}/pf-acm-domain-name-cn-64-octets",
)
def long_first_name(parameters: dict) -> str | None:
    """A certificate whose first name is longer than 64 characters."""
    long = len(parameters.get("DomainName", "")) > LONGEST_FIRST_NAME
    return f"The first domain name can be no longer than {LONGEST_FIRST_NAME} characters." if long else None


@refuses(
    "acm",
    "RequestCertificate",
    code="InvalidDomainValidationOptionsException",
    source=f"{API}/API_DomainValidationOption.html; {MEASURED}/pf-acm-domain-validation-option-known-domain",
)
def options_of_other_names(parameters: dict) -> str | None:
    """Validation options for a domain that is no name of the certificate, or with a validation domain that is not above it."""
    for option in parameters.get("DomainValidationOptions", []):
        domain, above = option.get("DomainName", "").lower(), option.get("ValidationDomain", "").lower()
        if domain not in names_in(parameters):
            return (
                f"The domain specified in ValidationOptions, {option.get('DomainName')}, "
                "is not the PrimaryDomain or part of SubjectAlternativeNames."
            )
        if above and domain != above and not domain.endswith(f".{above}"):
            return f"The validation domain, {above}, must be a superdomain of the requested domain, {domain}."
    return None


@refuses(
    "acm",
    "RequestCertificate",
    code="ValidationException",
    source=f"{REQUEST} (KeyAlgorithm); {MEASURED}/pf-acm-public-key-algorithm",
)
def key_algorithm_of_private_certificates(parameters: dict) -> str | None:
    """A public certificate with a key that is not of RSA_2048, EC_prime256v1 or EC_secp384r1."""
    algorithm = parameters.get("KeyAlgorithm", KEY_ALGORITHMS[0])
    if algorithm in KEY_ALGORITHMS or parameters.get("CertificateAuthorityArn"):
        return None
    return f"Encryption Algorithm {algorithm} is not supported"


must_exist(
    "acm",
    (
        "DescribeCertificate",
        "GetCertificate",
        "DeleteCertificate",
        "AddTagsToCertificate",
        "RemoveTagsFromCertificate",
        "ListTagsForCertificate",
        "UpdateCertificateOptions",
        "RenewCertificate",
    ),
    "CertificateArn",
    lambda arn: arn in acm._certificates,
    kind="A certificate",
    code="ResourceNotFoundException",
    words="Could not find certificate {}.",
    source=f'{API}/API_DescribeCertificate.html (Errors); public reports of "Could not find certificate arn:…"',
)


@refuses("acm", "DeleteCertificate", code="ResourceInUseException", source=f"{API}/API_DeleteCertificate.html")
def certificate_in_use(parameters: dict) -> str | None:
    """The deletion of a certificate that a listener of a load balancer uses."""
    arn = parameters.get("CertificateArn", "")
    used = any(each.get("CertificateArn") == arn for listener in alb._listeners.values() for each in listener.get("Certificates", []))
    return f"Certificate {arn} in account {get_account_id()} is in use." if used else None
