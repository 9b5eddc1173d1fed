import { cpuSecondsOf } from "../../ops/shell/server";
import { median, rounds, spread } from "./rounds";

it("adds user and system time, whatever the process is called", () => {
  const fields = ["S", ...Array.from({ length: 10 }, () => "1"), "250", "50", "9", "9"];
  expect(cpuSecondsOf(`123 (a (strange) name) ${fields.join(" ")}`)).toBe(3);
});

it("takes the middle, or between the two", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(spread([1, 3, 2])).toBe("2.0 (1.0 to 3.0)");
});

it("measures in turn, each first once, and forgets the round that warms up", async () => {
  const order: string[] = [];
  const measured = await rounds(["a", "b"], 2, async (name) => order.push(name));
  expect(order.join("")).toBe("abbaab");
  expect(measured).toEqual({ a: [4, 5], b: [3, 6] });
});
