import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import type { ProbeContext } from "./probe-context";

/** A role that this principal may assume; gives its ARN. */
export async function createRole(context: ProbeContext, principal: object, suffix = ""): Promise<string> {
  const iam = context.client(IAMClient);
  const RoleName = `${context.name}${suffix}`;
  const trust = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  context.afterwards(() => iam.send(new DeleteRoleCommand({ RoleName })));
  return Role?.Arn ?? "";
}

/** The configuration of a client that acts as a role which may do this and nothing else. */
export async function actingAs(context: ProbeContext, Action: readonly string[]) {
  const RoleArn = await createRole(context, { AWS: `arn:aws:iam::${context.account}:root` });
  if (Action.length > 0) {
    const iam = context.client(IAMClient);
    const policy = { RoleName: context.name, PolicyName: "probe" };
    const PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(PolicyDocument) }));
    context.afterwards(() => iam.send(new DeleteRolePolicyCommand(policy)));
  }
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: "probe" });
  const { Credentials: session } = await context.client(STSClient).send(assume);
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken = "" } = session ?? {};
  return {
    ...clientConfiguration(context.env),
    credentials: { accessKeyId, secretAccessKey, sessionToken: SessionToken },
  };
}
