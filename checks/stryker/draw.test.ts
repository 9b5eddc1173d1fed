import { draw, type Mutant } from "./draw";

const mutant = (file: string, line: number, text: string): Mutant => ({ file, line, key: `${file} ${line} ${text}` });
/** A file of 300 lines and one of 100; each line has two mutants. */
const mutants = [
  ...Array.from({ length: 300 }, (_, line) => ["a", "b"].map((text) => mutant("long.ts", line, text))),
  ...Array.from({ length: 100 }, (_, line) => ["a", "b"].map((text) => mutant("short.ts", line, text))),
].flat();

it("draws each line once at most, and files by their lines", () => {
  const drawn = draw(mutants, 200, "1");
  expect(new Set(drawn.map(({ file, line }) => `${file}:${line}`)).size).toBe(200);
  const long = drawn.filter(({ file }) => file === "long.ts").length;
  expect(long).toBeGreaterThan(130);
  expect(long).toBeLessThan(170);
});

it("draws both mutants of lines about as often", () => {
  const first = draw(mutants, 400, "1").filter(({ key }) => key.endsWith("a")).length;
  expect(first).toBeGreaterThan(160);
  expect(first).toBeLessThan(240);
});

it("draws the same mutants with the same seed, and others with another, in whatever order they are listed", () => {
  const keys = (seed: string, listed = mutants) => draw(listed, 50, seed).map(({ key }) => key);
  expect(keys("1", mutants.toReversed())).toEqual(keys("1"));
  expect(keys("2")).not.toEqual(keys("1"));
});

it("draws all when there are no more", () => {
  expect(draw(mutants.slice(0, 4), 10, "1")).toHaveLength(2);
});
