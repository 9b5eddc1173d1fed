const compile = ["@swc/jest", { jsc: { target: "es2023", transform: { react: { runtime: "automatic" } } } }];

/** TypeScript's sources may be named by what they compile to. */
const asCompiled = { moduleNameMapper: { "^(\\./[\\w-]+)\\.js$": ["$1.js", "$1"] } };

/** GitHub's parsers are published for `import` alone, and import JSON as a bundler does. */
const withGithubParsers = {
  moduleNameMapper: {
    ...asCompiled.moduleNameMapper,
    "^@actions/(workflow-parser|expressions)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/(workflow-parser|expressions)/(.*)$": "<rootDir>/node_modules/@actions/$1/dist/$2.js",
    "^cronstrue$": "<rootDir>/node_modules/cronstrue/dist/cronstrue.js",
  },
  transform: { "\\.(tsx?)$": compile, "node_modules/@actions/.*\\.js$": compile },
  transformIgnorePatterns: ["node_modules/(?!@actions/)"],
};

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testEnvironment: "node",
  transform: { "\\.tsx?$": compile },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "/dist/", "/\\.next/"],
  ...extra,
});

// `npm test` selects the units: no Docker, no network. The others (`*.compose.test.ts`, `*.emulator.test.ts` …) need what `make test` starts.
module.exports = {
  // Time says nothing about what is tested: machines are busy.
  testTimeout: 30_000,
  projects: [
    project("stacks", ["stacks/**/*.test.ts"]),
    project("backend", ["apps/backend/**/*.test.ts"]),
    project("frontend", ["apps/frontend/{app,components,lib}/**/*.test.{ts,tsx}"], {
      // d3 is published for `import` alone.
      transform: { "\\.(tsx?|mjs)$": compile, "node_modules/(d3-|internmap).*\\.js$": compile },
      transformIgnorePatterns: ["node_modules/(?!d3-|internmap)"],
    }),
    project("nginx", ["nginx/**/!(*.compose).test.ts"]),
    project("localstack", ["localstack/**/!(*.emulator).test.ts"]),
    ...["packages", "ops", "checks"].map((folder) =>
      project(
        folder,
        [`${folder}/**/!(*.emulator|*.deployed|*.operations|*.browser|*.compose).test.ts`],
        folder === "ops" ? withGithubParsers : asCompiled,
      ),
    ),
    project("compose", ["**/*.compose.test.ts"]),
    ...["emulator", "deployed", "operations"].map((stage) => project(stage, [`**/*.${stage}.test.ts`], asCompiled)),
    // A dashboard that is served already: DASHBOARD_URL.
    project("browser", ["**/*.browser.test.ts"]),
  ],
};
