import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { policyDocument } from "./policy-document";

export interface EnvironmentKeyProps {
  readonly alias: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * The key that encrypts everything at rest in an environment: state, images, log groups, objects, alarms on their way. 1 USD a month.
 * The account's roles use it as their own policies say; the AWS services that encrypt by themselves are admitted by name.
 */
export class EnvironmentKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { alias, accountId, region }: EnvironmentKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: `Data at rest of ${alias.replace("alias/", "")}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: keyPolicy(accountId, region),
    });
    new KmsAlias(this, "alias", { name: alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** In a key's policy the resource `*` is the key itself. */
function keyPolicy(accountId: string, region: string): string {
  return policyDocument(
    {
      Sid: "RolesOfThisAccount",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "LogGroups",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` },
      },
    },
    {
      // A topic under a customer's key is closed to the services that publish on their own behalf.
      Sid: "AlarmsToEncryptedTopics",
      Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      // SNS writes what it cannot deliver into an encrypted queue. That it names the topic to the key is known; that it names the account is not:
      // https://github.com/aws/aws-cdk/issues/20339
      Sid: "UndeliveredToEncryptedQueue",
      Principal: { Service: "sns.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:sns:${region}:${accountId}:*` } },
    },
    {
      // EventBridge names no source account when it publishes to an encrypted topic.
      Sid: "EventsToEncryptedTopics",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
    },
  );
}
