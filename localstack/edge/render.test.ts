import type { Action, Condition, LoadBalancer, Rule } from "./load-balancer";
import { renderEdge, unsupported } from "./render";

const target = (address: string, weight = 1) => ({ address, port: 8080, weight });
const forward = (...addresses: string[]): Action => ({
  type: "forward",
  targets: addresses.map((each) => target(each)),
});
const notHere: Action = { type: "fixed-response", status: 404, contentType: "text/plain", body: "not here" };
const byDefault = (action: Action): Rule => ({ conditions: [], action });
const path = (...values: string[]): Condition => ({ field: "path-pattern", values });

const publicOne = (rules: Rule[], changes: Partial<LoadBalancer> = {}): LoadBalancer => ({
  name: "dev-public",
  dnsName: "dev-public-1.us-east-1.elb.amazonaws.com",
  internal: false,
  aliases: [],
  idleTimeoutSeconds: 60,
  listeners: [{ port: 80, protocol: "HTTP", rules }],
  ...changes,
});

/** Which rule of the first listener nginx would choose: the first regular expression of its map that matches. */
function chosenRule(rules: Rule[], request: { method?: string; host?: string; headers?: string[]; uri: string }) {
  const configuration = renderEdge([publicOne(rules)]);
  const map = configuration.slice(configuration.indexOf("$edge_0_rule {"));
  const subject = [request.method ?? "GET", request.host ?? "example.com", ...(request.headers ?? []), request.uri];
  for (const [, quoted = "", index] of map.matchAll(/^ {4}"~(.*)" (\d+);$/gm)) {
    const unquoted = quoted.replaceAll("\\n", "\n").replaceAll('\\"', '"').replaceAll("\\\\", "\\");
    // PCRE's (?i:...) is not in every JavaScript engine that runs these tests.
    const pattern = unquoted.replaceAll("(?i:", "(?:");
    if (new RegExp(pattern, unquoted.includes("(?i:") ? "i" : "").test(subject.join("\n"))) {
      return Number(index);
    }
  }
  return undefined;
}

describe("ports", () => {
  it("opens a public listener 10000 above its port, an internal one on it", () => {
    const internal = publicOne([byDefault(notHere)], { name: "dev-internal", internal: true });
    const configuration = renderEdge([publicOne([byDefault(notHere)]), internal]);
    expect(configuration).toContain("listen 10080 default_server;");
    expect(configuration).toContain("listen 80 default_server;");
  });

  it("closes the port of a listener that is gone", () => {
    expect(renderEdge([publicOne([], { listeners: [] })])).not.toContain("listen 10080");
  });

  it("keeps an HTTPS listener closed and says so", () => {
    const secure = publicOne([], { listeners: [{ port: 443, protocol: "HTTPS", rules: [byDefault(notHere)] }] });
    expect(renderEdge([secure])).not.toContain("listen 10443");
    expect(unsupported([secure])).toEqual(["dev-public:443 is an HTTPS listener: its port stays closed"]);
  });

  it("tells load balancers on one port apart by Host, and falls back to the first by name", () => {
    const staging = publicOne([byDefault(notHere)], {
      name: "staging-public",
      dnsName: "staging-2.elb",
      aliases: ["stage.example"],
    });
    const configuration = renderEdge([staging, publicOne([byDefault(notHere)])]);
    expect(configuration).toMatch(/listen 10080 default_server;\n {4}server_name dev-public-1/);
    expect(configuration).toMatch(/listen 10080;\n {4}server_name stage.example staging-2.elb;/);
  });
});

describe("rules", () => {
  it("tries them in order and the default last", () => {
    const rules = [
      { conditions: [path("/api/health")], action: notHere },
      { conditions: [path("/api/*")], action: notHere },
      byDefault(notHere),
    ];
    expect(chosenRule(rules, { uri: "/api/health" })).toBe(0);
    expect(chosenRule(rules, { uri: "/api/healthy" })).toBe(1);
    expect(chosenRule(rules, { uri: "/" })).toBe(2);
  });

  it("matches the whole path, case-sensitively, and not the query", () => {
    const rules = [{ conditions: [path("/img/?.png")], action: notHere }, byDefault(notHere)];
    expect(chosenRule(rules, { uri: "/img/a.png?x=1" })).toBe(0);
    expect(chosenRule(rules, { uri: "/IMG/a.png" })).toBe(1);
    expect(chosenRule(rules, { uri: "/img/ab.png" })).toBe(1);
    expect(chosenRule(rules, { uri: "/img/aXpng" })).toBe(1);
    expect(chosenRule(rules, { uri: "/other?/img/a.png" })).toBe(1);
  });

  it("wants every condition, and one value of each", () => {
    const method: Condition = { field: "http-request-method", values: ["GET", "HEAD"] };
    const host: Condition = { field: "host-header", values: ["*.example.com"] };
    const rules = [{ conditions: [path("/a", "/b"), method, host], action: notHere }, byDefault(notHere)];
    expect(chosenRule(rules, { method: "HEAD", host: "www.example.com", uri: "/b" })).toBe(0);
    expect(chosenRule(rules, { method: "POST", host: "www.example.com", uri: "/b" })).toBe(1);
    expect(chosenRule(rules, { method: "GET", host: "www.example.org", uri: "/b" })).toBe(1);
  });

  it("reads the headers that a rule names", () => {
    const beta: Condition = { field: "http-header", header: "X-Release", values: ["beta*"] };
    const rules = [{ conditions: [beta], action: notHere }, byDefault(notHere)];
    expect(renderEdge([publicOne(rules)])).toContain(
      `map "$request_method\\n$host\\n\${http_x_release}\\n$request_uri"`,
    );
    expect(chosenRule(rules, { headers: ["beta-2"], uri: "/" })).toBe(0);
    expect(chosenRule(rules, { headers: ["alpha"], uri: "/" })).toBe(1);
  });

  it("answers 501 where a condition is unknown, and says so", () => {
    const rules = [
      { conditions: [{ field: "source-ip", values: ["10.0.0.0/8"] }], action: notHere },
      byDefault(notHere),
    ];
    expect(renderEdge([publicOne(rules)])).toContain(
      'return 501 "The edge cannot do this: condition source-ip is not supported";',
    );
    expect(unsupported([publicOne(rules)])).toEqual([
      "dev-public:80: condition source-ip is not supported, answered with 501",
    ]);
  });
});

describe("actions", () => {
  it("spreads a forward over the healthy targets", () => {
    const configuration = renderEdge([publicOne([byDefault(forward("10.0.0.2", "10.0.0.1"))])]);
    expect(configuration).toContain(
      "upstream edge_0_0 {\n    server 10.0.0.1:8080 weight=1 max_fails=0;\n    server 10.0.0.2:8080 weight=1 max_fails=0;\n  }",
    );
    expect(configuration).toContain("proxy_pass http://edge_0_0;");
  });

  it("answers 503 without targets", () => {
    expect(renderEdge([publicOne([byDefault(forward())])])).toContain("return 503 ");
    const unweighted: Action = { type: "forward", targets: [target("10.0.0.1", 0)] };
    expect(renderEdge([publicOne([byDefault(unweighted)])])).toContain("return 503 ");
  });

  it("tells the target what the client asked for: the listener's port, not the edge's", () => {
    const configuration = renderEdge([publicOne([byDefault(forward("10.0.0.1"))], { idleTimeoutSeconds: 75 })]);
    expect(configuration).toContain("proxy_set_header Host $http_host;");
    expect(configuration).toContain("proxy_set_header X-Forwarded-Port 80;");
    expect(configuration).toContain("proxy_set_header X-Amzn-Trace-Id $edge_trace_id;");
    expect(configuration).toContain("proxy_read_timeout 75s;");
  });

  it("redirects with the parts of the request", () => {
    const location = { protocol: "HTTPS", host: "#{host}", port: "443", path: "/#{path}", query: "#{query}" };
    const rules = [byDefault({ type: "redirect", status: 301, location })];
    expect(renderEdge([publicOne(rules)])).toContain('return 301 "https://$host:443$uri$is_args$args";');
  });

  it("keeps quotes, dollars and line ends of a fixed body", () => {
    const rules = [byDefault({ ...notHere, body: 'a "b" $c\n' } as Action)];
    expect(renderEdge([publicOne(rules)])).toContain(`return 404 "a \\"b\\" \${edge_dollar}c\\n";`);
  });
});

it("renders the same text whatever the order of the answers", () => {
  const first = publicOne([byDefault(forward("10.0.0.1", "10.0.0.2"))]);
  const second = publicOne([byDefault(notHere)], { name: "z" });
  const again = publicOne([byDefault(forward("10.0.0.2", "10.0.0.1"))]);
  expect(renderEdge([second, again])).toBe(renderEdge([first, second]));
});
