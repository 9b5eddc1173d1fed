import { Command } from "commander";
import { SetupError } from "../../ops/shell/run";
import { LabError } from "../../packages/alarm-lab/alarm";
import { runProof } from "../run-proof";
import { proveAlarms } from "./prove";

runProof(
  new Command("incidents")
    .description(
      "run the synthesized alarms against incidents, normal days and their own mutants; writes reports/alarms.json",
    )
    .action(async () => {
      try {
        if (!(await proveAlarms())) process.exitCode = 1;
      } catch (error) {
        throw error instanceof LabError ? new SetupError(error.message) : error;
      }
    }),
);
