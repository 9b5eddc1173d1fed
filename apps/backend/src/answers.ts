import type { Context } from "hono";
import type { Log } from "./log";
import { addressOf, hasBody } from "./request-limits";
import { LoggedRequest } from "./request-log";
import type { PortfolioStore, Shown } from "./store/portfolio-store";

/** Kept at once, in bytes and the addresses' characters: far more than the page asks for. */
const mostKept = 8_000_000;

export interface Answer {
  /** Written as JSON. */
  readonly content: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as it is sent, good for as long as what it was made of is shown. */
interface Kept {
  readonly madeOf: Shown;
  /** Whether it is sent again without a look at the files. */
  readonly blindly: boolean;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers made of the portfolio: written once for each address, and then sent before any route, schema or middleware has work. */
export class Answers {
  private size = 0;
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly portfolioFolder: PortfolioStore,
    private readonly log: Log,
  ) {}

  /** The answer to a request like an earlier one, logged as any; undefined where the routes have to look. */
  known(request: Request): Response | undefined {
    if (request.method !== "GET") return undefined;
    const kept = this.kept.get(addressOf(request));
    if (!kept || kept.madeOf !== this.shownNow(kept) || hasBody(request)) return undefined;
    const logged = new LoggedRequest(request);
    const { status, body, headers } = toSend(kept, request);
    const response = new Response(body, { status, headers: { ...headers, "x-request-id": logged.id } });
    logged.answered(this.log, status);
    return response;
  }

  /** Answers with what was made of what is shown. Asked again by its ETag, it is not sent again. */
  respond(context: Context, madeOf: Shown, { content, headers }: Answer): Response {
    // Weak: a gateway may compress it, and another process has loaded the same data at another time.
    const caching = { etag: `W/"${madeOf.version}"`, "cache-control": "private, no-cache" };
    return this.send(context, {
      madeOf,
      blindly: false,
      body: json(content),
      headers: { ...headers, ...caching, ...type },
    });
  }

  /** The same for what nobody else may keep, and what must not wait for a disk. */
  respondBlindly(context: Context, madeOf: Shown, content: unknown): Response {
    const headers = { "cache-control": "no-store", ...type };
    return this.send(context, { madeOf, blindly: true, body: json(content), headers });
  }

  private send(context: Context, answer: Kept): Response {
    this.keep(addressOf(context.req.raw), answer);
    const { status, body, headers } = toSend(answer, context.req.raw);
    return context.newResponse(body, status, headers);
  }

  private shownNow({ blindly }: Kept): Shown {
    return blindly ? this.portfolioFolder.shown() : this.portfolioFolder.recent();
  }

  private keep(address: string, answer: Kept): void {
    const [another = answer] = this.kept.values();
    if (another.madeOf !== answer.madeOf || this.size > mostKept) {
      this.kept.clear();
      this.size = 0;
    }
    // One that is there already, asked for by HEAD, is the same.
    if (!this.kept.has(address)) this.size += address.length + answer.body.length;
    this.kept.set(address, answer);
  }
}

const type = { "content-type": "application/json" };

function json(content: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(content));
}

function toSend({ body, headers }: Kept, request: Request) {
  const { etag } = headers;
  if (etag === undefined || !isKnown(request.headers.get("if-none-match"), etag)) {
    return { status: 200, body, headers } as const;
  }
  const { "content-type": _, ...rest } = headers;
  return { status: 304, body: null, headers: rest } as const;
}

/** RFC 9110, 13.1.2: weak comparison, or any. */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
}
