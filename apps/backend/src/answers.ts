import type { Context } from "hono";
import type { Shown } from "./portfolio/portfolio-folder";

/** Kept of one version, in characters: far more than the page asks for. */
const mostKept = 8_000_000;

export interface Answer {
  /** Written as JSON. */
  readonly content: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Written {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers made of the portfolio: written as JSON once for each version and address, and asked again by ETag. */
export class Answers {
  private version = "";
  private kept = 0;
  private readonly written = new Map<string, Written>();

  respond(context: Context, shown: Shown, make: () => Answer): Response {
    // Weak: a gateway may compress it, and another process has loaded the same data at another time.
    const etag = `W/"${shown.version}"`;
    const caching = { etag, "cache-control": "private, no-cache" };
    if (isKnown(context.req.header("if-none-match"), etag)) return context.body(null, 304, caching);
    const { pathname, search } = new URL(context.req.url);
    const { body, headers } = this.write(shown.version, pathname + search, make);
    return context.body(body, 200, { ...headers, ...caching, "content-type": "application/json" });
  }

  private write(version: string, address: string, make: () => Answer): Written {
    if (version !== this.version || this.kept > mostKept) {
      this.written.clear();
      this.version = version;
      this.kept = 0;
    }
    const known = this.written.get(address);
    if (known) return known;
    const { content, headers = {} } = make();
    const written = { body: JSON.stringify(content), headers };
    this.written.set(address, written);
    this.kept += address.length + written.body.length;
    return written;
  }
}

/** RFC 9110, 13.1.2: weak comparison, or any. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
}
