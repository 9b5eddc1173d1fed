export const dynamic = "force-dynamic";

/** Says that this process serves. It never asks the backend: an outage there must not restart this task. */
export function GET(): Response {
  return new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}
