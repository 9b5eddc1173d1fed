import { GetOpenIDConnectProviderCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { audience, bucketName, keyAlias, oidcProviderArn } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { addAudience, servicesWithRoles } from "../deploy/account";
import { type Check, isDenied, missing, ok, orAbsent, reasonOf, unknown } from "./check";
import type { Clients } from "./clients";

const bootstrap = ({ name }: Environment) => `make bootstrap ENV=${name}`;

export function stateBucket(environment: Environment, { s3 }: Pick<Clients, "s3">): Check {
  const { accountId } = environment;
  const Bucket = bucketName(environment, "state");
  const ask = async () => {
    try {
      const found = await orAbsent(
        "NotFound",
        s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: accountId })),
      );
      return found ? ok(Bucket) : missing(`no bucket ${Bucket}`, bootstrap(environment));
    } catch (error) {
      if (!isDenied(error)) throw error;
      return unknown(
        `${Bucket} ${reasonOf(error)}, or is another account's: names of buckets are global`,
        "Ask with credentials that have s3:ListBucket.",
      );
    }
  };
  return { title: "state bucket", permission: "s3:ListBucket", ask };
}

export function key(environment: Environment, { kms }: Pick<Clients, "kms">): Check {
  const alias = keyAlias(environment);
  const ask = async () => {
    const found = await orAbsent("NotFoundException", kms.send(new DescribeKeyCommand({ KeyId: alias })));
    if (!found) return missing(`no key ${alias}`, bootstrap(environment));
    const { KeyId: id, KeyState: state } = found.KeyMetadata ?? {};
    if (state === "Enabled") return ok(alias);
    const revive = state === "PendingDeletion" ? [`aws kms cancel-key-deletion --key-id ${id}`] : [];
    return missing(`${alias} is ${state}`, [...revive, `aws kms enable-key --key-id ${id}`].join("\n"));
  };
  return { title: "key", permission: "kms:DescribeKey", ask };
}

export function serviceLinkedRoles(environment: Environment, { iam }: Pick<Clients, "iam">): Check[] {
  return servicesWithRoles.map((service) => {
    const ask = async () => {
      const PathPrefix = `/aws-service-role/${service}/`;
      const { Roles: [role] = [] } = await iam.send(new ListRolesCommand({ PathPrefix }));
      if (role) return ok(role.RoleName ?? PathPrefix);
      const create = `aws iam create-service-linked-role --aws-service-name ${service}`;
      return missing("not there yet", `${bootstrap(environment)} creates it. By itself: ${create}`);
    };
    return { title: `role of ${service.replace(".amazonaws.com", "")}`, permission: "iam:ListRoles", ask };
  });
}

export function oidcProvider(environment: Environment, { iam }: Pick<Clients, "iam">): Check {
  const arn = oidcProviderArn(environment);
  const ask = async () => {
    const question = iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    const found = await orAbsent("NoSuchEntityException", question);
    if (!found) return missing("not there yet", `${bootstrap(environment)} creates it.`);
    const { ClientIDList: audiences = [] } = found;
    if (audiences.includes(audience)) return ok(`with the audience ${audience}`);
    return missing(`without the audience ${audience}`, addAudience(arn));
  };
  return { title: "GitHub's OIDC provider", permission: "iam:GetOpenIDConnectProvider", ask };
}
