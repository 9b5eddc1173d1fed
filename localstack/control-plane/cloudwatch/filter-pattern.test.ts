import { compilePattern } from "./filter-pattern";

const line = (fields: object) => JSON.stringify({ service: "gateway", path: "/api/assets", status: 502, ...fields });

it.each([
  ['{ $.service = "gateway" && $.status >= 500 }', line({}), true],
  ['{ $.service = "gateway" && $.status >= 500 }', line({ status: 499 }), false],
  ['{ $.service = "gateway" && $.status >= 500 }', line({ status: "502" }), false],
  ['{ $.path = "/api/*" && ($.status = 502 || $.status = 504) }', line({ status: 504 }), true],
  [
    '{ $.status = 503 || ($.path = "/api/*" && ($.status = 502 || $.status = 504)) }',
    line({ path: "/", status: 503 }),
    true,
  ],
  [
    '{ $.status = 503 || ($.path = "/api/*" && ($.status = 502 || $.status = 504)) }',
    line({ path: "/", status: 504 }),
    false,
  ],
  ['{ $.path = "/api/*" && ($.status = 502 || $.status = 504) }', line({ path: "/" }), false],
  ['{ $.detail.group = "service:backend" }', line({ detail: { group: "service:backend" } }), true],
  ['{ $.detail.group = "service:backend" }', line({}), false],
  ['{ $.path != "/healthz" }', line({}), true],
  ["{ $.duration_s > 0.5 }", line({ duration_s: 0.501 }), true],
  ["{ $.status >= 500 }", "GET / 502", false],
])("%s of %s: %s", (pattern, text, matches) => {
  expect(compilePattern(pattern)(text)).toBe(matches);
});

it.each([
  ["ERROR", "is not of the form { $.field = value }"],
  ["{ $.status > }", "cannot be read"],
  ["{ $.status IS NULL }", "cannot be read"],
  ['{ $.status > "500" }', "> 500 is no comparison"],
  ["{ status = 500 }", "the left side of a comparison is a field, such as $.status"],
])("refuses %s", (pattern, message) => {
  expect(() => compilePattern(pattern)).toThrow(message);
});
