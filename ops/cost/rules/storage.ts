import type { PricingRules } from "../charge";

export const storageRules: PricingRules = {
  aws_s3_bucket: (_, { usage }) => [
    { price: "bucketGigabyteMonth", quantity: usage.bucketGigabytes },
    { price: "bucketReads1k", quantity: usage.bucketRequests1k },
    { price: "bucketWrites1k", quantity: usage.bucketRequests1k / 10 },
  ],
  aws_ecr_repository: (_, { usage }) => [{ price: "imageGigabyteMonth", quantity: usage.imageGigabytes }],
  aws_kms_key: (_, { usage }) => [
    { price: "keyMonth", quantity: 1 },
    { price: "keyRequests10k", quantity: usage.keyRequests10k },
  ],
  aws_secretsmanager_secret: () => [{ price: "secretMonth", quantity: 1 }],
  // Made by a person, paid all the same.
  "data.aws_secretsmanager_secret": () => [{ price: "secretMonth", quantity: 1 }],
  "data.aws_secretsmanager_secret_version": () => [{ price: "secretMonth", quantity: 1 }],
  // https://aws.amazon.com/systems-manager/pricing/ (Parameter Store: standard parameters cost nothing)
  aws_ssm_parameter: ({ arguments: { tier = "Standard" } }) => (tier === "Standard" ? [] : undefined),
};
