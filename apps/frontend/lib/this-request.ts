import { headers } from "next/headers";
import type { DataService, Result } from "./data-service";
import { describeFailure } from "./describe-failure";
import { log } from "./log";

/** The data service, asked on behalf of the request that is being rendered. */
export async function dataService(): Promise<DataService> {
  const seconds = Number(process.env.BACKEND_TIMEOUT);
  return {
    url: process.env.BACKEND_URL ?? "",
    requestId: (await headers()).get("x-request-id") ?? "",
    ...(seconds > 0 && { timeoutMilliseconds: seconds * 1000 }),
  };
}

/** Gives the result on; a failure is written to the log. */
export function logged<Content>(service: DataService, result: Result<Content>): Result<Content> {
  if (!result.ok) log({ level: "error", request_id: service.requestId, message: describeFailure(result.failure) });
  return result;
}
