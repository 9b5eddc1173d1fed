import { createProgram, exitCodes } from "./program";

createProgram(
  {
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    isColoured: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    env: process.env,
    today: new Date().toISOString().slice(0, 10),
  },
  (exitCode) => {
    process.exitCode = exitCode;
  },
)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.reviewed : exitCodes.unreadable))
  .parseAsync();
