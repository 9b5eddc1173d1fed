import { bytes } from "./damage.fixture";
import { decode } from "./decode";
import { fileFormat } from "./settings";

type Encoding = ReturnType<typeof fileFormat.parse>["encoding"];
const read = (content: Uint8Array, encoding: Encoding = "utf-8") =>
  decode("closes.csv", content, fileFormat.parse({ encoding }));
const notUtf8 = "is not UTF-8; save it as UTF-8, or name its encoding in settings.json";

it.each([
  ["in the first line", [bytes([0xff], "ab\ncd\n"), "line 1, column 1"]],
  ["in a line between good ones", [bytes("ab\ncdé", [0xe9], "f\ngh\n"), "line 2, column 4"]],
  ["in the last line, which has no end", [bytes("ab\ncd\nef", [0xe9], "g"), "line 3, column 3"]],
  ["at the end", [bytes("ab\nцd", [0xe9]), "line 2, column 3"]],
  ["at an end in the middle of a character", [bytes("ab\ncdef", [0xe2, 0x82]), "line 2, column 5"]],
  ["in several lines", [bytes("ab\n", [0xe9], "\n", [0xe9], "\n"), "line 2, column 1"]],
] as const)("names the place of a byte that is no UTF-8 %s, in characters", (_, [content, place]) => {
  expect(() => read(content)).toThrow(`closes.csv ${place}: ${notUtf8}`);
});

it("names the line of a NUL character", () => {
  const message = "holds a NUL character: it is no text, or UTF-16, which settings.json can say";
  expect(() => read(bytes("\0"))).toThrow(`closes.csv line 1: ${message}`);
  expect(() => read(bytes("a\nb\nc\0d\n"))).toThrow(`closes.csv line 3: ${message}`);
});

it("reads UTF-8 and UTF-16", () => {
  expect(read(bytes("Café €\n"))).toBe("Café €\n");
  expect(read(Buffer.from("Café €\n", "utf16le"), "utf-16le")).toBe("Café €\n");
});

it("reads each character that Windows has in place of a control character, and Latin-1's others", () => {
  const all = Array.from({ length: 32 }, (_, index) => 0x80 + index);
  expect(read(bytes("a", all, [0xa0, 0xe9, 0xff]), "windows-1252")).toBe(
    "a€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0éÿ",
  );
});
