import { differencesFrom, examples, mistakes } from "./examples";

it.each(examples.map((example) => [example.file, example.name.replaceAll(/\s+/g, " "), example] as const))(
  "%s: %s",
  (_, __, example) => {
    expect(differencesFrom(example)).toEqual([]);
  },
);

it.each(mistakes.map((mistake) => [mistake.name, mistake.awsDoes, mistake] as const))(
  "mistake: %s: %s",
  (_, __, mistake) => {
    expect(differencesFrom(mistake)).toEqual([]);
  },
);

it("has every kind of example, and at least 20 mistakes", () => {
  expect(new Set(examples.map(({ file }) => file)).size).toBe(8);
  expect(mistakes.length).toBeGreaterThanOrEqual(20);
});
