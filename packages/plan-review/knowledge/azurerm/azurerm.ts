import { harmless } from "../arguments";
import type { Provider } from "../knowledge";
import { services } from "./services";

export const azurerm: Provider = { services: [services], common: harmless("tags timeouts id resource_group_name") };
