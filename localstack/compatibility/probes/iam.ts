import { DeregisterTaskDefinitionCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Level, Probe } from "../probe";
import { actingAs, createRole } from "../role";

const service = "IAM";
const enforcedOnRequest =
  "`make up` lets everybody do everything; with EMULATOR_AUTH=true, as in `make check NAME=environments`, it is enforced.";

/** Enforced, if IAM forbids it. */
async function forbidden(action: () => Promise<unknown>): Promise<Level> {
  try {
    await action();
    return "stored";
  } catch (error) {
    if (/AccessDenied|Unauthorized|Forbidden/.test((error as Error).name)) return "enforced";
    throw error;
  }
}

export const iamProbes = [
  {
    id: "iam-policies",
    service,
    capability: "A role may do what its policies allow, and nothing else.",
    note: enforcedOnRequest,
    run: async (context) => {
      const s3 = context.own(new S3Client({ ...(await actingAs(context, [])), forcePathStyle: true }));
      return forbidden(() => s3.send(new ListBucketsCommand({})));
    },
  },
  {
    id: "iam-trust-policies",
    service,
    capability: "Only those whom its trust policy names may assume a role.",
    note: enforcedOnRequest,
    run: async (context) => {
      // Of the account's owner nobody asks anything.
      const sts = context.own(new STSClient(await actingAs(context, ["sts:AssumeRole"])));
      const RoleArn = await createRole(context, { Service: "ecs-tasks.amazonaws.com" }, "-task");
      return forbidden(() => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "probe" })));
    },
  },
  {
    id: "iam-pass-role",
    service,
    capability: "Whoever gives a role to a task needs iam:PassRole for it.",
    note: "Whether the deploy role may pass the roles of tasks is not seen here, not even by `make check NAME=environments`.",
    run: async (context) => {
      const ecs = context.own(new ECSClient(await actingAs(context, ["ecs:*"])));
      const taskRoleArn = await createRole(context, { Service: "ecs-tasks.amazonaws.com" }, "-task");
      return forbidden(async () => {
        const containerDefinitions = [{ name: "app", image: "none" }];
        const command = { family: context.name, taskRoleArn, containerDefinitions, memory: "512" };
        const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(command));
        const arn = taskDefinition?.taskDefinitionArn;
        context.afterwards(() =>
          context.client(ECSClient).send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })),
        );
      });
    },
  },
] as const satisfies readonly Probe[];
