import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement, trustService } from "./policy-document";

/** What a service may do. ARNs are exact: nothing here ends in a wildcard but the streams of its own log group. */
export interface ServicePermissions {
  readonly repositoryArns: readonly string[];
  /** Secrets and parameters that ECS hands to the containers. */
  readonly secretArns: readonly string[];
  /** Objects that the app reads. */
  readonly objectArns: readonly string[];
  /** Where `aws ecs execute-command` is allowed: the group that records the sessions; otherwise undefined. */
  readonly sessionLogGroupArn: string | undefined;
  /** Decrypts the secrets, objects and sessions above. */
  readonly keyArn: string;
}

export interface ServiceRolesProps {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly logGroupArn: string;
  readonly permissionsBoundary: string;
  readonly permissions: ServicePermissions;
}

/** Two roles: one with which ECS pulls the images, reads the secrets and writes the logs of exactly this service, and one for the app itself. */
export class ServiceRoles extends Construct {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  /** A service waits for these: a role without them cannot start its tasks. */
  readonly policies: IamRolePolicy[] = [];

  constructor(scope: Construct, id: string, props: ServiceRolesProps) {
    super(scope, id);
    this.executionRoleArn = this.createRole("execution", "start-task", startTask(props), props);
    this.taskRoleArn = this.createRole("task", "work", work(props), props);
  }

  private createRole(id: string, policyName: string, statements: Statement[], props: ServiceRolesProps): string {
    const role = new IamRole(this, id, {
      name: `${props.name}-${id}`,
      assumeRolePolicy: trustService("ecs-tasks.amazonaws.com", props.accountId),
      permissionsBoundary: props.permissionsBoundary,
    });
    if (statements.length > 0) {
      const policy = policyDocument(...statements);
      this.policies.push(new IamRolePolicy(this, policyName, { name: policyName, role: role.name, policy }));
    }
    return role.arn;
  }
}

function startTask({ logGroupArn, region, permissions }: ServiceRolesProps): Statement[] {
  const { repositoryArns, secretArns, keyArn } = permissions;
  const secrets = secretArns.filter((arn) => !isParameter(arn));
  const parameters = secretArns.filter(isParameter);
  return [
    {
      Sid: "PullImages",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositoryArns,
    },
    // This action has no resource to name.
    { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    { Sid: "WriteLogs", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` },
    ...(secrets.length > 0 ? [{ Sid: "ReadSecrets", Action: "secretsmanager:GetSecretValue", Resource: secrets }] : []),
    ...(parameters.length > 0 ? [{ Sid: "ReadParameters", Action: "ssm:GetParameters", Resource: parameters }] : []),
    ...(secretArns.length > 0 ? [decrypt(keyArn, ["secretsmanager", "ssm"], region)] : []),
  ];
}

function work({ region, permissions }: ServiceRolesProps): Statement[] {
  const { objectArns, sessionLogGroupArn, keyArn } = permissions;
  const readObjects = [
    { Sid: "ReadObjects", Action: "s3:GetObject", Resource: objectArns },
    decrypt(keyArn, ["s3"], region),
  ];
  return [
    ...(objectArns.length > 0 ? readObjects : []),
    ...(sessionLogGroupArn === undefined ? [] : recordedSessions(sessionLogGroupArn, keyArn)),
  ];
}

/** The agent's channels, and the log without which no session starts. The channels have no resource to name. */
function recordedSessions(logGroupArn: string, keyArn: string): Statement[] {
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    { Sid: "OpenChannels", Action: channels.map((channel) => `ssmmessages:${channel}`), Resource: "*" },
    { Sid: "FindSessionLog", Action: "logs:DescribeLogGroups", Resource: "*" },
    {
      Sid: "RecordSession",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
    { Sid: "EncryptSession", Action: "kms:Decrypt", Resource: keyArn },
  ];
}

/** The key as used by a service on the role's behalf, not by the role itself. */
function decrypt(keyArn: string, services: readonly string[], region: string): Statement {
  const via = services.map((service) => `${service}.${region}.amazonaws.com`);
  return {
    Sid: "Decrypt",
    Action: "kms:Decrypt",
    Resource: keyArn,
    Condition: { StringEquals: { "kms:ViaService": via } },
  };
}

function isParameter(arn: string): boolean {
  return arn.startsWith("arn:aws:ssm:");
}
