import { couldNotRun } from "../../ops/shell/run";
import { exit } from "./exit";

// A process that a signal ends by itself does not run what tidies up; one that exits does.
process.once("SIGINT", () => process.exit(130));

exit()
  .then((passed) => {
    if (!passed) process.exitCode = 1;
  })
  .catch(couldNotRun);
