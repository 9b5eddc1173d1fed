"""Gap: what the emulator refuses was written nowhere. It is answered at /_ministack/rules, as JSON; localstack/RULES.md is made of it."""

import json

import rules
from ministack import app

from patches.replaces import replaces

PATH = "/_ministack/rules"


@replaces(app, "app", "(scope, receive, send)")
async def answer_rules(original, scope, receive, send):
    if scope["type"] != "http" or scope["path"] != PATH:
        await original(scope, receive, send)
        return
    listed = [
        {"service": rule.service, "operations": rule.operations, "code": rule.code, "refuses": rule.sentence, "source": rule.source}
        for rule in rules.load()
    ]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(listed).encode()})
