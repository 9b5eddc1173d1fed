import { harmless } from "../arguments";
import type { Provider } from "../knowledge";
import { services } from "./services";

/** The provider writes labels twice more. https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference#default_labels */
export const google: Provider = {
  services: [services],
  common: harmless("labels effective_labels terraform_labels timeouts id project self_link"),
};
