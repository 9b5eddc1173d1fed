// The smallest API that keeps the rules of stacks/README.md: told where to listen, answers its health path, ends on SIGTERM.
const { createServer } = require("node:http");

const server = createServer((request, response) => {
  const known = request.url === "/api/health" || request.url === "/api/orders";
  response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(known ? [] : { title: "Not found", status: 404 }));
});
server.keepAliveTimeout = Number(process.env.KEEP_ALIVE_TIMEOUT);
server.listen(Number(process.env.PORT), process.env.HOSTNAME);
process.on("SIGTERM", () => server.close(() => process.exit(0)));
