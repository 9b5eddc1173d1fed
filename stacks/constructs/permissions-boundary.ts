import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import type { Environment } from "../environments";
import { bucketName, prefixOf } from "./names";
import { policyDocument } from "./policy-document";

export interface PermissionsBoundaryProps {
  readonly environment: Environment;
  readonly keyArn: string;
}

/** The ARN is composed, so that the other stacks need no look-up. */
export function boundaryArn(environment: Environment): string {
  return `arn:aws:iam::${environment.accountId}:policy/${boundaryName(environment)}`;
}

function boundaryName(environment: Environment): string {
  return `${prefixOf(environment)}-boundary`;
}

/** The most that a role of this environment can ever do, whatever its own policies say. Roles without it cannot be made by a deploy. */
export class PermissionsBoundary extends Construct {
  constructor(scope: Construct, id: string, { environment, keyArn }: PermissionsBoundaryProps) {
    super(scope, id);
    const { name, region, accountId } = environment;
    const prefix = prefixOf(environment);
    new IamPolicy(this, "boundary", {
      name: boundaryName(environment),
      description: `The most that a role of ${prefix} can do`,
      policy: policyDocument(
        {
          Sid: "PullImages",
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: `arn:aws:ecr:${region}:${accountId}:repository/${name}/*`,
        },
        // Actions without a resource to name.
        {
          Sid: "StartAndTalk",
          Action: ["ecr:GetAuthorizationToken", "ssmmessages:*", "logs:DescribeLogGroups"],
          Resource: "*",
        },
        {
          Sid: "WriteLogs",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:${region}:${accountId}:log-group:/${prefix}/*`,
        },
        {
          Sid: "ReadSecrets",
          Action: ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
          Resource: [
            `arn:aws:secretsmanager:${region}:${accountId}:secret:*`,
            `arn:aws:ssm:${region}:${accountId}:parameter/*`,
          ],
        },
        {
          Sid: "ReadObjects",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${bucketName(environment, "objects")}/*`,
        },
        { Sid: "UseKey", Action: "kms:Decrypt", Resource: keyArn },
      ),
    });
  }
}
