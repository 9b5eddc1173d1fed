import { join } from "node:path";
import { z } from "zod";

/** As far from `src/` as from `dist/`, and wherever the process is started. */
const sample = join(__dirname, "../data/sample");

/** A bucket's name and a prefix of plain segments, which no URL parser rewrites. */
const objectsUrl = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/([\w-][\w.-]*\/)+$/;

const schema = z.object({
  /** Address to listen on: 127.0.0.1 behind a gateway in the same task. */
  HOSTNAME: z.string().min(1).default("0.0.0.0"),
  PORT: z.coerce.number("must be a port, 1 to 65535").int().min(1).max(65535).default(8000),
  /** Folder with `holdings.csv` and `closes.csv`, or with `portfolio.json`: see `data/FORMAT.md`. */
  PORTFOLIO_DIR: z.string().min(1).default(sample),
  /** Where the same files are kept in Amazon S3; absent, only `PORTFOLIO_DIR` is read. */
  OBJECTS_URL: z.string().regex(objectsUrl, "must be s3://<bucket>/<prefix>/, with the slash at its end").optional(),
  /** Milliseconds; longer than the gateway keeps idle connections (60 s), so that it never writes to one that is closing here. */
  KEEP_ALIVE_TIMEOUT: z.coerce.number("must be milliseconds").int().positive().default(75_000),
  /** Less than the 30 s after which ECS and Docker kill. */
  DRAIN_SECONDS: z.coerce.number("must be seconds").int().positive().default(25),
  LOG_LEVEL: z.enum(["info", "error"]).default("info"),
});

export type Config = z.infer<typeof schema>;

/** Reads the environment once. Throws one error that lists every problem, with the value given and what is allowed. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `${name}=${JSON.stringify(environment[name])}: ${message}`;
  });
  throw new Error(problems.join("\n"));
}
