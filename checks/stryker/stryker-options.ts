import type { Mutant } from "./draw";

/** Stryker's configuration: it mutates the copy that it runs in, and its runners are restarted when tests hang. */
export function strykerOptions(drawn: readonly Mutant[], report: string) {
  return {
    mutate: [...new Set(drawn.map(({ file }) => file))],
    inPlace: true,
    // It would write @ts-nocheck into every file; swc does not look at types.
    disableTypeChecks: false,
    plugins: ["@stryker-mutator/jest-runner", "./checks/stryker/drawn-only.mjs"],
    checkers: ["drawn-only"],
    testRunner: "jest",
    jest: {
      projectType: "custom",
      configFile: "checks/stryker/jest.config.cjs",
      enableFindRelatedTests: true,
    },
    coverageAnalysis: "perTest",
    // Two that run tests, once the checker has ended.
    concurrency: 3,
    timeoutMS: 60_000,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    warnings: false,
  };
}
