import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../ops/shell/paths";
import { type Arguments, Synthesized } from "../../stacks/synthesized";

const folders = ["dev-network", "dev-compute", "dev-observability"].map((stack) =>
  join(root, "cdktf.out/stacks", stack),
);

/** Terraform's own graph, which the policies of order cannot ask for at synthesis. */
it.each(folders)("%s: what the policies take for created before is what Terraform creates before", (folder) => {
  const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Arguments;
  const synthesized = new Synthesized([stack]);
  const graph = graphOf(execFileSync("terraform", ["graph"], { cwd: folder, encoding: "utf8" }));
  const addresses = synthesized.all().map(([address]) => address);
  expect(addresses.length).toBeGreaterThan(10);
  for (const address of addresses) {
    const ours = [...synthesized.createdBefore(address)].sort();
    expect({ address, before: ours }).toEqual({ address, before: reachable(graph, address).sort() });
  }
});

/** Edges of the graph in DOT, from a resource to those that it depends on. */
function graphOf(dot: string): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const [, from = "", to = ""] of dot.matchAll(/"([\w.-]+)" -> "([\w.-]+)"/g)) {
    edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  return edges;
}

function reachable(graph: Map<string, string[]>, from: string): string[] {
  const found = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const to of graph.get(next) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      waiting.push(to);
    }
  }
  return [...found].filter((address) => !address.startsWith("data."));
}
