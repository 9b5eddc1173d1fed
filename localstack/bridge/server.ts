import { serve } from "@hono/node-server";
import { createBridge } from "./app";

const port = Number(process.env.PORT ?? 4567);
const server = serve({ fetch: createBridge(process.env.AWS_ENDPOINT_URL).fetch, port }, () =>
  console.log(`bridge: listening on ${port}`),
);

process.on("SIGTERM", () => server.close());
