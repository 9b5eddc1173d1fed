#!/usr/bin/env node
const { existsSync } = require("node:fs");
const { join } = require("node:path");

// A checkout runs its sources; what is installed has the build alone.
if (existsSync(join(__dirname, "cli.ts"))) {
  require("tsx/cjs");
  require("./cli.ts");
} else {
  require("./dist/cli.js");
}
