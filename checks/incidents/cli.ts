import { Command } from "commander";
import { SetupError } from "../../ops/shell/run";
import { LabError } from "../../packages/alarm-lab/alarm";
import { runProof } from "../run-proof";
import { proveAlarms } from "./prove";

runProof(
  new Command("incidents")
    .description(
      "Runs the synthesized alarms of staging on the metrics of incidents and of normal days; then mutants of the alarms, which an incident must detect. Writes reports/incidents.json.",
    )
    .action(async () => {
      try {
        if (!(await proveAlarms())) process.exitCode = 1;
      } catch (error) {
        throw error instanceof LabError ? new SetupError(error.message) : error;
      }
    }),
);
