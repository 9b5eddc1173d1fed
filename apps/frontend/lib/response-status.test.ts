import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, it } from "@jest/globals";
import { answerUnavailable, keepResponses } from "./response-status";

let server: Server;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(keepResponses);
afterEach(() => void server.close());

it("answers 503, and when to come again, whatever was awaited before", async () => {
  const url = await serve(async (_, response) => {
    await sleep(5);
    answerUnavailable(10);
    response.end("sorry");
  });
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([503, "10", "sorry"]);
});

it("changes the answer of its own request alone", async () => {
  const url = await serve(async (request, response) => {
    await sleep(request.url === "/fails" ? 5 : 10);
    if (request.url === "/fails") answerUnavailable(10);
    response.end();
  });
  const statuses = await Promise.all(
    ["/fails", "/works", "/fails"].map(async (path) => (await fetch(url + path)).status),
  );
  expect(statuses).toEqual([503, 200, 503]);
});

it("changes nothing of an answer that has begun, and nothing outside of a request", async () => {
  answerUnavailable(10);
  const url = await serve((_, response) => {
    response.write("begun");
    answerUnavailable(10);
    response.end();
  });
  expect((await fetch(url)).status).toBe(200);
});
