import { request } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";

const containers = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()) }));
const stats = z.object({
  read: z.string(),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }),
  memory_stats: z.object({
    usage: z.number().default(0),
    stats: z.object({ inactive_file: z.number().default(0) }).default({ inactive_file: 0 }),
  }),
});

/** What a container has used. */
export interface Usage {
  readonly cpuSeconds: number;
  /** Without the page cache that could be given back. */
  readonly memoryBytes: number;
}

/** Docker's Engine API on its socket. https://docs.docker.com/reference/api/engine/ */
export class Docker {
  constructor(private readonly socketPath = "/var/run/docker.sock") {}

  /** Ids of running containers that have the label, with its value. */
  async labelled(label: string): Promise<ReadonlyMap<string, string>> {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    const found = containers.parse(await this.get(`/containers/json?filters=${filters}`));
    return new Map(found.map(({ Id, Labels }) => [Id, Labels[label] ?? ""]));
  }

  /** Null for a container that has just gone. */
  async usage(id: string): Promise<Usage | null> {
    const answer = stats.safeParse(await this.get(`/containers/${id}/stats?stream=false&one-shot=true`));
    // Of a container that ends, Docker tells zeros and the year 1.
    if (!answer.success || answer.data.read.startsWith("0001")) return null;
    const { cpu_stats: cpu, memory_stats: memory } = answer.data;
    return {
      cpuSeconds: cpu.cpu_usage.total_usage / 1e9,
      memoryBytes: memory.usage - memory.stats.inactive_file,
    };
  }

  private get(path: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: this.socketPath, path, timeout: 10_000 }, (response) => {
        text(response)
          .then((body) => resolve(JSON.parse(body || "null")))
          .catch(reject);
      });
      sent.on("timeout", () => sent.destroy(new Error(`Docker does not answer ${path}`)));
      sent.on("error", reject);
      sent.end();
    });
  }
}
