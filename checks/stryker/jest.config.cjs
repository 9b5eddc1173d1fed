const { projects } = require("../../jest.config.js");

/** The units of what is mutated, as one project: Stryker runs no more. */
const mutated = projects.filter(({ displayName }) =>
  ["stacks", "backend", "nginx", "localstack", "ops"].includes(displayName),
);

module.exports = {
  rootDir: "../..",
  testTimeout: 30_000,
  testEnvironment: "node",
  testMatch: mutated.flatMap(({ testMatch }) => testMatch),
  transform: mutated[0].transform,
  modulePathIgnorePatterns: mutated[0].modulePathIgnorePatterns,
};
