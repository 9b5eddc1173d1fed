const { projects } = require("../../jest.config.js");

const { MUTATED_AREA, MUTATED_TESTS } = process.env;

/** The unit tests of one folder (MUTATED_AREA), as one project: Stryker accepts no others. MUTATED_TESTS: only these files, as JSON. */
const [area] = projects.filter(({ testMatch }) => testMatch.some((each) => each.includes(`/${MUTATED_AREA}/`)));

module.exports = {
  ...area,
  ...(MUTATED_TESTS ? { testMatch: JSON.parse(MUTATED_TESTS).map((file) => `<rootDir>/${file}`) } : {}),
  displayName: undefined,
  rootDir: "../..",
  testTimeout: 30_000,
};
