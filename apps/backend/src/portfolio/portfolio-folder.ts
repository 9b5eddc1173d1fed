import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Portfolio } from "./portfolio";
import { PortfolioError, readPortfolio } from "./read-portfolio";

export interface Source {
  /** The folder's name. */
  readonly name: string;
  /** Invented data: the folder says so in a `SAMPLE.md`. */
  readonly sample: boolean;
  /** ISO 8601, when the portfolio shown was read. */
  readonly loadedAt: string;
  /** Why the files as they are now are not shown; the last good ones are. */
  readonly error?: string;
}

/** The portfolio in a folder: read at the start, and again whenever its files change. */
export class PortfolioFolder {
  private portfolio: Portfolio;
  private fingerprint: string;
  private loadedAt = new Date();
  private error: string | undefined;

  /** Throws a PortfolioError when the files cannot be read now. */
  constructor(
    private readonly folder: string,
    private readonly onError: (message: string) => void = () => {},
  ) {
    this.fingerprint = this.takeFingerprint();
    this.portfolio = readPortfolio(folder);
  }

  /** The portfolio as its files are now, or as they last were good. */
  current(): { portfolio: Portfolio; source: Source } {
    const fingerprint = this.takeFingerprint();
    if (fingerprint !== this.fingerprint) this.reload(fingerprint);
    const sample = existsSync(join(this.folder, "SAMPLE.md"));
    const source = { name: basename(this.folder), sample, loadedAt: this.loadedAt.toISOString() };
    return { portfolio: this.portfolio, source: this.error === undefined ? source : { ...source, error: this.error } };
  }

  private reload(fingerprint: string): void {
    this.fingerprint = fingerprint;
    try {
      this.portfolio = readPortfolio(this.folder);
      this.loadedAt = new Date();
      this.error = undefined;
    } catch (error) {
      if (!(error instanceof PortfolioError)) throw error;
      this.error = error.message;
      this.onError(error.message);
    }
  }

  private takeFingerprint(): string {
    return ["holdings.csv", "closes.csv"]
      .map((file) => statSync(join(this.folder, file), { throwIfNoEntry: false }))
      .map((stat) => (stat ? `${stat.mtimeMs}/${stat.size}/${stat.ino}` : "absent"))
      .join(" ");
  }
}
