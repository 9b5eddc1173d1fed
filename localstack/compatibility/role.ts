import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfiguration } from "../../ops/deploy/rollback";
import type { World } from "./world";

/** A role that this principal may assume; gives its ARN. */
export async function createRole(world: World, principal: object, suffix = ""): Promise<string> {
  const iam = world.client(IAMClient);
  const RoleName = `${world.name}${suffix}`;
  const trust = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  world.afterwards(() => iam.send(new DeleteRoleCommand({ RoleName })));
  return Role?.Arn ?? "";
}

/** The configuration of a client that acts as a role which may do this and nothing else. */
export async function actingAs(world: World, Action: readonly string[]) {
  const RoleArn = await createRole(world, { AWS: `arn:aws:iam::${world.account}:root` });
  if (Action.length > 0) {
    const iam = world.client(IAMClient);
    const policy = { RoleName: world.name, PolicyName: "probe" };
    const PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(PolicyDocument) }));
    world.afterwards(() => iam.send(new DeleteRolePolicyCommand(policy)));
  }
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: "probe" });
  const { Credentials: session } = await world.client(STSClient).send(assume);
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken = "" } = session ?? {};
  return {
    ...clientConfiguration(world.env),
    credentials: { accessKeyId, secretAccessKey, sessionToken: SessionToken },
  };
}
