"""The API's work per request, as FastAPI does it well: checked parameters, an ETag, one line of log, and bodies that are kept as bytes.

`BODIES` is a folder with what the API answered. With `WRITE=each` a body is written as JSON for every request instead.
"""

import json
import os
import re
import sys
import time
import uuid
from typing import Annotated

import orjson
from fastapi import FastAPI, Query, Request, Response

FOLDER = os.environ["BODIES"]
WRITES_EACH = os.environ.get("WRITE") == "each"
ETAG = 'W/"0123456789abcdef"'
ACCEPTABLE = re.compile(r"[A-Za-z0-9_-]{8,128}")
CACHING = {"etag": ETAG, "cache-control": "private, no-cache"}


def body(name: str) -> bytes:
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


health_body, assets_body, all_body = body("health.json"), body("assets.json"), body("all.json")
assets_content, all_content = json.loads(assets_body), json.loads(all_body)

app = FastAPI(openapi_url=None)


class Logged:
    """One line a request, with the caller's id where it sent a good one; the answer carries the id too."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = time.perf_counter()
        given = next((value.decode("latin1") for name, value in scope["headers"] if name == b"x-request-id"), "")
        request_id = given if ACCEPTABLE.fullmatch(given) else str(uuid.uuid4())
        status = 0

        async def sending(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((b"x-request-id", request_id.encode()))
            await send(message)

        await self.app(scope, receive, sending)
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "level": "info",
            "service": "backend",
            "request_id": request_id,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "duration_ms": round((time.perf_counter() - started) * 1000, 1),
        }
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()


app.add_middleware(Logged)


@app.get("/api/health")
async def health() -> Response:
    return Response(health_body, media_type="application/json", headers={"cache-control": "no-store"})


@app.get("/api/assets")
async def assets(
    request: Request,
    include: Annotated[str, Query(pattern=r"^(insights|history|sparklines)(,(insights|history|sparklines))*$")] = "",
    sort: Annotated[str, Query(pattern=r"^-?[a-zA-Z]+$")] = "-value",
    search: Annotated[str | None, Query(min_length=1, max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    if request.headers.get("if-none-match") == ETAG:
        return Response(status_code=304, headers=CACHING)
    if WRITES_EACH:
        content = orjson.dumps(all_content if include else assets_content)
    else:
        content = all_body if include else assets_body
    return Response(content, media_type="application/json", headers=CACHING)
