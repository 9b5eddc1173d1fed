import { headers } from "next/headers";
import type { Backend, Result } from "./backend";
import { describeFailure } from "./describe-failure";
import { log } from "./log";

/** The backend, asked on behalf of the request that is being rendered. */
export async function backendForRequest(): Promise<Backend> {
  const seconds = Number(process.env.BACKEND_TIMEOUT);
  return {
    url: process.env.BACKEND_URL ?? "",
    requestId: (await headers()).get("x-request-id") ?? "",
    ...(seconds > 0 && { timeoutMilliseconds: seconds * 1000 }),
  };
}

/** Gives the result on; a failure is written to the log. */
export function logged<Content>(backend: Backend, result: Result<Content>): Result<Content> {
  if (!result.ok) log({ level: "error", request_id: backend.requestId, message: describeFailure(result.failure) });
  return result;
}
