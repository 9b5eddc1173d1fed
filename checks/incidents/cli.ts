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
    .option("--write <folder>", "also write each incident as a file for alarm-lab test")
    .action(async ({ write }: { write?: string }) => {
      try {
        if (!(await proveAlarms(write))) process.exitCode = 1;
      } catch (error) {
        throw error instanceof LabError ? new SetupError(error.message) : error;
      }
    }),
);
