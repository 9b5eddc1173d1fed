/**
 * `covering`: each mutant is run against the tests that reach it in their own process.
 * `starting programs`: each against the tests that start our programs, where Stryker sees no coverage.
 */
export type Pass = "covering" | "starting programs";

/** Stryker's configuration: it mutates the copy that it runs in, and its runners are restarted when tests hang. */
export function strykerOptions(pass: Pass, files: readonly string[], report: string) {
  return {
    mutate: [...new Set(files)],
    inPlace: true,
    // It would write @ts-nocheck into every file; swc does not look at types.
    disableTypeChecks: false,
    plugins: ["@stryker-mutator/jest-runner", "./checks/stryker/drawn-only.mjs"],
    checkers: ["drawn-only"],
    testRunner: "jest",
    jest: {
      projectType: "custom",
      configFile: "checks/stryker/jest.config.cjs",
      enableFindRelatedTests: pass === "covering",
    },
    // A folder may have no test of these files.
    allowEmpty: true,
    // Without an analysis the mutant is named in the environment, which programs inherit.
    coverageAnalysis: pass === "covering" ? "perTest" : "off",
    // Two that run tests, once the checker has ended.
    concurrency: 3,
    timeoutMS: 60_000,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    warnings: false,
  };
}
