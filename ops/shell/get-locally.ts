import { request } from "node:http";
import { buffer } from "node:stream/consumers";

export interface LocalAnswer {
  readonly status: number;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Gets a page of this machine. Browsers take each name below localhost for this machine; Node.js may not, and its `fetch` sends no other
 * Host than the address has.
 */
export function getLocally(url: URL, milliseconds = 5000): Promise<LocalAnswer> {
  return new Promise((resolve, reject) => {
    const asked = {
      hostname: url.hostname.replace(/^.*\.localhost$/, "127.0.0.1"),
      headers: { host: url.host },
      agent: false,
    };
    const sent = request(url, { ...asked, signal: AbortSignal.timeout(milliseconds) }, (response) => {
      const { statusCode: status = 0, headers } = response;
      buffer(response).then((content) => resolve({ status, type: headers["content-type"] ?? "", content }), reject);
    });
    sent.on("error", reject).end();
  });
}
