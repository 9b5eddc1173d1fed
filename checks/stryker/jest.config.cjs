const { projects } = require("../../jest.config.js");

const { TESTED_FOLDER, MUTATED_TESTS } = process.env;

/** The unit tests of one folder (TESTED_FOLDER), as one project: Stryker accepts no others. MUTATED_TESTS: only these files, as JSON. */
const [project] = projects.filter(({ testMatch }) => testMatch.some((each) => each.includes(`/${TESTED_FOLDER}/`)));

module.exports = {
  ...project,
  ...(MUTATED_TESTS ? { testMatch: JSON.parse(MUTATED_TESTS).map((file) => `<rootDir>/${file}`) } : {}),
  displayName: undefined,
  rootDir: "../..",
  testTimeout: 30_000,
};
