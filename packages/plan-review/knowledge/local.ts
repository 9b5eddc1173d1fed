import { look, losesData } from "../effects/effect";
import { harmless } from "./arguments";
import type { Provider, TypeKnowledge } from "./knowledge";
import { hasNoState } from "./roles";

const anything = { ...hasNoState("value"), arguments: harmless("*") };

/** A secret that others may use: a new one is another. */
function secret(noun: string): TypeKnowledge {
  const lost = losesData(
    `Deletes this ${noun}, which others may still use`,
    "keep it, or change it first where it is used",
  );
  return { ...hasNoState(noun), deleted: lost, replaced: lost, replacedNewFirst: lost, arguments: harmless("*") };
}

/** Others are named after it: what uses it may be replaced. */
function name(noun: string): TypeKnowledge {
  const renamed = look(`Makes another ${noun}: what is named after it may be replaced`);
  return { ...hasNoState(noun), replaced: renamed, replacedNewFirst: renamed, arguments: harmless("*") };
}

/** In the state, or on the machine that runs Terraform. */
export const local: Provider = {
  common: {},
  services: [
    {
      source: "https://registry.terraform.io/providers/hashicorp/random/latest/docs",
      types: {
        ...Object.fromEntries(
          "null_resource terraform_data time_sleep time_static time_offset time_rotating local_file local_sensitive_file archive_file docker_image docker_registry_image tls_cert_request tls_locally_signed_cert tls_self_signed_cert"
            .split(" ")
            .map((type) => [type, anything]),
        ),
        ...Object.fromEntries(
          "random_id random_integer random_pet random_shuffle random_string random_uuid random_bytes"
            .split(" ")
            .map((type) => [type, name("random value")]),
        ),
        random_password: secret("password"),
        tls_private_key: secret("private key"),
      },
    },
  ],
};
