import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { keepStateOnDisk, stateBucketName, useAccount } from "./constructs/account";
import type { Environment } from "./environments";

export interface BootstrapStackProps {
  readonly environment: Environment;
}

/**
 * The bucket that holds the state of the other stacks: versioned, encrypted, private, TLS only. Once an account; cents a month.
 * It is named `bootstrap-<environment>` so that `<environment>-*` leaves it alone: the others cannot even be initialized without it.
 */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment }: BootstrapStackProps) {
    super(scope, id);
    useAccount(this, environment);
    keepStateOnDisk(this);

    const bucket = new S3Bucket(this, "state", {
      bucket: stateBucketName(environment),
      forceDestroy: !environment.deletionProtection,
    });
    new S3BucketVersioningA(this, "state-versioning", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "state-encryption", {
      bucket: bucket.bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
    });
    const privacy = new S3BucketPublicAccessBlock(this, "state-privacy", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "state-policy", {
      bucket: bucket.bucket,
      policy: tlsOnly(bucket.arn),
      // AWS answers 409 when both are changed at once.
      dependsOn: [privacy],
    });
  }
}

function tlsOnly(bucketArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
