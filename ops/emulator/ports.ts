import { createServer } from "node:net";
import { SetupError } from "../shell/run";

export async function assertPortsFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (!(await isFree(port)))
      throw new SetupError(`Port ${port} is taken by another process. Stop it, then try again.`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
