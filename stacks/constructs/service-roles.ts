import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

export interface ServiceRolesProps {
  readonly name: string;
  readonly repositoryArns: readonly string[];
  readonly logGroupArn: string;
}

/** Two roles: one with which ECS pulls the images and writes the logs of exactly this service, and one for the app itself, which may do nothing yet. */
export class ServiceRoles extends Construct {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;

  constructor(scope: Construct, id: string, { name, repositoryArns, logGroupArn }: ServiceRolesProps) {
    super(scope, id);
    const execution = new IamRole(this, "execution", { name: `${name}-execution`, assumeRolePolicy: trustEcsTasks() });
    new IamRolePolicy(this, "start", {
      name: "start-task",
      role: execution.name,
      policy: startTask(repositoryArns, logGroupArn),
    });
    const task = new IamRole(this, "task", { name: `${name}-task`, assumeRolePolicy: trustEcsTasks() });

    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
  }
}

function trustEcsTasks(): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
}

function startTask(repositoryArns: readonly string[], logGroupArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PullImages",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: repositoryArns,
      },
      // This action has no resource to name.
      { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
    ],
  });
}
