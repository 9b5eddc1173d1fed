/** What is wrong with BACKEND_URL, in one line; null when it can be used. */
export function backendUrlProblem(value: string | undefined): string | null {
  if (value && URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol)) return null;
  const given = value === undefined ? "not set" : JSON.stringify(value);
  return `BACKEND_URL is ${given}; allowed is an http:// or https:// URL, such as http://localhost:8080`;
}

/** Ends the process, with the reason on stderr, when there is no backend to ask. */
export function requireBackendUrl(value: string | undefined): void {
  const problem = backendUrlProblem(value);
  if (!problem) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
