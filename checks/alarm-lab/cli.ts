import { Command } from "commander";
import { ask, SetupError } from "../../ops/shell/run";
import { runProof } from "../run-proof";
import { proveAlarmLab } from "./prove";

runProof(
  new Command("alarm-lab")
    .description(
      "Compares alarm-lab with an evaluator that was written in Python from AWS's documentation alone: random cases, worked examples, documented mistakes. Writes reports/alarm-lab.json.",
    )
    .option("--count <cases>", "random cases of each group", "1000")
    .option("--seed <number>", "seed of the random cases", "7")
    .action(async ({ count, seed }: { count: string; seed: string }) => {
      if ((await ask("python3", ["--version"])) === null)
        throw new SetupError("python3 is missing; the evaluator needs it.");
      if (!(await proveAlarmLab(Number(count), Number(seed)))) process.exitCode = 1;
    }),
);
