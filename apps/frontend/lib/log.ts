interface LogEntry {
  readonly level: "info" | "error";
  readonly request_id: string;
  readonly [field: string]: string | number;
}

/** One JSON line on stdout; the field names are those of the gateway and the backend. */
export function log({ level, ...fields }: LogEntry): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, service: "frontend", ...fields }));
}
