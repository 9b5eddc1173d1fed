import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { assetAnswer, portfolio } from "./answers.fixture";
import { fetchAsset, fetchPortfolio } from "./backend";

let server: Server | undefined;

/** A backend that answers every request in one way; returns its URL. */
async function serve(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe("fetchPortfolio", () => {
  it("returns the portfolio, asked for once with the request id", async () => {
    const asked: unknown[] = [];
    const backendUrl = await serve((request, response) => {
      asked.push([request.url, request.headers["x-request-id"]]);
      response.end(JSON.stringify(portfolio));
    });
    const backend = { url: `${backendUrl}/`, requestId: "id-1" };
    expect(await fetchPortfolio(backend, { include: "insights" })).toEqual({ ok: true, content: portfolio });
    expect(asked).toEqual([["/api/assets?include=insights", "id-1"]]);
  });

  it("names the status of an answer that is not 200", async () => {
    const backendUrl = await serve((_, response) => response.writeHead(503).end());
    expect(await fetchPortfolio({ url: backendUrl, requestId: "id" }, {})).toEqual({
      ok: false,
      failure: { kind: "status", status: 503 },
    });
  });

  it.each<[string, RequestListener]>([
    ["an answer that never starts", () => {}],
    ["an answer that never ends", (_, response) => void response.write("{")],
  ])("gives up on %s", async (_, answer) => {
    const result = await fetchPortfolio({ url: await serve(answer), requestId: "id", timeoutMilliseconds: 50 }, {});
    expect(result).toEqual({ ok: false, failure: { kind: "time-out", milliseconds: 50 } });
  });

  it.each([
    ["<html>", "the answer is not JSON"],
    ["{}", "asOf: Invalid input: expected string, received undefined"],
    ["[1]", "the answer: Invalid input: expected object, received array"],
    [JSON.stringify({ ...portfolio, currency: "dollars" }), "currency: must be three capital letters"],
  ])("says what is wrong with the answer %s", async (body, problem) => {
    const backendUrl = await serve((_, response) => response.end(body));
    expect(await fetchPortfolio({ url: backendUrl, requestId: "id" }, {})).toEqual({
      ok: false,
      failure: { kind: "invalid", problem },
    });
  });

  it("asks for a holding by its symbol, whatever is in it", async () => {
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(JSON.stringify(assetAnswer));
    });
    expect(await fetchAsset({ url, requestId: "id" }, "BRK/B ?")).toEqual({ ok: true, content: assetAnswer });
    expect(asked).toEqual(["/api/assets/BRK%2FB%20%3F"]);
  });

  it("takes an answer without the parts that are asked for apart", async () => {
    const { insights, history, ...bare } = portfolio;
    const url = await serve((_, response) => response.end(JSON.stringify(bare)));
    expect(await fetchPortfolio({ url, requestId: "id" }, {})).toMatchObject({ ok: true, content: { history: [] } });
  });

  it("says why it cannot connect", async () => {
    const backendUrl = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));
    expect(await fetchPortfolio({ url: backendUrl, requestId: "id" }, {})).toEqual({
      ok: false,
      failure: { kind: "unreachable", cause: "ECONNREFUSED" },
    });
  });
});
