import type { Service } from "../../../stacks/services";

/** What a team adds to `stacks/services.ts` for the folders beside this file: an internal API, and a worker that calls it. */
export const addedServices: readonly Service[] = [
  {
    name: "orders",
    exposure: "private",
    port: 9000,
    gatewayTemplate: "backend",
    staticFiles: false,
    healthPath: "/api/health",
    calls: [],
    size: "256/512",
    architecture: "X86_64",
    writablePaths: ["/tmp"],
    secrets: {},
    objects: [],
    answerSeconds: 4,
    requestsPerTargetPerMinute: 600,
  },
  {
    name: "digest",
    exposure: "none",
    healthCommand: ["node", "-e", "process.exit(Date.now() - fs.statSync('/tmp/alive').mtimeMs < 30000 ? 0 : 1)"],
    calls: ["orders"],
    size: "256/512",
    architecture: "X86_64",
    writablePaths: ["/tmp"],
    secrets: {},
    objects: [],
  },
];
