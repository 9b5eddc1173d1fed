export type Fields = Readonly<Record<string, string | number | undefined>>;

/** One JSON line on standard output. `write` is replaced in tests. */
export class Log {
  constructor(
    private readonly level: "info" | "error",
    private readonly write: (line: string) => void = (line) => process.stdout.write(line),
  ) {}

  info(fields: Fields): void {
    if (this.level === "info") this.print("info", fields);
  }

  error(fields: Fields): void {
    this.print("error", fields);
  }

  private print(level: string, fields: Fields): void {
    this.write(`${JSON.stringify({ time: new Date().toISOString(), level, service: "backend", ...fields })}\n`);
  }
}
