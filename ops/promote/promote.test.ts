import { formatImage, parseImage } from "../images/image";
import { pair } from "./promote";

const image = (environment: string, name: string, tag: string) => `registry/${environment}/${name}:${tag}`;

describe("pair", () => {
  it("finds for each image the one with the same sources", () => {
    const running = [image("staging", "backend", "b1"), image("staging", "gateway", "g1")];
    const wanted = [parseImage(image("prod", "gateway", "g1"))];
    expect(pair(wanted, running)).toEqual([
      { from: parseImage(image("staging", "gateway", "g1")), to: parseImage(image("prod", "gateway", "g1")) },
    ]);
  });

  it("refuses what has not run there, all of it at once", () => {
    const wanted = ["backend", "orders"].map((name) => parseImage(image("prod", name, "new")));
    expect(() => pair(wanted, [image("staging", "backend", "old")])).toThrow(
      /backend: this checkout makes new, there runs old\n {2}orders: this checkout makes new, there runs none\nCheck out/,
    );
  });
});

it("refuses an image that is not of an environment", () => {
  expect(() => parseImage("nginx:stable")).toThrow('"nginx:stable" is not <registry>/<environment>/<name>:<tag>');
  const reference = image("prod", "backend", "0123");
  expect(formatImage(parseImage(reference))).toBe(reference);
});
