// The API's work per request with node:http alone: an ETag, one line of log, bodies that are kept.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const body = (name) => readFileSync(join(process.env.BODIES, name), "utf8");
const bodies = { health: body("health.json"), assets: body("assets.json"), all: body("all.json") };
const etag = 'W/"0123456789abcdef"';
const acceptable = /^[A-Za-z0-9_-]{8,128}$/;
const json = { "content-type": "application/json" };
const caching = { ...json, etag, "cache-control": "private, no-cache" };

createServer((request, response) => {
  const startedAt = performance.now();
  const given = request.headers["x-request-id"] ?? "";
  const requestId = acceptable.test(given) ? given : randomUUID();
  response.setHeader("x-request-id", requestId);
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  switch (pathname) {
    case "/api/health":
      response.writeHead(200, { ...json, "cache-control": "no-store" }).end(bodies.health);
      break;
    case "/api/assets":
      if (request.headers["if-none-match"] === etag) response.writeHead(304, caching).end();
      else response.writeHead(200, caching).end(searchParams.has("include") ? bodies.all : bodies.assets);
      break;
    default:
      response.writeHead(404, json).end("{}");
  }
  const line = {
    time: new Date().toISOString(),
    level: "info",
    service: "backend",
    request_id: requestId,
    method: request.method,
    path: pathname,
    status: response.statusCode,
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}).listen(Number(process.env.PORT), "127.0.0.1");
