import { harmless } from "../arguments";
import type { Provider } from "../knowledge";
import { access } from "./access";
import { compute } from "./compute";
import { containers } from "./containers";
import { databases } from "./databases";
import { messaging } from "./messaging";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { storage } from "./storage";

/** The provider writes labels twice more. https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference#default_labels */
export const google: Provider = {
  services: [storage, databases, containers, messaging, network, compute, access, monitoring],
  common: harmless("labels effective_labels terraform_labels timeouts id project self_link"),
};
