import {
  CreateServiceLinkedRoleCommand,
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";
import { audience, oidcProviderArn } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { SetupError } from "../shell/run";

/**
 * The services that act in the account with a role of their own. AWS makes each with the first resource that needs it, and refuses a
 * capacity provider until it is there: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
 */
export const servicesWithRoles = [
  "ecs.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
];

/**
 * Takes an account as it is: creates the service-linked roles that it lacks (they belong to the account, not to a stack, and stay), and gives
 * the Terraform variables that say what need not be created. `inState` is whether the bootstrap stack created the OIDC provider itself.
 */
export async function prepareAccount(
  environment: Environment,
  iam: Pick<IAMClient, "send">,
  inState: boolean,
): Promise<Readonly<Record<string, string>>> {
  for (const service of servicesWithRoles) await createServiceLinkedRole(iam, service);
  const arn = oidcProviderArn(environment);
  const { OpenIDConnectProviderList: providers = [] } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const isFound = !inState && providers.some(({ Arn }) => Arn === arn);
  if (isFound) await assertAudience(iam, arn);
  return { TF_VAR_github_oidc_provider_exists: String(isFound) };
}

/** The roles trust tokens for AWS's own audience only, and a provider takes no token of an audience that it does not list. */
async function assertAudience(iam: Pick<IAMClient, "send">, arn: string): Promise<void> {
  const { ClientIDList: audiences = [] } = await iam.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
  );
  if (audiences.includes(audience)) return;
  throw new SetupError(
    `The account has ${arn} without the audience ${audience}. Add it: ${addAudience(arn)}. Nothing was deployed.`,
  );
}

export function addAudience(arn: string): string {
  return `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${audience}`;
}

async function createServiceLinkedRole(iam: Pick<IAMClient, "send">, service: string): Promise<void> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service }));
  } catch (error) {
    // "Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix."
    if (!(error as Error).message.includes("has been taken")) throw error;
  }
}
