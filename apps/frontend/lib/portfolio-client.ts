import { parsePortfolio } from "./parse-portfolio";
import type { Portfolio } from "./portfolio";

export interface PortfolioRequest {
  /** Where the data service listens, "http://backend:8080". */
  readonly backendUrl: string;
  /** Passed on, so that one id finds the request in every service's log. */
  readonly requestId: string;
  /**
   * How long the whole answer may take before the screen gives up on it.
   * @default 3000
   */
  readonly timeoutMilliseconds?: number;
}

export type PortfolioResult =
  | { readonly ok: true; readonly portfolio: Portfolio }
  | { readonly ok: false; readonly failure: Failure };

/** Why there are no numbers to show. */
export type Failure =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "time-out"; readonly milliseconds: number }
  | { readonly kind: "unreachable"; readonly cause: string }
  | { readonly kind: "invalid"; readonly problem: string };

/** Asks the data service once. Never throws: whatever goes wrong is a failure that the screen can explain. */
export async function fetchPortfolio(request: PortfolioRequest): Promise<PortfolioResult> {
  const { backendUrl, requestId, timeoutMilliseconds = 3000 } = request;
  try {
    const response = await fetch(`${backendUrl.replace(/\/+$/, "")}/api/assets?include=insights`, {
      cache: "no-store",
      headers: { accept: "application/json", "x-request-id": requestId },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { ok: false, failure: { kind: "status", status: response.status } };
    }
    return readAnswer(await response.text());
  } catch (error) {
    return { ok: false, failure: connectionFailure(error, timeoutMilliseconds) };
  }
}

function readAnswer(body: string): PortfolioResult {
  try {
    return { ok: true, portfolio: parsePortfolio(JSON.parse(body)) };
  } catch (error) {
    const problem = error instanceof TypeError ? error.message : "the answer is not JSON";
    return { ok: false, failure: { kind: "invalid", problem } };
  }
}

function connectionFailure(error: unknown, milliseconds: number): Failure {
  const { name, message, cause } = errorFields(error);
  if (name === "TimeoutError") return { kind: "time-out", milliseconds };
  // `fetch` says only "fetch failed"; its cause has the code, "ECONNREFUSED".
  const { code, message: causeMessage } = errorFields(cause);
  return { kind: "unreachable", cause: String(code ?? causeMessage ?? message ?? "unknown error") };
}

type ErrorFields = Partial<Record<"name" | "message" | "code" | "cause", unknown>>;

/** Not by `instanceof Error`: Jest runs tests in a realm whose `Error` is not that of `fetch`. */
function errorFields(error: unknown): ErrorFields {
  return typeof error === "object" && error !== null ? error : {};
}
