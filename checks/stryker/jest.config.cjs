const { projects } = require("../../jest.config.js");

/** The unit tests of one folder, as one project: Stryker knows no others. MUTATED_AREA is the folder. */
const [area] = projects.filter(({ testMatch }) =>
  testMatch.some((each) => each.includes(`/${process.env.MUTATED_AREA}/`)),
);

module.exports = { ...area, displayName: undefined, rootDir: "../..", testTimeout: 30_000 };
