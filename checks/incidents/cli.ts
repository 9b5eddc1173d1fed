import { SetupError } from "../../ops/shell/run";
import { LabError } from "../../packages/alarm-lab/alarm";
import { proveAlarms } from "./prove";

proveAlarms()
  .then((passed) => {
    if (!passed) process.exitCode = 1;
  })
  .catch((error: unknown) => {
    if (!(error instanceof SetupError || error instanceof LabError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 2;
  });
