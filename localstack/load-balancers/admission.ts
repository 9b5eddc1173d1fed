import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import type { AddressRule, LoadBalancer } from "./load-balancer";

/** A rule for an IPv4 range such as `203.0.113.0/24`. */
export function addressRule(cidr: string, fromPort: number, toPort: number): AddressRule {
  const range = new BlockList();
  const [network = "", prefix] = cidr.split("/");
  range.addSubnet(network, Number(prefix), "ipv4");
  return { range, fromPort, toPort };
}

/** Whether the security groups of a load balancer let an IPv4 address in at a listener's port. */
export function admits({ openTo }: LoadBalancer, port: number, client: string): boolean {
  if (openTo === undefined) return true;
  const address = client.replace(/^::ffff:/, "");
  return openTo.some(
    ({ range, fromPort, toPort }) => fromPort <= port && port <= toPort && range.check(address, "ipv4"),
  );
}

/** Default gateways of this container: from there come requests of the machine that Docker runs on, and its browsers. */
export function gateways(routes = readFileSync("/proc/net/route", "utf8")): ReadonlySet<string> {
  // Fields: interface, destination, gateway …; addresses are hexadecimal, the last octet first.
  const fields = routes.split("\n").map((line) => line.split("\t"));
  const found = fields.filter(([, destination, gateway]) => destination === "00000000" && gateway !== undefined);
  return new Set(found.map(([, , gateway = ""]) => [...Buffer.from(gateway, "hex")].reverse().join(".")));
}
