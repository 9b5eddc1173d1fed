import { matches } from "./pattern";

test.each([
  ["s3:*", "s3:GetObject"],
  ["*", ""],
  ["s3:Get*", "s3:Get"],
  ["s3:*Object", "s3:PutObject"],
  ["s3:*Object*", "s3:GetObjectAcl"],
  ["s3:?etObject", "s3:GetObject"],
  ["*a*b*", "xaybz"],
  ["a.c*", "a.cd"],
])("%s is also %s", (pattern, text) => expect(matches(pattern, text)).toBe(true));

test.each([
  ["s3:*Object", "s3:GetObjectAcl"],
  ["s3:?etObject", "s3:etObject"],
  ["*a*b*", "xbya"],
  ["a.c*", "abcd"],
  ["", "a"],
])("%s is not %s", (pattern, text) => expect(matches(pattern, text)).toBe(false));

test("a pattern of many stars is no work", () => {
  expect(matches(`${"*a".repeat(30)}*b`, "a".repeat(300))).toBe(false);
});
