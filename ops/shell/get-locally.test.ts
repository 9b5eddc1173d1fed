import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getLocally } from "./get-locally";

it("gets a page by a name below localhost, and says the name", async () => {
  const server = createServer((incoming, answer) =>
    answer.writeHead(203, { "content-type": "text/plain" }).end(`${incoming.headers.host} ${incoming.url}`),
  ).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const host = `dev.localhost:${(server.address() as AddressInfo).port}`;
  try {
    const { status, type, content } = await getLocally(new URL(`http://${host}/a?b=c`));
    expect([status, type, content.toString()]).toEqual([203, "text/plain", `${host} /a?b=c`]);
  } finally {
    server.close();
  }
  await expect(getLocally(new URL(`http://${host}/`))).rejects.toThrow("ECONNREFUSED");
});
