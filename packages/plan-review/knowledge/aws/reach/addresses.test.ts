import { rangeOf, uncovered } from "./addresses";

test.each([
  ["10.0.0.0/8", ["10.0.0.0/8"], "nothing"],
  ["10.20.0.0/16", ["10.0.0.0/8"], "nothing"],
  ["10.0.0.0/8", ["10.20.0.0/16"], "part"],
  ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/9"], "nothing"],
  ["10.0.0.0/8", ["10.128.0.0/9", "192.168.0.0/16"], "part"],
  ["10.0.0.0/8", ["11.0.0.0/8"], "all"],
  ["10.0.0.0/8", ["0.0.0.0/0"], "nothing"],
  ["0.0.0.0/0", ["0.0.0.0/1", "128.0.0.0/1"], "nothing"],
  ["2001:db8::/64", ["2001:db8::/32"], "nothing"],
  ["::/0", ["0.0.0.0/0"], "all"],
  ["203.0.113.7", ["203.0.113.0/24"], "nothing"],
  ["sg-1", ["sg-1"], "nothing"],
  ["sg-1", ["10.0.0.0/8"], "all"],
] as const)("of %s, besides %j, %s is left", (range, others, left) => {
  expect(uncovered(range, others)).toBe(left);
});

test.each(["10.0.0.0/33", "10.0.0.256", "10.0.0", ":::", "2001:db8:::1", "pl-1", ""])("%s is no range", (text) => {
  expect(rangeOf(text)).toBeUndefined();
});
