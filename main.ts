import { App } from "cdktf";
import { environmentStacks } from "./stacks/environment-stacks";
import { environments } from "./stacks/environments";
import { services } from "./stacks/services";
import { checkTables } from "./stacks/tables";

checkTables(environments, services);
const app = new App();
for (const environment of environments) environmentStacks(app, environment, services);
app.synth();
