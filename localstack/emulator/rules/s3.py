"""Rules of S3: buckets, their policies and their order."""

from fnmatch import fnmatchcase
from typing import Any

from ministack.services import s3
from service_models import model_of

from rules import refuses
from rules.policy_documents import as_list, invalid_principal, parsed, statements

API = "https://docs.aws.amazon.com/AmazonS3/latest/API"
GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
ERRORS = f"{API}/ErrorResponses.html"

_RESERVED_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")


@refuses("s3", "CreateBucket", code="InvalidBucketName", source=f"{GUIDE}/bucketnamingrules.html")
def reserved_bucket_name(parameters: dict) -> str | None:
    """A bucket whose name begins or ends with letters that S3 keeps for itself."""
    name = parameters["Bucket"]
    reserved = name.startswith(_RESERVED_STARTS) or name.endswith(_RESERVED_ENDS)
    return "The specified bucket is not valid." if reserved else None


@refuses("s3", "CreateBucket", code="InvalidLocationConstraint", source=f"{API}/API_CreateBucket.html (LocationConstraint: a region)")
def bucket_in_no_region(parameters: dict) -> str | None:
    """A bucket whose location is no region, a zone for example."""
    constraint = (parameters.get("CreateBucketConfiguration") or {}).get("LocationConstraint")
    known = model_of("s3").shape_for("BucketLocationConstraint").enum
    return "The specified location-constraint is not valid" if constraint and constraint not in known else None


@refuses("s3", "DeleteBucket", code="BucketNotEmpty", source=f"{API}/API_DeleteBucket.html; {ERRORS}")
def bucket_with_versions(parameters: dict) -> str | None:
    """A deletion of a bucket with versioning that holds objects, earlier versions, or delete markers."""
    name = parameters["Bucket"]
    bucket = s3._buckets.get(name)
    if bucket is None or not s3._bucket_versioning.get(name) or not (bucket["objects"] or s3._bucket_has_versions(name)):
        return None
    return "The bucket you tried to delete is not empty. You must delete all versions in the bucket."


@refuses("s3", "PutBucketVersioning", code="InvalidBucketState", source=f"{GUIDE}/object-lock.html; {ERRORS}")
def versioning_of_a_locked_bucket(parameters: dict) -> str | None:
    """Versioning suspended in a bucket with Object Lock."""
    suspended = parameters["VersioningConfiguration"].get("Status") == "Suspended"
    if not suspended or not (s3._bucket_object_lock.get(parameters["Bucket"]) or {}).get("enabled"):
        return None
    return "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."


@refuses("s3", "PutBucketLogging", code="InvalidTargetBucketForLogging", source=ERRORS)
def logs_to_no_bucket(parameters: dict) -> str | None:
    """Access logs to a bucket that does not exist in the account."""
    target = (parameters["BucketLoggingStatus"].get("LoggingEnabled") or {}).get("TargetBucket")
    return "The target bucket for logging does not exist" if target and s3._buckets.get(target) is None else None


@refuses("s3", "PutBucketLogging", code="CrossLocationLoggingProhibited", source=ERRORS)
def logs_to_another_region(parameters: dict) -> str | None:
    """Access logs to a bucket in another region."""
    target = (parameters["BucketLoggingStatus"].get("LoggingEnabled") or {}).get("TargetBucket")
    if not target or not s3._buckets.get(target) or not s3._buckets.get(parameters["Bucket"]):
        return None
    if s3.bucket_region(target) == s3.bucket_region(parameters["Bucket"]):
        return None
    return "Cross S3 location logging not allowed."


@refuses("s3", "PutBucketAccelerateConfiguration", code="InvalidRequest", source=f"{GUIDE}/transfer-acceleration.html; {ERRORS}")
def acceleration_of_a_name_with_dots(parameters: dict) -> str | None:
    """Transfer Acceleration of a bucket with a dot in its name."""
    if "." not in parameters["Bucket"]:
        return None
    return "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"


@refuses("s3", "PutBucketEncryption", code="InvalidArgument", source=f"{API}/API_ServerSideEncryptionByDefault.html (KMSMasterKeyID)")
def key_for_another_algorithm(parameters: dict) -> str | None:
    """A default encryption that names a KMS key and an algorithm other than aws:kms."""
    for rule in parameters["ServerSideEncryptionConfiguration"].get("Rules", ()):
        default = rule.get("ApplyServerSideEncryptionByDefault") or {}
        if default.get("KMSMasterKeyID") and not str(default.get("SSEAlgorithm", "")).startswith("aws:kms"):
            return "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
    return None


# Bucket policies

_NOT_OF_BUCKETS = ("AbortMultipartUpload", "ListMultipartUploadParts", "BypassGovernanceRetention", "ReplicateDelete", "ReplicateTags")


def _is_of_objects(action: str) -> bool:
    name = action.partition(":")[2]
    return name in _NOT_OF_BUCKETS or ("Object" in name and "Bucket" not in name)


def _document(parameters: dict[str, Any]) -> dict[str, Any] | None:
    policy = parameters.get("Policy") or ""
    return parsed(policy.decode(errors="replace") if isinstance(policy, bytes) else policy)


@refuses(
    "s3",
    "PutBucketPolicy",
    code="MalformedPolicy",
    source=f"{ERRORS} (MalformedPolicy); {GUIDE}/example-bucket-policies.html; principals: "
    "https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error",
)
def malformed_bucket_policy(parameters: dict) -> str | None:
    """A bucket policy that is no JSON, lacks an element, names another bucket, an action of another service, one that does not fit
    its resources, or a principal that does not exist."""
    document = _document(parameters)
    if document is None:
        return "Policies must be valid JSON and the first byte must be '{'"
    if not statements(document):
        return "Missing required field Statement"
    if problem := next(filter(None, (_statement_problem(each, parameters["Bucket"]) for each in statements(document))), None):
        return problem
    return "Invalid principal in policy" if invalid_principal(document) else None


def _statement_problem(statement: dict[str, Any], bucket: str) -> str | None:
    for field in ("Effect", "Principal", "Action", "Resource"):
        if not statement.get(field) and f"Not{field}" not in statement:
            return f"Missing required field {field}"
    if statement["Effect"] not in ("Allow", "Deny"):
        return f"Invalid effect: {statement['Effect']}"
    actions = [str(each) for each in as_list(statement.get("Action", statement.get("NotAction")))]
    if any(action != "*" and not action.lower().startswith("s3:") for action in actions):
        return "Policy has invalid action"
    resources = [str(each) for each in as_list(statement.get("Resource", statement.get("NotResource")))]
    if any(not _is_of_bucket(resource, bucket) for resource in resources):
        return "Policy has invalid resource"
    return None if "NotAction" in statement or "NotResource" in statement else _misfit(actions, resources)


def _is_of_bucket(resource: str, bucket: str) -> bool:
    start, _, name = resource.partition(":s3:::")
    if resource == "*" or not name:
        return resource == "*"
    return start.startswith("arn:aws") and fnmatchcase(bucket, name.partition("/")[0])


def _misfit(actions: list[str], resources: list[str]) -> str | None:
    """An action on objects needs a resource with a slash or a star at its end, one on buckets a resource without a slash."""
    plain = [action for action in actions if "*" not in action and "?" not in action]
    objects = any("/" in resource or resource.endswith("*") for resource in resources)
    buckets = any("/" not in resource or resource == "*" for resource in resources)
    fits = all(objects if _is_of_objects(action) else buckets for action in plain)
    return None if fits else "Action does not apply to any resource(s) in statement"
