import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { getLocally } from "../../../ops/shell/get-locally";
import { dashboardUrl } from "./browser";

/** Milliseconds between two pieces, in which a browser draws what it has. */
const pause = 20;

/** The dashboard, whose pages arrive piece by piece; what belongs to them, such as styles, at once. */
export async function serveSlowly(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    pass(request, response).catch((error: Error) => response.writeHead(502).end(error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function pass({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, type, content } = await getLocally(new URL(dashboardUrl() + url));
  response.writeHead(status, { "content-type": type });
  for (const piece of type.startsWith("text/html") ? pieces(content) : [content]) {
    response.write(piece);
    await wait(pause);
  }
  response.end();
}

/** Cut after each element that something follows; the scripts behind what is seen are one piece. */
function pieces(page: Buffer): readonly string[] {
  const [seen = "", ...rest] = page.toString().split(/(?<=<\/main>)/);
  return [...seen.split(/(?<=<\/\w+>)(?!<\/)/), ...rest];
}
