import type { z } from "zod";
import { type AssetAnswer, assetAnswer, type PortfolioAnswer, portfolioAnswer } from "./answers";

export interface Backend {
  /** Where it listens, "http://backend:8080". */
  readonly url: string;
  /** Passed on, so that one id finds the request in every service's log. */
  readonly requestId: string;
  /**
   * How long the whole answer may take before the screen gives up on it: longer than the backend's gateway, which then says why.
   * @default 5000
   */
  readonly timeoutMilliseconds?: number;
}

export type Result<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly failure: Failure };

/** Why there are no numbers to show. */
export type Failure =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "time-out"; readonly milliseconds: number }
  | { readonly kind: "unreachable"; readonly cause: string }
  | { readonly kind: "invalid"; readonly problem: string };

/** Asks for the portfolio; `query` as the API's description has it. */
export function fetchPortfolio(backend: Backend, query: Record<string, string>): Promise<Result<PortfolioAnswer>> {
  return ask(backend, `/api/assets?${new URLSearchParams(query)}`, portfolioAnswer);
}

/** Asks for one holding and its history. */
export function fetchAsset(backend: Backend, symbol: string): Promise<Result<AssetAnswer>> {
  return ask(backend, `/api/assets/${encodeURIComponent(symbol)}`, assetAnswer);
}

/** Asks once. Never throws: whatever goes wrong is a failure that the screen can explain. */
async function ask<Schema extends z.ZodType>(
  { url, requestId, timeoutMilliseconds = 5000 }: Backend,
  path: string,
  schema: Schema,
): Promise<Result<z.output<Schema>>> {
  try {
    const response = await fetch(url.replace(/\/+$/, "") + path, {
      cache: "no-store",
      headers: { accept: "application/json", "x-request-id": requestId },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { ok: false, failure: { kind: "status", status: response.status } };
    }
    return read(await response.text(), schema);
  } catch (error) {
    return { ok: false, failure: connectionFailure(error, timeoutMilliseconds) };
  }
}

function read<Schema extends z.ZodType>(body: string, schema: Schema): Result<z.output<Schema>> {
  const invalid = (problem: string): Result<never> => ({ ok: false, failure: { kind: "invalid", problem } });
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return invalid("the answer is not JSON");
  }
  const { data, error } = schema.safeParse(answer);
  if (!error) return { ok: true, content: data };
  const [issue] = error.issues;
  return invalid(`${issue?.path.join(".") || "the answer"}: ${issue?.message}`);
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
