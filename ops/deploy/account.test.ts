import type { IAMClient } from "@aws-sdk/client-iam";
import { audience, oidcProviderArn } from "../../stacks/constructs/names";
import { environments } from "../../stacks/environments";
import { prepareAccount } from "./account";

const [environment] = environments;
if (!environment) throw new Error("There is no environment.");
const arn = oidcProviderArn(environment);

/** An account with these service-linked roles and providers; what was created is in `roles`. */
function account(roles: string[], providers: Readonly<Record<string, readonly string[]>>): Pick<IAMClient, "send"> {
  const answers: Readonly<Record<string, (input: Record<string, string>) => unknown>> = {
    CreateServiceLinkedRoleCommand: ({ AWSServiceName: service = "" }) => {
      if (roles.includes(service))
        throw new Error("Service role name AWSServiceRoleForECS has been taken in this account");
      roles.push(service);
      return {};
    },
    ListOpenIDConnectProvidersCommand: () => ({
      OpenIDConnectProviderList: Object.keys(providers).map((Arn) => ({ Arn })),
    }),
    GetOpenIDConnectProviderCommand: ({ OpenIDConnectProviderArn: name = "" }) => ({ ClientIDList: providers[name] }),
  };
  const send = async (command: { constructor: { name: string }; input: Record<string, string> }) =>
    answers[command.constructor.name]?.(command.input);
  return { send } as unknown as IAMClient;
}

it("creates the service-linked roles that the account lacks, and takes those that it has", async () => {
  const roles = ["ecs.amazonaws.com"];
  await prepareAccount(environment, account(roles, {}), false);
  expect(roles).toEqual([
    "ecs.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
  ]);
});

it("stops when a role cannot be created for another reason", async () => {
  const denied = { send: async () => Promise.reject(new Error("AccessDenied")) } as unknown as IAMClient;
  await expect(prepareAccount(environment, denied, false)).rejects.toThrow("AccessDenied");
});

it.each([
  ["creates the OIDC provider where the account has none", {}, false, "false"],
  ["takes the one that the account has", { [arn]: [audience] }, false, "true"],
  ["keeps the one that the bootstrap stack created", { [arn]: [audience] }, true, "false"],
  ["does not take that of another issuer", { "arn:aws:iam::1:oidc-provider/gitlab.com": [audience] }, false, "false"],
])("%s", async (_, providers: Record<string, string[]>, inState, exists) => {
  const found = await prepareAccount(environment, account([], providers), inState);
  expect(found).toEqual({ TF_VAR_github_oidc_provider_exists: exists });
});

it("refuses a provider without AWS's audience, and says how to add it", async () => {
  const given = account([], { [arn]: ["https://github.com/acme"] });
  await expect(prepareAccount(environment, given, false)).rejects.toThrow("add-client-id-to-open-id-connect-provider");
});
