import { addressRule, admits, gateways } from "./admission";
import { byDefault, notHere, publicOne } from "./sample";

const openTo = [addressRule("203.0.113.0/24", 80, 80), addressRule("198.51.100.7/32", 0, 65_535)];
const balancer = publicOne([byDefault(notHere)], { openTo });

it.each([
  ["203.0.113.9", 80, true],
  ["::ffff:203.0.113.9", 80, true],
  ["203.0.113.9", 443, false],
  ["203.0.114.9", 80, false],
  ["198.51.100.7", 443, true],
  ["198.51.100.8", 443, false],
])("decides by address and port: %s at %i", (client, port, expected) => {
  expect(admits(balancer, port, client)).toBe(expected);
});

it("lets nobody in without a rule, and everybody where only tasks are clients", () => {
  expect(admits({ ...balancer, openTo: [] }, 80, "203.0.113.9")).toBe(false);
  expect(admits({ ...balancer, openTo: undefined }, 80, "203.0.113.9")).toBe(true);
});

it("reads the machine's address from the routes of a container", () => {
  const routes = [
    "Iface\tDestination\tGateway \tFlags",
    "eth0\t00000000\t010012AC\t0003",
    "eth0\t000012AC\t00000000\t0001",
    "",
  ].join("\n");
  expect(gateways(routes)).toEqual(new Set(["172.18.0.1"]));
});
