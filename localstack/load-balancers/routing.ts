import type { Condition, Forward, Listener, LoadBalancer, Redirect, Rule, Target } from "./load-balancer";

/**
 * Internal load balancers listen on their own port, internet-facing ones 10000 above it: one container holds both, and only
 * the public ports are published on the host.
 */
const PUBLIC_PORT_OFFSET = 10_000;

const SUPPORTED = ["path-pattern", "host-header", "http-request-method", "http-header"];

/** What rules compare: the head of an HTTP request. Header names are in lower case; the URI has its query. */
export interface RequestHead {
  readonly method: string;
  readonly host: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A listener and its load balancer: which one answers on a port depends on the Host header. */
export interface VirtualHost {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
}

/** The virtual hosts of each port that is opened, by the names of their load balancers. */
export function virtualHostsByPort(loadBalancers: readonly LoadBalancer[]): Map<number, VirtualHost[]> {
  const virtualHosts = new Map<number, VirtualHost[]>();
  for (const loadBalancer of [...loadBalancers].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const listener of loadBalancer.listeners.filter(({ protocol }) => protocol === "HTTP")) {
      const port = listener.port + (loadBalancer.internal ? 0 : PUBLIC_PORT_OFFSET);
      virtualHosts.set(port, [...(virtualHosts.get(port) ?? []), { loadBalancer, listener }]);
    }
  }
  return virtualHosts;
}

/** The virtual host that has the name. A name that none has goes to the first, unless it is private, or one below localhost: that goes nowhere. */
export function virtualHostOf(virtualHosts: readonly VirtualHost[], host: string): VirtualHost | undefined {
  const wanted = host.toLowerCase();
  const names = ({ name, dnsName, aliases }: LoadBalancer) =>
    [dnsName, ...aliases, ...localNames(name)].map((each) => each.toLowerCase());
  const named = virtualHosts.find(({ loadBalancer }) => names(loadBalancer).includes(wanted));
  return named ?? (/\.(internal|localhost)$/.test(wanted) ? undefined : virtualHosts[0]);
}

/**
 * Names that browsers take for this machine (https://www.rfc-editor.org/rfc/rfc6761#section-6.3): `dev-public` has dev-public.localhost
 * and dev.localhost, so that each environment has an address of its own.
 */
function localNames(loadBalancer: string): string[] {
  return [loadBalancer, loadBalancer.replace(/-[^-]*$/, "")].map((name) => `${name}.localhost`);
}

/** The first rule whose conditions all hold; the default one has none. */
export function ruleOf({ rules }: Listener, requestHead: RequestHead): Rule | undefined {
  return rules.find(({ conditions }) => conditions.every((condition) => holds(condition, requestHead)));
}

/** An unknown condition may hold, so that what it guards is answered with an error, and not with the wrong thing. */
function holds(condition: Condition, { method, host, uri, headers }: RequestHead): boolean {
  const { field, header = "", values } = condition;
  const any = (text: string, flags = "") => values.some((value) => new RegExp(`^${globOf(value)}$`, flags).test(text));
  if (field === "path-pattern") return any(uri.split("?")[0] ?? "");
  if (field === "host-header") return any(host, "i");
  if (field === "http-request-method") return any(method);
  if (field === "http-header") return [headers[header.toLowerCase()] ?? []].flat().some((value) => any(value, "i"));
  return true;
}

/** `*` is any number of characters, `?` exactly one. */
function globOf(value: string): string {
  return value
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("?", ".")
    .replaceAll("*", ".*");
}

/** What cannot be done as AWS would, one line each. */
export function unsupported(loadBalancers: readonly LoadBalancer[]): string[] {
  return loadBalancers.flatMap((loadBalancer) =>
    loadBalancer.listeners.flatMap((listener) => {
      const where = `${loadBalancer.name}:${listener.port}`;
      if (listener.protocol !== "HTTP") return [`${where} is an ${listener.protocol} listener: its port stays closed`];
      return listener.rules
        .map(problemOf)
        .flatMap((problem) => (problem ? [`${where}: ${problem}, answered with 501`] : []));
    }),
  );
}

export function problemOf({ conditions, action }: Rule): string | undefined {
  const unknown = conditions.find((condition) => !SUPPORTED.includes(condition.field));
  if (unknown) return `condition ${unknown.field} is not supported`;
  return action.type === "unsupported" ? `${action.what} is not supported` : undefined;
}

/** The Location of a redirect; the port is always written, as a load balancer does. */
export function locationOf(
  { protocol, host, port, path, query }: Redirect,
  requestHead: RequestHead,
  listenerPort: number,
): string {
  const [askedPath = "", askedQuery = ""] = requestHead.uri.split(/\?(.*)/s);
  const parts: Readonly<Record<string, string>> = {
    protocol: "http",
    host: requestHead.host,
    port: String(listenerPort),
    path: askedPath.slice(1),
    query: askedQuery,
  };
  const fill = (text: string) => text.replaceAll(/#\{(\w+)\}/g, (whole, part: string) => parts[part] ?? whole);
  const search = fill(query);
  return `${fill(protocol).toLowerCase()}://${fill(host)}:${fill(port)}${fill(path)}${search && `?${search}`}`;
}

/** Chooses targets in turn, by their weights. */
export class WeightedRoundRobin {
  private members = "";
  private chosen = new Map<string, number>();

  next({ targets }: Forward): Target | undefined {
    const weighted = targets.filter(({ weight }) => weight > 0);
    const members = weighted.map(({ address, port, weight }) => `${address}:${port} ${weight}`).sort();
    // Whoever is new would have to catch up with what the others served.
    if (members.join() !== this.members) this.chosen = new Map();
    this.members = members.join();
    const load = ({ address, port, weight }: Target) => ((this.chosen.get(`${address}:${port}`) ?? 0) + 1) / weight;
    const [next] = [...weighted].sort((a, b) => load(a) - load(b));
    if (next) {
      const key = `${next.address}:${next.port}`;
      this.chosen.set(key, (this.chosen.get(key) ?? 0) + 1);
    }
    return next;
  }
}
