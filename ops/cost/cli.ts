import { environments } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { createProgram } from "./program";

export const costCommand = createProgram(environments, services);
