import { withEveryPlatform } from "./lock";

const library = {
  version: "1.0.0",
  optionalDependencies: { "@x/cli-darwin-arm64": "1.0.0", "@x/cli-linux-x64-musl": "1.0.0" },
};

it("adds the builds that the registry did not serve, with the platform in their name", () => {
  expect(withEveryPlatform({ "": {}, "node_modules/x": library })).toEqual({
    "": {},
    "node_modules/@x/cli-darwin-arm64": { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["arm64"] },
    "node_modules/@x/cli-linux-x64-musl": {
      version: "1.0.0",
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
    },
    "node_modules/x": library,
  });
});

it("leaves alone what is locked, and optional packages for any platform", () => {
  const locked = { version: "1.0.0", integrity: "sha512-…", optional: true };
  const packages = {
    "": { optionalDependencies: { fsevents: "2.3.3" } },
    "node_modules/@x/cli-darwin-arm64": locked,
    "node_modules/y": { optionalDependencies: { "@x/cli-darwin-arm64": "1.0.0" } },
  };
  expect(withEveryPlatform(packages)).toEqual(packages);
});
