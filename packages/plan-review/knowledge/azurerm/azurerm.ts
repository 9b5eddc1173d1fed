import { harmless } from "../arguments";
import type { Provider } from "../knowledge";
import { access } from "./access";
import { apps } from "./apps";
import { compute } from "./compute";
import { containers } from "./containers";
import { databases } from "./databases";
import { directory } from "./directory";
import { messaging } from "./messaging";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { storage } from "./storage";

export const azurerm: Provider = {
  services: [storage, directory, access, databases, monitoring, containers, apps, messaging, compute, network],
  common: harmless("tags timeouts id resource_group_name"),
};
