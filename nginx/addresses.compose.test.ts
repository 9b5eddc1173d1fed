import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { aClient, address, compose, exchange, pause, statusOf } from "./compose";

jest.setTimeout(120_000);

const encoded = (bytes: readonly number[]) => bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

const undecodable = [
  ["a byte that starts nothing", "%ff"],
  ["a byte that follows nothing", "%80"],
  ["a longer form than needed", "%c0%af"],
  ["a sequence that ends early", "%e2%82"],
  ["a sequence that something else ends", "%C3%28"],
  ["a surrogate", "%ED%A0%80"],
  ["more than Unicode has", "%f4%90%80%80"],
  ["a percent sign alone", "%"],
  ["a percent sign before no number", "%zz"],
  ["NUL", "%00"],
  ["a byte beyond ASCII as it is", "\xff"],
  ["UTF-8 as it is", "\xc3\xa9"],
  ["what a dot segment takes away", "%ff/../NORTH"],
  ["what follows a dot segment", "x/%2e%2e/%ff"],
] as const;

const folders = ["/", "/holdings/", "/api/assets/", "/_next/static/", "/healthz/"];

it.each(undecodable)("refuses %s in a path as it refuses anything", async (_, text) => {
  for (const folder of folders) {
    const answer = await exchange(`GET ${folder}${text} HTTP/1.1`);
    expect([folder, statusOf(answer)]).toEqual([folder, 400]);
    expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
    expect(answer.split("\r\n\r\n")[1]).toBe('{"type":"about:blank","title":"Bad Request","status":400}\n');
  }
});

it.each([
  ["two bytes", "/holdings/%c3%A9", 404],
  ["three bytes", "/holdings/%E2%82%AC", 404],
  ["four bytes", "/holdings/%F0%9F%92%A9", 404],
  ["the last character of Unicode", "/holdings/%F4%8F%BF%BF", 404],
  ["a percent sign that is encoded", "/holdings/%25ff", 404],
  ["a letter that is encoded", "/holdings/%4eORTH", 200],
  ["any bytes in a query", "/holdings?search=%ff%zz%", 200],
])("takes %s", async (_, path, status) => {
  expect(statusOf(await exchange(`GET ${path} HTTP/1.1`))).toBe(status);
});

it("takes of a thousand sequences of bytes in a path those that are UTF-8", async () => {
  const bytes = [
    0x00, 0x25, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
    0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
  ];
  const pairs = bytes.flatMap((first) => [[first], ...bytes.map((second) => [first, second])]);
  const leads = bytes.filter((byte) => byte >= 0xe0);
  const triples = leads.flatMap((lead) => bytes.slice(3, 11).map((second) => [lead, second, 0x80]));
  const fours = triples.flatMap((triple) => [0x7f, 0x80, 0xbf].map((last) => [...triple, last]));
  const sequences = [...pairs, ...triples, ...fours];
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const isText = (sequence: readonly number[]) => {
    try {
      return !decoder.decode(Uint8Array.from(sequence)).includes("\0");
    } catch {
      return false;
    }
  };
  expect(sequences.length).toBeGreaterThan(1000);
  const pool = new Pool(address, { connections: 16 });
  const ask = async (sequence: readonly number[]) => {
    const path = `/_next/static/${encoded(sequence)}`;
    const { statusCode, body } = await pool.request({ method: "GET", path, headers: { "x-forwarded-for": aClient() } });
    await body.dump();
    return statusCode === (isText(sequence) ? 404 : 400) ? [] : [`${path}: ${statusCode}`];
  };
  const problems = (await Promise.all(sequences.map(ask))).flat();
  await pool.close();
  expect(problems.slice(0, 20)).toEqual([]);
});

it("logs a path that cannot be decoded as JSON in UTF-8", async () => {
  const id = randomUUID();
  for (const [, text] of undecodable) await exchange(`GET /holdings/${text} HTTP/1.1`, { "x-request-id": id });
  await pause(500);
  const logs = compose("logs", "--no-color", "--no-log-prefix", "frontend-gateway").split("\n");
  const lines = logs.filter((line) => line.includes(id));
  // Docker writes U+FFFD for what is not UTF-8.
  expect(lines.filter((line) => line.includes("\ufffd"))).toEqual([]);
  const paths = lines.map((line) => JSON.parse(line).path);
  expect(paths).toEqual(expect.arrayContaining(["/holdings/%ff", "/holdings/%ff/../NORTH", "/holdings/"]));
});
