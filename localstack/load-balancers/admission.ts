import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import type { LoadBalancer } from "./load-balancer";

/** Whether the security groups of a load balancer let an IPv4 address in at a listener's port. */
export function admits({ openTo }: LoadBalancer, port: number, client: string): boolean {
  if (openTo === undefined) return true;
  const ranges = new BlockList();
  for (const { cidr, fromPort, toPort } of openTo) {
    const [network = "", prefix] = cidr.split("/");
    if (fromPort <= port && port <= toPort) ranges.addSubnet(network, Number(prefix), "ipv4");
  }
  return ranges.check(client.replace(/^::ffff:/, ""), "ipv4");
}

/** Addresses of the machine that Docker runs on, as a container sees it: its gateways. From there people look at what they deployed. */
export function gateways(routes = readFileSync("/proc/net/route", "utf8")): ReadonlySet<string> {
  // Fields: interface, destination, gateway …; addresses are hexadecimal, the last octet first.
  const fields = routes.split("\n").map((line) => line.split("\t"));
  const found = fields.filter(([, destination, gateway]) => destination === "00000000" && gateway !== undefined);
  return new Set(found.map(([, , gateway = ""]) => [...Buffer.from(gateway, "hex")].reverse().join(".")));
}
