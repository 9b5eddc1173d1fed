/** Runs once when the server starts. A wrong set-up stops the task here, where a deployment notices it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  // The condition keeps the import, and `process.exit` in it, out of the edge build that Next.js makes of this file too.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { requireBackendUrl } = await import("./lib/backend-url");
    const { keepResponses } = await import("./lib/response-status");
    keepResponses();
    requireBackendUrl(process.env.BACKEND_URL);
  }
}
