import type { Snapshot } from "./store/portfolio-store";

/** What an answer was made of: it is good for as long as that is shown. */
export interface Cacheable {
  readonly snapshot: Snapshot;
  /**
   * `revalidate`: callers may keep it, and ask with its ETag whether it is still good. `no-store`: they may not, and it is sent again
   * without a look at the files, which could wait for a disk.
   */
  readonly callers: "revalidate" | "no-store";
}

/** Of one request: what the middleware around Hono and the routes in it tell each other, `context.env`. */
export interface RequestState {
  readonly requestId: string;
  /** Set by a route whose answer may be kept. */
  cacheable?: Cacheable;
}

export interface AppEnv {
  Bindings: RequestState;
}

/**
 * What middleware takes and gives. It stands around Hono, not in it: with `app.use`, a cached answer was a promise, to which Hono and its
 * server attach a context and a listener each, and it cost a sixth more.
 */
export type Handler = (request: Request, state: RequestState) => Response | Promise<Response>;
