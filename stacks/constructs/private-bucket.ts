import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

export interface PrivateBucketProps {
  readonly name: string;
  /** Encrypts objects with this key; `null` with S3's own, for what AWS delivers and cannot encrypt otherwise. */
  readonly keyArn: string | null;
  /** Removes the bucket with its objects when the stack is destroyed. */
  readonly forceDestroy: boolean;
  /** Days until an object, or one of its earlier versions, is deleted. */
  readonly expiry: { readonly objectsAfterDays: number } | { readonly oldVersionsAfterDays: number };
  /** What the bucket's policy allows besides what roles allow. */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** A bucket that is encrypted, closed to the public, reached by TLS alone, and forgets: 0.023 USD per GB and month. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { name, keyArn, forceDestroy, expiry, statements = () => [] } = props;
    const bucket = new S3Bucket(this, "bucket", { bucket: name, forceDestroy });
    this.encrypt(bucket.bucket, keyArn);
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.expire(bucket.bucket, expiry, versioning);
    new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const privacy = new S3BucketPublicAccessBlock(this, "privacy", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.bucket,
      policy: policyDocument(tlsOnly(bucket.arn), ...statements(bucket.arn)),
      // AWS answers 409 when both are changed at once.
      dependsOn: [privacy],
    });

    // Through its policy, so that whoever is told the name may already write.
    this.name = policy.bucket;
    this.arn = bucket.arn;
  }

  private encrypt(bucket: string, keyArn: string | null): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            keyArn === null ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: keyArn !== null,
        },
      ],
    });
  }

  private expire(bucket: string, expiry: PrivateBucketProps["expiry"], versioning: S3BucketVersioningA): void {
    // An object that expires becomes a noncurrent version, whose days count from then on.
    const expired =
      "objectsAfterDays" in expiry
        ? { expiration: [{ days: expiry.objectsAfterDays }], noncurrentVersionExpiration: [{ noncurrentDays: 1 }] }
        : { noncurrentVersionExpiration: [{ noncurrentDays: expiry.oldVersionsAfterDays }] };
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          ...expired,
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}

function tlsOnly(bucketArn: string): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
