import type { Cacheable, Handler, RequestState } from "./app-env";
import { addressOf, hasBody } from "./request-limits";
import type { PortfolioStore, Snapshot } from "./store/portfolio-store";

/** Kept at once, in bytes and the addresses' characters: far more than the page asks for. */
const mostKept = 8_000_000;

interface Entry extends Cacheable {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Middleware: keeps the answers that routes mark as `cacheable`, as they are sent, by address. A hit runs no route and no schema. */
export function responseCache(store: PortfolioStore, handler: Handler): Handler {
  const entries = new Entries();
  const miss = async (request: Request, state: RequestState): Promise<Response> => {
    const response = await handler(request, state);
    const { cacheable } = state;
    if (cacheable === undefined || response.status !== 200) return response;
    const entry = await entryOf(cacheable, response);
    // What answers HEAD has lost its body.
    if (request.method === "GET") entries.set(addressOf(request), entry);
    return toSend(entry, request, state);
  };
  return (request, state) => {
    const entry = isRead(request) ? entries.get(addressOf(request)) : undefined;
    const isFresh = entry && entry.snapshot === newest(store, entry);
    return isFresh ? toSend(entry, request, state) : miss(request, state);
  };
}

function isRead(request: Request): boolean {
  return (request.method === "GET" || request.method === "HEAD") && !hasBody(request);
}

function newest(store: PortfolioStore, { callers }: Cacheable): Snapshot {
  return callers === "no-store" ? store.snapshot() : store.recent();
}

async function entryOf(cacheable: Cacheable, response: Response): Promise<Entry> {
  const { snapshot, callers } = cacheable;
  const caching =
    callers === "no-store"
      ? { "cache-control": "no-store" }
      : // Weak: a gateway may compress it, and another process has loaded the same data at another time.
        { "cache-control": "private, no-cache", etag: `W/"${snapshot.version}"` };
  return {
    ...cacheable,
    body: new Uint8Array(await response.arrayBuffer()),
    headers: { ...Object.fromEntries(response.headers), ...caching },
  };
}

/** 200 with the body, or 304 to a caller that has it. */
function toSend({ body, headers }: Entry, request: Request, { requestId }: RequestState): Response {
  const { etag } = headers;
  if (etag === undefined || !matches(request.headers.get("if-none-match"), etag)) {
    return new Response(request.method === "HEAD" ? null : body, {
      status: 200,
      headers: { ...headers, "x-request-id": requestId },
    });
  }
  const { "content-type": _, ...rest } = headers;
  return new Response(null, { status: 304, headers: { ...rest, "x-request-id": requestId } });
}

/** RFC 9110, 13.1.2: weak comparison, or any. */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
}

/** By address. All are dropped when the first answer of a newer snapshot comes, and when they have grown large. */
class Entries {
  private size = 0;
  private readonly entries = new Map<string, Entry>();

  get(address: string): Entry | undefined {
    return this.entries.get(address);
  }

  set(address: string, entry: Entry): void {
    const [another = entry] = this.entries.values();
    if (another.snapshot !== entry.snapshot || this.size > mostKept) {
      this.entries.clear();
      this.size = 0;
    }
    // Two requests that came at once have made the same.
    if (!this.entries.has(address)) this.size += address.length + entry.body.length;
    this.entries.set(address, entry);
  }
}
