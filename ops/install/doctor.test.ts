import { examine } from "./doctor";

const compose = { name: "Docker Compose", minimum: [2, 20], install: "apt-get install docker-compose-plugin" } as const;

it("has what is new enough", () => {
  expect(examine({ ...compose, found: "2.40.3", installedByUp: true })).toEqual({
    isFine: true,
    line: "✓ Docker Compose  2.40.3",
  });
  expect(examine({ ...compose, found: "Docker Compose version v2.20.0", installedByUp: false }).isFine).toBe(true);
});

it("fails for nothing that make up installs by itself", () => {
  expect(examine({ ...compose, found: null, installedByUp: true })).toEqual({
    isFine: true,
    line: "○ Docker Compose  not found, needs >= 2.20. make up installs it",
  });
});

it("fails for what a person has to install, and says how", () => {
  expect(examine({ ...compose, found: null, installedByUp: false })).toEqual({
    isFine: false,
    line: "✗ Docker Compose  not found, needs >= 2.20. Install it with: apt-get install docker-compose-plugin",
  });
});

it("fails for what is too old or does not say its version: make up uses what it finds", () => {
  expect(examine({ ...compose, found: "2.19.1", installedByUp: true })).toEqual({
    isFine: false,
    line: "✗ Docker Compose  2.19.1, needs >= 2.20. Install it with: apt-get install docker-compose-plugin",
  });
  expect(examine({ ...compose, found: "dev", installedByUp: true }).line).toBe(
    '✗ Docker Compose  "dev" is no version, needs >= 2.20. Install it with: apt-get install docker-compose-plugin',
  );
});
