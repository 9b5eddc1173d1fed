import { environments } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { createProgram } from "./program";

createProgram(environments, services).parse();
