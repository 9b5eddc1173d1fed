import { pointsOf } from "./notation";

const points = (values: unknown, step = 60) => pointsOf(values, step, "values");

it.each<[unknown, unknown[]]>([
  ["5", [5]],
  [5, [5]],
  ["_ 1 _x2 2", [null, 1, null, null, 2]],
  // promtool's: the first value and as many more.
  ["0+10x3", [0, 10, 20, 30]],
  ["10-2.5x2", [10, 7.5, 5]],
  ["-1x2", [-1, -1, -1]],
  ["5*3", [5, 5, 5]],
  ["_*2m 7", [null, null, 7]],
  ["0.2#90", [{ values: [0.2], counts: [90] }]],
  ["[0.2#90 5#10]*2", [1, 2].map(() => ({ values: [0.2, 5], counts: [90, 10] }))],
  ["ramp(0..10)*3", [0, 5, 10]],
  ["ramp(10..0)+1*3", [11, 6, 1]],
  ["0.1+0.2x1", [0.1, 0.3]],
  [
    [1, null, "2*2", { repeat: 2, point: 3 }],
    [1, null, 2, 2, 3, 3],
  ],
])("%j is %j", (values, expected) => {
  expect(points(values)).toEqual(expected);
});

it("has days: the least at midnight, the most at noon", () => {
  const day = points("daily(10..400)*2d", 3600) as number[];
  expect([day[0], day[6], day[12], day[24], day[36]]).toEqual([10, 205, 400, 10, 400]);
  expect(points("daily(10..400,peak=14h)*1d", 3600)[14]).toBe(400);
});

it("has noise that is the same for the same seed", () => {
  const noise = points("noise(100,10,seed=7)*1000") as number[];
  expect(points("noise(100,10,seed=7)*1000")).toEqual(noise);
  expect(points("noise(100,10,seed=8)*1000")).not.toEqual(noise);
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  expect(mean).toBeGreaterThan(99);
  expect(mean).toBeLessThan(101);
});

it.each([
  ["soon", /values: soon cannot be read; there are 5, _, 5\*30m/],
  ["ramp(1)*3", /it is written ramp\(0..100\)/],
  ["5*90s", /90s is no whole number of points of 60 s/],
  [{}, /values is {}; it is a text/],
  [[{ repeat: 3 }], /{"repeat":3} is no number, null/],
])("refuses %j", (values, message) => {
  expect(() => points(values)).toThrow(message);
});
