"""What a caller needs on the KMS key with which a service encrypts or decrypts for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import ecr, kms, s3, sns, sqs

from rules.permissions import Implied, Needed, Parameters, arn
from rules.secretsmanager import secret_of
from rules.ssm import parameter_of

_DOCS = "https://docs.aws.amazon.com"


def via(service: str, encryption: dict[str, str], **more: Any) -> dict[str, Any]:
    """The condition keys of a request that a service makes to KMS for its caller."""
    context = {f"kms:EncryptionContext:{key}": value for key, value in encryption.items()}
    keys = {"kms:EncryptionContextKeys": list(encryption)} if encryption else {}
    named = {f"kms:{key}": value for key, value in more.items()}
    caller = {"kms:ViaService": f"{service}.{get_region()}.amazonaws.com", "kms:CallerAccount": get_account_id()}
    return {"aws:ViaAWSService": "true", **caller, **context, **keys, **named}


def own_key(key_id: str | None) -> str | None:
    """The ARN of a customer's key of this account; None for AWS's own keys, which serve the whole account, and for other accounts."""
    key = kms._resolve_key(key_id or "")
    return key["Arn"] if key else None


def _on(key_id: str | None, context: dict[str, Any], actions: Iterable[str]) -> Iterator[Needed]:
    if key := own_key(key_id):
        yield from (Needed(f"kms:{action}", key, context) for action in actions)


# S3


def _sse_of(parameters: Parameters) -> str | None:
    """The key of a write: the one that it names, or the bucket's."""
    if parameters.get("ServerSideEncryption"):
        return parameters.get("SSEKMSKeyId")
    return s3._bucket_default_sse_headers(parameters["Bucket"]).get("x-amz-server-side-encryption-aws-kms-key-id")


def _sse_of_object(bucket: str, key: str, version: str | None) -> str | None:
    versions = s3._object_versions.get((bucket, key)) or ()
    named = next((each for each in versions if each["version_id"] == version), None) if version else None
    found = s3._object_record_from_version(named) if named else ((s3._buckets.get(bucket) or {}).get("objects") or {}).get(key)
    return s3._stored_sse_headers(found).get("x-amz-server-side-encryption-aws-kms-key-id") if found else None


def _of_s3(bucket: str, key: str) -> dict[str, Any]:
    """With a bucket key the context is the bucket, without one it is the object."""
    has_bucket_key = "<BucketKeyEnabled>true<" in str(s3._bucket_encryption.get(bucket) or "")
    return via("s3", {"aws:s3:arn": f"arn:aws:s3:::{bucket}" if has_bucket_key else f"arn:aws:s3:::{bucket}/{key}"})


def _write_object(_: str, parameters: Parameters) -> Iterator[Needed]:
    yield from _on(_sse_of(parameters), _of_s3(parameters["Bucket"], parameters["Key"]), ["GenerateDataKey"])


def _read_object(_: str, parameters: Parameters) -> Iterator[Needed]:
    bucket, key = parameters["Bucket"], parameters["Key"]
    yield from _on(_sse_of_object(bucket, key, parameters.get("VersionId")), _of_s3(bucket, key), ["Decrypt"])


def _copy_object(operation: str, parameters: Parameters) -> Iterator[Needed]:
    source, _, version = str(parameters["CopySource"]).lstrip("/").partition("?versionId=")
    bucket, _, key = source.partition("/")
    yield from _on(_sse_of_object(bucket, key, version), _of_s3(bucket, key), ["Decrypt"])
    yield from _write_object(operation, parameters)


# Secrets and parameters


def _secret_context(secret: dict[str, Any] | None) -> dict[str, Any]:
    return via("secretsmanager", {"SecretARN": secret["ARN"]} if secret else {})


def _write_secret(_: str, parameters: Parameters) -> Iterator[Needed]:
    secret = secret_of(parameters)
    key = parameters.get("KmsKeyId") or (secret or {}).get("KmsKeyId")
    if {"SecretString", "SecretBinary", "KmsKeyId"} & parameters.keys():
        yield from _on(key, _secret_context(secret), ["GenerateDataKey", "Decrypt"])


def _read_secret(_: str, parameters: Parameters) -> Iterator[Needed]:
    secret = secret_of(parameters)
    yield from _on((secret or {}).get("KmsKeyId"), _secret_context(secret), ["Decrypt"])


def _of_parameter(name: str) -> dict[str, Any]:
    return via("ssm", {"PARAMETER_ARN": arn("ssm", f"parameter/{name.lstrip('/')}")})


def _write_parameter(_: str, parameters: Parameters) -> Iterator[Needed]:
    if parameters.get("Type") == "SecureString":
        action = "GenerateDataKey" if parameters.get("Tier") == "Advanced" else "Encrypt"
        yield from _on(parameters.get("KeyId"), _of_parameter(parameters["Name"]), [action])


def _read_parameters(_: str, parameters: Parameters) -> Iterator[Needed]:
    for name in parameters.get("Names") or [parameters.get("Name")] if parameters.get("WithDecryption") else ():
        found = parameter_of(name) or {}
        if found.get("Type") == "SecureString":
            yield from _on(found.get("KeyId"), _of_parameter(found["Name"]), ["Decrypt"])


# Messages


def _publish(_: str, parameters: Parameters) -> Iterator[Needed]:
    topic = sns._topic_by_arn_any_scope(parameters.get("TopicArn") or parameters.get("TargetArn") or "") or {}
    context = via("sns", {"aws:sns:topicArn": topic.get("arn", "")})
    yield from _on((topic.get("attributes") or {}).get("KmsMasterKeyId"), context, ["GenerateDataKey", "Decrypt"])


def _message(*actions: str) -> Callable[[str, Parameters], Iterator[Needed]]:
    def needs(_: str, parameters: Parameters) -> Iterator[Needed]:
        queue_arn = arn("sqs", parameters.get("QueueUrl", "").rstrip("/").rpartition("/")[2])
        queue = sqs._queue_by_arn(queue_arn) or {}
        key = (queue.get("attributes") or {}).get("KmsMasterKeyId")
        yield from _on(key, via("sqs", {"aws:sqs:arn": queue_arn}), actions)

    return needs


# Repositories: ECR makes a grant for itself in the name of its caller.


def _key_of_repository(parameters: Parameters) -> str | None:
    stored = ecr._repositories.get(parameters["repositoryName"]) or {}
    configuration = parameters.get("encryptionConfiguration") or stored.get("encryptionConfiguration") or {}
    return configuration.get("kmsKey") if configuration.get("encryptionType", "").startswith("KMS") else None


def _repository(*actions: str) -> Callable[[str, Parameters], Iterator[Needed]]:
    def needs(_: str, parameters: Parameters) -> Iterator[Needed]:
        context = via("ecr", {"aws:ecr:arn": arn("ecr", f"repository/{parameters['repositoryName']}")}, GrantIsForAWSResource="true")
        yield from _on(_key_of_repository(parameters), context, actions)

    return needs


_S3 = f"{_DOCS}/AmazonS3/latest/userguide/UsingKMSEncryption.html (permissions)"
_SECRETS = f"{_DOCS}/secretsmanager/latest/userguide/security-encryption.html (permissions for the KMS key)"
_PARAMETERS = f"{_DOCS}/kms/latest/developerguide/services-parameter-store.html"
_QUEUES = f"{_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"
_TOPICS = f"{_DOCS}/sns/latest/dg/sns-key-management.html"
_IMAGES = f"{_DOCS}/AmazonECR/latest/userguide/encryption-at-rest.html (required IAM permissions)"
_NO_KMS = "Access to KMS is not allowed"

KEYS = (
    Implied("s3", ("PutObject", "CreateMultipartUpload"), "a write under a key", _S3, _write_object),
    Implied("s3", ("GetObject", "GetObjectAttributes"), "a read of what is encrypted with a key", _S3, _read_object),
    Implied("s3", ("CopyObject",), "a copy under a key", _S3, _copy_object),
    Implied(
        *("secretsmanager", ("CreateSecret", "PutSecretValue", "UpdateSecret"), "a secret on an own key", _SECRETS, _write_secret),
        *("AccessDeniedException", _NO_KMS),
    ),
    Implied("secretsmanager", ("GetSecretValue",), "a secret on an own key", _SECRETS, _read_secret, "AccessDeniedException", _NO_KMS),
    Implied("ssm", ("PutParameter",), "a SecureString on an own key", _PARAMETERS, _write_parameter),
    Implied("ssm", ("GetParameter", "GetParameters"), "a SecureString on an own key", _PARAMETERS, _read_parameters),
    Implied("sns", ("Publish", "PublishBatch"), "a topic under an own key", _TOPICS, _publish, "KMSAccessDenied"),
    Implied(
        *("sqs", ("SendMessage", "SendMessageBatch"), "a queue under an own key", _QUEUES, _message("GenerateDataKey", "Decrypt")),
        "KmsAccessDenied",
    ),
    Implied("sqs", ("ReceiveMessage",), "a queue under an own key", _QUEUES, _message("Decrypt"), "KmsAccessDenied"),
    Implied(
        *("ecr", ("CreateRepository",), "a repository under an own key", _IMAGES, _repository("DescribeKey", "CreateGrant")),
        "KmsException",
    ),
    Implied(
        *("ecr", ("DeleteRepository",), "a repository under an own key", _IMAGES, _repository("RetireGrant")),
        "KmsException",
    ),
)
