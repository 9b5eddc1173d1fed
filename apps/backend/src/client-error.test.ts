import { Duplex } from "node:stream";
import { onClientError } from "./client-error";

/** A connection that keeps what is sent over it. */
class Connection extends Duplex {
  sent = "";
  override _read(): void {}
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.sent += chunk;
    done();
  }
}

const afterError = (code?: string, connection = new Connection()) => {
  onClientError(Object.assign(new Error("wrong"), { code }), connection);
  return connection;
};

it("says nothing to a client that has reset the connection, and lets it go", () => {
  const { sent, destroyed } = afterError("ECONNRESET");
  expect([sent, destroyed]).toEqual(["", true]);
});

it("says nothing to a client that nothing can be sent to any more", () => {
  const ended = new Connection();
  ended.end();
  const { sent, destroyed } = afterError("HPE_INVALID_METHOD", ended);
  expect([sent, destroyed]).toEqual(["", true]);
});

it.each([
  ["what is no HTTP", "HPE_INVALID_METHOD", 400, "Bad Request"],
  ["an error without a code", undefined, 400, "Bad Request"],
  ["a head that is too big", "HPE_HEADER_OVERFLOW", 431, "Request Header Fields Too Large"],
  ["a request that is too slow", "ERR_HTTP_REQUEST_TIMEOUT", 408, "Request Timeout"],
])("answers %s with a problem, and closes the connection", (_, code, status, title) => {
  const { sent, destroyed, writableEnded } = afterError(code);
  const body = JSON.stringify({ type: "about:blank", title, status });
  expect(sent.split("\r\n")).toEqual([
    `HTTP/1.1 ${status} ${title}`,
    "content-type: application/problem+json",
    `content-length: ${body.length}`,
    "connection: close",
    "",
    body,
  ]);
  expect([destroyed, writableEnded]).toEqual([false, true]);
});
