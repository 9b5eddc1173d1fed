"""What the probes' tasks serve. The last part of a path says what to do, whatever stands before it."""

import os
import signal
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SAYS = os.environ.get("SAYS", "")
STARTED = time.monotonic()
inboxes = {}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        folder, _, last = self.path.partition("?")[0].rpartition("/")
        word, _, value = last.partition("-")
        if word == "slow":
            time.sleep(float(value))
        well = True
        if word == "only":
            # only-one: healthy on the server that says so.
            well = value == SAYS
        elif word == "for":
            # for-8: healthy for so many seconds.
            well = time.monotonic() - STARTED < float(value)
        body = "\n".join(inboxes.get(folder, [])) if word == "inbox" else SAYS
        self.answer(200 if well else 503, body)

    def do_POST(self):
        """inbox: keeps what is posted, a line each."""
        folder = self.path.rpartition("/")[0]
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        inboxes.setdefault(folder, []).append(text.replace("\n", " "))
        self.answer(200, "")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


# Whoever is told to stop does so at once, in the middle of an answer.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
time.sleep(float(os.environ.get("STARTS_AFTER", "0")))
ThreadingHTTPServer(("", 8000), Handler).serve_forever()
