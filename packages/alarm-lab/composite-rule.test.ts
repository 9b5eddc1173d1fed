import { defaults } from "./assumptions";
import { compileRule } from "./composite-rule";

const now = { a: "ALARM", b: "OK", c: "INSUFFICIENT_DATA", "with space": "ALARM", 'q"uote': "ALARM" } as const;
const holds = (rule: string, assume = defaults) =>
  compileRule(rule, assume).holds((name) => now[name as keyof typeof now]);

// "Example expressions" and "Syntax" of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
it.each([
  ["ALARM(a) AND ALARM(b)", false],
  ["ALARM(a) AND NOT ALARM(b)", true],
  ["(ALARM(a) OR ALARM(b)) AND OK(b)", true],
  ['ALARM("b") OR (OK(a) AND TRUE)', false],
  ["ALARM(arn:aws:cloudwatch:us-east-1:111111111111:alarm:a)", true],
  ["INSUFFICIENT_DATA('c')", true],
  ['ALARM("with space")', true],
  ['ALARM("q\\"uote")', true],
  ["NOT (NOT FALSE)", false],
  ["AT_LEAST(1, ALARM, (a, b, c))", true],
  ["AT_LEAST(2, ALARM, (a, b, c))", false],
  ["AT_LEAST(2, NOT OK, (a, b, c))", true],
  ['AT_LEAST(60%, NOT ALARM, ("a", b, c))', true],
  ["AT_LEAST(67%, NOT ALARM, (a, b, c))", false],
])("%s holds: %j", (rule, expected) => {
  expect(holds(rule)).toBe(expected);
});

it("binds AND tighter than OR, unless something else is assumed", () => {
  expect(holds("ALARM(a) OR ALARM(a) AND ALARM(b)")).toBe(true);
  expect(holds("ALARM(a) OR ALARM(a) AND ALARM(b)", { ...defaults, "rule-and-before-or": false })).toBe(false);
});

it("names the alarms", () => {
  expect(compileRule('AT_LEAST(1, OK, (a, "b")) OR ALARM(c)').alarms).toEqual(["a", "b", "c"]);
});

it.each([
  ['ALRAM("a")', /ALRAM is found where there may be OK, ALARM, INSUFFICIENT_DATA, AT_LEAST/],
  ["ALARM(a) XOR ALARM(b)", /unexpected XOR/],
  ["ALARM(a", /\) is expected, not the end/],
  ["AT_LEAST(two, ALARM, (a))", /AT_LEAST takes a number or a percentage, not two/],
  ["AT_LEAST(1, RED, (a))", /AT_LEAST takes one of OK, ALARM, INSUFFICIENT_DATA/],
  ["", /the end is found/],
])("refuses %s", (rule, message) => {
  expect(() => compileRule(rule)).toThrow(message);
});
