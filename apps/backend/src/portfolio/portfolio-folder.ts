import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
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

export const portfolioFiles = ["holdings.csv", "closes.csv"] as const;
export type PortfolioFile = (typeof portfolioFiles)[number];

/** The portfolio in a folder: read at the start, and again whenever its files change. */
export class PortfolioFolder {
  /** Where the files are read: the folder itself, or the pair that `replace` has put into it. */
  private place: string;
  private portfolio: Portfolio;
  private fingerprint: string;
  private loadedAt = new Date();
  private error: string | undefined;

  /** Throws a PortfolioError when the files cannot be read now. */
  constructor(
    private readonly folder: string,
    private readonly onError: (message: string) => void = () => {},
  ) {
    this.place = folder;
    this.fingerprint = this.takeFingerprint();
    this.portfolio = readPortfolio(folder);
  }

  /** The portfolio as its files are now, or as they last were good. */
  current(): { portfolio: Portfolio; source: Source } {
    const fingerprint = this.takeFingerprint();
    if (fingerprint !== this.fingerprint) this.reload(fingerprint);
    const sample = existsSync(join(this.place, "SAMPLE.md"));
    const source = { name: basename(this.folder), sample, loadedAt: this.loadedAt.toISOString() };
    return { portfolio: this.portfolio, source: this.error === undefined ? source : { ...source, error: this.error } };
  }

  /**
   * Shows these files instead of the folder's own, which stay as they are. Both are written aside, into `objects.next`, and read there
   * before they move to `objects`: never one without the other, never half a file.
   * Throws a PortfolioError when they are no portfolio; `current` then goes on as before and says why.
   */
  replace(contents: Readonly<Record<PortfolioFile, Uint8Array>>): void {
    const place = join(this.folder, "objects");
    const next = `${place}.next`;
    rmSync(next, { recursive: true, force: true });
    mkdirSync(next);
    for (const file of portfolioFiles) writeFileSync(join(next, file), contents[file]);
    this.read(next);
    rmSync(place, { recursive: true, force: true });
    renameSync(next, place);
    this.place = place;
    this.fingerprint = this.takeFingerprint();
  }

  private reload(fingerprint: string): void {
    this.fingerprint = fingerprint;
    try {
      this.read(this.place);
    } catch (error) {
      if (!(error instanceof PortfolioError)) throw error;
      this.onError(error.message);
    }
  }

  private read(place: string): void {
    try {
      this.portfolio = readPortfolio(place);
      this.loadedAt = new Date();
      this.error = undefined;
    } catch (error) {
      if (error instanceof PortfolioError) this.error = error.message;
      throw error;
    }
  }

  private takeFingerprint(): string {
    return portfolioFiles
      .map((file) => statSync(join(this.place, file), { throwIfNoEntry: false }))
      .map((stat) => (stat ? `${stat.mtimeMs}/${stat.size}/${stat.ino}` : "absent"))
      .join(" ");
  }
}
