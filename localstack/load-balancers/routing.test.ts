import type { Condition, Rule } from "./load-balancer";
import {
  locationOf,
  type RequestHead,
  ruleOf,
  unsupported,
  virtualHostOf,
  virtualHostsByPort,
  WeightedRoundRobin,
} from "./routing";
import { byDefault, forward, notHere, publicOne, target } from "./sample";

const path = (...values: string[]): Condition => ({ field: "path-pattern", values });
const ask = (changes: Partial<RequestHead>): RequestHead => ({
  method: "GET",
  host: "example.com",
  uri: "/",
  headers: {},
  ...changes,
});

/** Which of the rules answers. */
function chosen(rules: Rule[], changes: Partial<RequestHead>): number {
  const rule = ruleOf({ port: 80, protocol: "HTTP", rules }, ask(changes));
  return rule ? rules.indexOf(rule) : -1;
}

describe("ports", () => {
  const ports = (...loadBalancers: Parameters<typeof virtualHostsByPort>[0]) => [
    ...virtualHostsByPort(loadBalancers).keys(),
  ];

  it("opens a public listener 10000 above its port, an internal one on it", () => {
    const internal = publicOne([byDefault(notHere)], { name: "dev-internal", internal: true });
    expect(ports(publicOne([byDefault(notHere)]), internal).sort()).toEqual([10080, 80]);
  });

  it("closes the port of a listener that is gone", () => {
    expect(ports(publicOne([], { listeners: [] }))).toEqual([]);
  });

  it("keeps an HTTPS listener closed and says so", () => {
    const secure = publicOne([], { listeners: [{ port: 443, protocol: "HTTPS", rules: [byDefault(notHere)] }] });
    expect(ports(secure)).toEqual([]);
    expect(unsupported([secure])).toEqual(["dev-public:443 is an HTTPS listener: its port stays closed"]);
  });

  it("tells load balancers on one port apart by Host, and falls back to the first by name", () => {
    const named = { name: "staging-public", dnsName: "staging-2.elb", aliases: ["stage.example"] };
    const virtualHosts =
      virtualHostsByPort([publicOne([byDefault(notHere)], named), publicOne([byDefault(notHere)])]).get(10080) ?? [];
    const nameFor = (host: string) => virtualHostOf(virtualHosts, host)?.loadBalancer.name;
    expect(nameFor("STAGE.example")).toBe("staging-public");
    expect(nameFor("staging-2.elb")).toBe("staging-public");
    expect(nameFor("localhost")).toBe("dev-public");
    expect(nameFor("staging.localhost")).toBe("staging-public");
    expect(nameFor("staging-public.localhost")).toBe("staging-public");
    expect(nameFor("qa.localhost")).toBeUndefined();
    expect(nameFor("backend.dev.internal")).toBeUndefined();
  });
});

describe("rules", () => {
  it("tries them in order and the default last", () => {
    const rules = [
      { conditions: [path("/api/health")], action: notHere },
      { conditions: [path("/api/*")], action: notHere },
      byDefault(notHere),
    ];
    expect(chosen(rules, { uri: "/api/health" })).toBe(0);
    expect(chosen(rules, { uri: "/api/healthy" })).toBe(1);
    expect(chosen(rules, { uri: "/" })).toBe(2);
  });

  it("matches the whole path, case-sensitively, and not the query", () => {
    const rules = [{ conditions: [path("/img/?.png")], action: notHere }, byDefault(notHere)];
    expect(chosen(rules, { uri: "/img/a.png?x=1" })).toBe(0);
    for (const uri of ["/IMG/a.png", "/img/ab.png", "/img/aXpng", "/other?/img/a.png"])
      expect(chosen(rules, { uri })).toBe(1);
  });

  it("wants every condition, and one value of each", () => {
    const method: Condition = { field: "http-request-method", values: ["GET", "HEAD"] };
    const host: Condition = { field: "host-header", values: ["*.example.com"] };
    const rules = [{ conditions: [path("/a", "/b"), method, host], action: notHere }, byDefault(notHere)];
    expect(chosen(rules, { method: "HEAD", host: "WWW.example.com", uri: "/b" })).toBe(0);
    expect(chosen(rules, { method: "POST", host: "www.example.com", uri: "/b" })).toBe(1);
    expect(chosen(rules, { method: "GET", host: "www.example.org", uri: "/b" })).toBe(1);
  });

  it("reads the headers that a rule names", () => {
    const beta: Condition = { field: "http-header", header: "X-Release", values: ["beta*"] };
    const rules = [{ conditions: [beta], action: notHere }, byDefault(notHere)];
    expect(chosen(rules, { headers: { "x-release": "Beta-2" } })).toBe(0);
    expect(chosen(rules, { headers: { "x-release": "alpha" } })).toBe(1);
    expect(chosen(rules, {})).toBe(1);
  });

  it("takes an unknown condition for true, and says so", () => {
    const rules = [
      { conditions: [{ field: "source-ip", values: ["10.0.0.0/8"] }], action: notHere },
      byDefault(notHere),
    ];
    expect(chosen(rules, {})).toBe(0);
    expect(unsupported([publicOne(rules)])).toEqual([
      "dev-public:80: condition source-ip is not supported, answered with 501",
    ]);
  });
});

it("redirects with the parts of the request", () => {
  const location = { protocol: "HTTPS", host: "#{host}", port: "443", path: "/#{path}", query: "#{query}" };
  expect(locationOf(location, ask({ uri: "/a/b?c=$&d" }), 80)).toBe("https://example.com:443/a/b?c=$&d");
  expect(locationOf({ ...location, port: "#{port}", query: "" }, ask({}), 80)).toBe("https://example.com:80/");
});

describe("targets", () => {
  const served = (count: number, roundRobin: WeightedRoundRobin, ...targets: ReturnType<typeof target>[]) =>
    Array.from({ length: count }, () => roundRobin.next(forward(...targets) as never)?.port);

  it("are chosen in turn, by their weights", () => {
    expect(served(4, new WeightedRoundRobin(), target(1), target(2))).toEqual([1, 2, 1, 2]);
    const ports = served(8, new WeightedRoundRobin(), target(1, 3), target(2, 1));
    expect(ports.filter((port) => port === 1)).toHaveLength(6);
    expect(served(1, new WeightedRoundRobin(), target(1, 0))).toEqual([undefined]);
  });

  it("do not have to catch up when they are new", () => {
    const roundRobin = new WeightedRoundRobin();
    served(100, roundRobin, target(1));
    expect(served(4, roundRobin, target(1), target(2))).toEqual([1, 2, 1, 2]);
  });
});
