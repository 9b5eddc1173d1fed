"""Gap: a certificate is issued as soon as it is requested. Here it waits until its validation records are in a public zone."""

import hashlib
import time

from ministack.core.responses import json_response, now_iso
from ministack.services import acm, route53

from patches.replaces import replaces

PENDING = "PENDING_VALIDATION"
TOKEN_SECONDS = 3600


@replaces(acm, "_request_certificate", "(data)")
def wait_for_validation(original, data):
    names = (data.get("DomainName"), tuple(sorted(data.get("SubjectAlternativeNames", []))))
    request = (data.get("IdempotencyToken"), names)
    for arn, certificate in acm._certificates.items():
        asked_at, asked = certificate.get("_request", (0, None))
        if request[0] and asked == request and time.time() - asked_at < TOKEN_SECONDS:
            return json_response({"CertificateArn": arn})
    known = set(acm._certificates)
    response = original(data)
    for arn in set(acm._certificates) - known:
        certificate = acm._certificates[arn]
        certificate["_request"] = (time.time(), request)
        certificate["Status"] = PENDING
        for name in ("IssuedAt", "NotBefore", "NotAfter"):
            certificate.pop(name, None)
    return response


@replaces(acm, "_validation_options", "(domain, method)")
def ask_for_record(original, domain, method):
    options = {"DomainName": domain, "ValidationDomain": domain, "ValidationMethod": method, "ValidationStatus": PENDING}
    if method != "DNS":
        return options
    base = domain.removeprefix("*.")
    name, value = (hashlib.md5(f"{part} {base}".encode()).hexdigest() for part in ("name", "value"))
    record = {"Name": f"_{name}.{base}.", "Type": "CNAME", "Value": f"_{value}.acm-validations.aws."}
    return {**options, "ResourceRecord": record}


def public_records() -> dict[str, set[str]]:
    """The CNAME records of public zones of all accounts: DNS is for everybody."""
    found: dict[str, set[str]] = {}
    for (account, zone_id), zone in list(route53._zones._data.items()):
        for record in [] if zone.get("private") else route53._records._data.get((account, zone_id), []):
            if record["Type"] == "CNAME":
                found.setdefault(record["Name"].lower(), set()).update(
                    value.lower().rstrip(".") for value in record.get("ResourceRecords", [])
                )
    return found


def issue_if_validated(certificate: dict) -> None:
    if certificate.get("Status") != PENDING:
        return
    records = public_records()
    for option in certificate["DomainValidationOptions"]:
        record = option.get("ResourceRecord")
        if record and record["Value"].lower().rstrip(".") in records.get(record["Name"].lower(), set()):
            option["ValidationStatus"] = "SUCCESS"
    if all(option["ValidationStatus"] == "SUCCESS" for option in certificate["DomainValidationOptions"]):
        now = now_iso()
        certificate.update(Status="ISSUED", IssuedAt=now, NotBefore=now, NotAfter=acm._future_iso(395 * 24 * 3600))


@replaces(acm, "_get_local_certificate", "(arn)")
def look_at_validation(original, arn):
    certificate = original(arn)
    if certificate:
        issue_if_validated(certificate)
    return certificate


@replaces(acm, "_list_certificates", "(data)")
def look_at_validations(original, data):
    for certificate in acm._certificates.values():
        issue_if_validated(certificate)
    return original(data)


@replaces(acm, "_cert_shape", "(cert)")
def describe_pending(original, cert):
    shape = original(cert)
    if cert.get("Status") == PENDING:
        for name in ("IssuedAt", "NotBefore", "NotAfter"):
            shape.pop(name, None)
    return shape
