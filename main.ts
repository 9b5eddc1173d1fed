import { App } from "cdktf";
import { composeStacks } from "./stacks/environment-stacks";
import { environments } from "./stacks/environments";
import { policies } from "./stacks/policies/all";
import { exceptions } from "./stacks/policies/exceptions";
import { services } from "./stacks/services";
import { ConfigurationError } from "./stacks/tables";

try {
  const app = new App();
  composeStacks(app, { environments, services, policies, exceptions });
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}
