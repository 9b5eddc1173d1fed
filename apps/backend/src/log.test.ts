import { createApp } from "./app";
import { Log } from "./log";
import { PortfolioStore } from "./store/portfolio-store";

const sample = `${__dirname}/../data/sample`;

it("writes a line of JSON on standard output, with time, level and service", () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const log = new Log("info");
    log.info({ message: "a\nb", status: 200 });
    log.error({ message: "c", request_id: undefined });
    const lines = write.mock.calls.map(([line]) => String(line));
    expect(lines.map((line) => [line.endsWith("}\n"), line.split("\n").length])).toEqual([
      [true, 2],
      [true, 2],
    ]);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { time, level: "info", service: "backend", message: "a\nb", status: 200 },
      { time, level: "error", service: "backend", message: "c" },
    ]);
  } finally {
    write.mockRestore();
  }
});

it("writes errors only when told so", () => {
  const lines: string[] = [];
  const log = new Log("error", (line) => lines.push(line));
  log.info({ message: "a" });
  log.error({ message: "b" });
  expect(lines).toEqual([expect.stringContaining('"message":"b"')]);
});

describe("a request's line", () => {
  const lines: string[] = [];
  const app = createApp({ store: new PortfolioStore(sample), log: new Log("info", (line) => lines.push(line)) });
  beforeEach(() => {
    lines.length = 0;
  });

  it("has its id, method, path without the query, status and duration in tenths of a millisecond", async () => {
    const now = jest.spyOn(performance, "now").mockReturnValueOnce(1000).mockReturnValue(1012.345);
    await app.request("/api/assets?limit=0", { headers: { "x-request-id": "request-0001" } });
    now.mockRestore();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: expect.any(String),
        level: "info",
        service: "backend",
        request_id: "request-0001",
        method: "GET",
        path: "/api/assets",
        status: 400,
        duration_ms: 12.3,
      },
    ]);
  });

  it.each([
    ["x".repeat(8), true],
    ["x".repeat(128), true],
    ["aZ09_-aZ", true],
    ["x".repeat(7), false],
    ["x".repeat(129), false],
    ["with a blank", false],
    [".request-0001", false],
    ["request-0001.", false],
  ])("keeps the caller's id %.20s: %s", async (id, isKept) => {
    const response = await app.request("/api/nothing", { headers: { "x-request-id": id } });
    const given = response.headers.get("x-request-id");
    expect(given === id).toBe(isKept);
    expect(given).toMatch(isKept ? /./ : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ request_id: given });
  });
});
