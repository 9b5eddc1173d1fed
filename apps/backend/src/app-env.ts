import type { Cacheable } from "./response-cache";

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
 * server attach a context and a listener each, and cost 12 to 20 % more.
 */
export type Handler = (request: Request, state: RequestState) => Response | Promise<Response>;
