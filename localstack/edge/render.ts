import type { Action, Condition, Listener, LoadBalancer, Redirect, Rule } from "./load-balancer";

/**
 * Internal load balancers listen on their own port, internet-facing ones 10000 above it: one container holds both, and only
 * the public ports are published on the host.
 */
const PUBLIC_PORT_OFFSET = 10_000;
/** Answers as long as nginx runs; the container's health check asks here. */
export const HEALTH_PORT = 18_080;

const SUPPORTED = ["path-pattern", "host-header", "http-request-method", "http-header"];

const NO_TARGETS = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";

interface Site {
  /** Prefix of every nginx name that belongs to this listener. */
  readonly id: string;
  readonly listen: number;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  /** Answers requests whose Host belongs to no load balancer of this scheme and port: the first by name does. */
  readonly isDefault: boolean;
}

/** The nginx configuration that plays these load balancers. Its text changes only when their behaviour does. */
export function renderEdge(loadBalancers: readonly LoadBalancer[]): string {
  const sites = sitesOf(loadBalancers);
  return `${[preamble(), ...sites.map(renderSite), "}"].join("\n")}\n`;
}

/** What the edge cannot play as AWS would, one line each. */
export function unsupported(loadBalancers: readonly LoadBalancer[]): string[] {
  return loadBalancers.flatMap((loadBalancer) =>
    loadBalancer.listeners.flatMap((listener) => {
      const where = `${loadBalancer.name}:${listener.port}`;
      if (listener.protocol !== "HTTP") {
        return [`${where} is an ${listener.protocol} listener: its port stays closed`];
      }
      return listener.rules
        .map(problemOf)
        .flatMap((problem) => (problem ? [`${where}: ${problem}, answered with 501`] : []));
    }),
  );
}

function sitesOf(loadBalancers: readonly LoadBalancer[]): Site[] {
  const taken = new Set<number>();
  const byName = [...loadBalancers].sort((a, b) => (a.name < b.name ? -1 : 1));
  return byName
    .flatMap((loadBalancer) => loadBalancer.listeners.map((listener) => ({ loadBalancer, listener })))
    .filter(({ listener }) => listener.protocol === "HTTP")
    .map(({ loadBalancer, listener }, index) => {
      const listen = listener.port + (loadBalancer.internal ? 0 : PUBLIC_PORT_OFFSET);
      const isDefault = !taken.has(listen);
      taken.add(listen);
      return { id: `edge_${index}`, listen, loadBalancer, listener, isDefault };
    });
}

function problemOf({ conditions, action }: Rule): string | undefined {
  const unknown = conditions.find((condition) => !SUPPORTED.includes(condition.field));
  if (unknown) {
    return `condition ${unknown.field} is not supported`;
  }
  return action.type === "unsupported" ? `${action.what} is not supported` : undefined;
}

function preamble(): string {
  return `worker_processes 1;
worker_shutdown_timeout 60s;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
  client_body_temp_path /tmp/nginx-body;
  proxy_temp_path /tmp/nginx-proxy;
  fastcgi_temp_path /tmp/nginx-fastcgi;
  uwsgi_temp_path /tmp/nginx-uwsgi;
  scgi_temp_path /tmp/nginx-scgi;
  log_format edge escape=json '{"time":"$time_iso8601","loadBalancer":"$edge_load_balancer","client":"$remote_addr",'
    '"method":"$request_method","host":"$host","uri":"$request_uri","status":$status,"bytes":$body_bytes_sent,'
    '"seconds":$request_time,"target":"$upstream_addr","targetStatus":"$upstream_status",'
    '"targetSeconds":"$upstream_response_time","traceId":"$edge_trace_id"}';
  access_log /dev/stdout edge;
  server_tokens off;
  # A reload would cut idle keep-alive connections under clients that are about to use them (measured: 2 of 6,040 requests).
  keepalive_timeout 0;
  underscores_in_headers on;
  client_max_body_size 0;
  large_client_header_buffers 4 16k;
  server_names_hash_bucket_size 256;
  map_hash_bucket_size 256;
  geo $edge_dollar {
    default "$";
  }
  map $request_id $edge_new_trace_id {
    "~^(?<edge_time>.{8})(?<edge_random>.{24})$" "Root=1-$edge_time-$edge_random";
  }
  map $http_x_amzn_trace_id $edge_trace_id {
    "" $edge_new_trace_id;
    default $http_x_amzn_trace_id;
  }
  map $http_upgrade $edge_connection {
    "" "";
    default upgrade;
  }
  server {
    listen ${HEALTH_PORT};
    access_log off;
    set $edge_load_balancer "";
    return 200 "ok\\n";
  }`;
}

function renderSite(site: Site): string {
  const { id, listen, loadBalancer, listener, isDefault } = site;
  const headers = headersOf(listener);
  const names = [loadBalancer.dnsName, ...loadBalancer.aliases].map((name) => name.toLowerCase()).sort();
  return `
  # ${loadBalancer.name}:${listener.port}
  map ${quote(["$request_method", "$host", ...headers.map(variableOf), "$request_uri"].join("\n"))} $${id}_rule {
${listener.rules.map((rule, index) => `    ${quote(`~${patternOf(rule, headers)}`)} ${index};`).join("\n")}
  }
${listener.rules.map((rule, index) => upstreamOf(`${id}_${index}`, rule.action)).join("")}  server {
    listen ${listen}${isDefault ? " default_server" : ""};
    server_name ${names.join(" ")};
    set $edge_load_balancer ${quote(loadBalancer.name)};
    location / {
      try_files /no-such-file @${id}_$${id}_rule;
    }
${listener.rules.map((rule, index) => locationOf(site, rule, index)).join("\n")}
  }`;
}

/**
 * nginx tries the regular expressions of a map in their order, as a load balancer tries its rules. The string they are matched
 * with has one line each for the method, the host and every header that a rule asks for, and the URI last.
 */
function patternOf({ conditions }: Rule, headers: readonly string[]): string {
  const line = (wanted: (condition: Condition) => boolean, flags = "") => {
    const matching = conditions.filter(wanted);
    // Several conditions on one line must all hold: all but the last look ahead.
    const patterns = matching.map(({ values }) => `(?${flags}:${values.map(globOf).join("|")})`);
    const last = patterns.pop() ?? "[^\n]*";
    return `${patterns.map((pattern) => `(?=${pattern}\n)`).join("")}${last}`;
  };
  const paths = conditions.filter(({ field }) => field === "path-pattern");
  const path = paths.map(({ values }) => `(?=(?:${values.map(globOf).join("|")})(?:\\?|$))`).join("");
  return [
    `^${line(({ field }) => field === "http-request-method")}`,
    line(({ field }) => field === "host-header", "i"),
    ...headers.map((header) => line((condition) => headerOf(condition) === header, "i")),
    path,
  ].join("\n");
}

/** `*` is any number of characters, `?` exactly one; neither leaves its line or, in a path, enters the query. */
function globOf(value: string): string {
  return value
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("?", "[^?\n]")
    .replaceAll("*", "[^?\n]*");
}

function headersOf({ rules }: Listener): string[] {
  const headers = rules.flatMap(({ conditions }) => conditions.map(headerOf)).filter((header) => header !== undefined);
  return [...new Set(headers)].sort();
}

function headerOf({ field, header }: Condition): string | undefined {
  return field === "http-header" ? (header ?? "").toLowerCase() : undefined;
}

function variableOf(header: string): string {
  return `\${http_${header.replaceAll("-", "_")}}`;
}

function upstreamOf(name: string, action: Action): string {
  if (action.type !== "forward" || !isReachable(action)) {
    return "";
  }
  // max_fails=0: whether a target is healthy is for the load balancer's health checks to say.
  const servers = action.targets
    .filter(({ weight }) => weight > 0)
    .map(({ address, port, weight }) => `    server ${address}:${port} weight=${weight} max_fails=0;`)
    .sort();
  return `  upstream ${name} {\n${servers.join("\n")}\n  }\n`;
}

function isReachable({ targets }: Extract<Action, { type: "forward" }>): boolean {
  return targets.some(({ weight }) => weight > 0);
}

function locationOf(site: Site, rule: Rule, index: number): string {
  const problem = problemOf(rule);
  const lines = problem
    ? answer(501, "text/plain", `The edge cannot do this: ${problem}`)
    : linesOf(site, rule.action, index);
  return `    location @${site.id}_${index} {\n${lines.map((line) => `      ${line}`).join("\n")}\n    }`;
}

function linesOf(site: Site, action: Action, index: number): string[] {
  switch (action.type) {
    case "fixed-response":
      return answer(action.status, action.contentType, action.body);
    case "redirect":
      return [`return ${action.status} ${quote(locationHeader(action.location, site.listener.port))};`];
    case "forward":
      return isReachable(action) ? forward(site, index) : answer(503, "text/html", NO_TARGETS);
    default:
      return answer(501, "text/plain", action.what);
  }
}

function answer(status: number, contentType: string, body: string): string[] {
  return [`default_type ${quote(contentType || "text/plain")};`, `return ${status} ${quote(literal(body))};`];
}

function forward({ id, loadBalancer, listener }: Site, index: number): string[] {
  const seconds = loadBalancer.idleTimeoutSeconds;
  return [
    `proxy_pass http://${id}_${index};`,
    "proxy_http_version 1.1;",
    "proxy_set_header Host $http_host;",
    "proxy_set_header Connection $edge_connection;",
    "proxy_set_header Upgrade $http_upgrade;",
    "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "proxy_set_header X-Forwarded-Proto http;",
    `proxy_set_header X-Forwarded-Port ${listener.port};`,
    "proxy_set_header X-Amzn-Trace-Id $edge_trace_id;",
    "proxy_pass_header Server;",
    "proxy_pass_header Date;",
    "proxy_buffering off;",
    "proxy_connect_timeout 10s;",
    `proxy_read_timeout ${seconds}s;`,
    `proxy_send_timeout ${seconds}s;`,
    "proxy_next_upstream error timeout;",
  ];
}

/** The Location of a redirect; the port is always written, as a load balancer does. */
function locationHeader({ protocol, host, port, path, query }: Redirect, listenerPort: number): string {
  const fill = (text: string) =>
    literal(text)
      .replaceAll("#{protocol}", "http")
      .replaceAll("#{host}", "$host")
      .replaceAll("#{port}", String(listenerPort))
      .replaceAll("/#{path}", "$uri")
      .replaceAll("#{path}", "$uri")
      .replaceAll("#{query}", "$args");
  const search = query === "#{query}" ? "$is_args$args" : query && `?${fill(query)}`;
  return `${fill(protocol).toLowerCase()}://${fill(host)}:${fill(port)}${fill(path)}${search}`;
}

/** nginx has no escape for a dollar sign in a string, so a variable holds it. */
function literal(text: string): string {
  return text.replaceAll("$", () => `\${edge_dollar}`);
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "")}"`;
}
