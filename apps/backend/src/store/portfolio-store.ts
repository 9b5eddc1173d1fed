import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Analytics, computeAnalytics } from "../analytics/analytics";
import type { Portfolio } from "../portfolio/portfolio";
import { PortfolioError, type Warning } from "../portfolio/portfolio-error";
import { fingerprintOf, isBeingWritten, type PortfolioContent, readFiles } from "../portfolio/read-files";
import { parsePortfolio } from "../portfolio/read-portfolio";

export interface Source {
  /** The folder's name. */
  readonly name: string;
  /** Invented data: the folder says so in a `SAMPLE.md`. */
  readonly sample: boolean;
  /** ISO 8601, when the portfolio shown was read. */
  readonly loadedAt: string;
  /** Why the files as they are now are not shown; the last good ones are. */
  readonly error?: string;
  /** The same, in parts. */
  readonly problem?: Warning;
  /** What to know of the portfolio that is shown. */
  readonly warnings: readonly Warning[];
}

/** A portfolio that was read, and all that was worked out of it. */
interface Loaded {
  readonly portfolio: Portfolio;
  readonly analytics: Analytics;
  readonly sample: boolean;
  readonly loadedAt: string;
  /** Of the files' bytes. */
  readonly hash: string;
}

export interface Snapshot extends Pick<Loaded, "portfolio" | "analytics"> {
  readonly source: Source;
  /** Another one whenever anything that is shown is another: the files, what is wrong with newer ones, this program. */
  readonly version: string;
}

/** What became of the last look into Amazon S3. */
export interface ObjectsState {
  readonly ok: boolean;
  readonly detail: string;
}

const watchMilliseconds = 2000;
/** Equals no fingerprint, so that the next look reads again. */
const unsettled = "";
const hashOf = (...parts: readonly (string | Uint8Array)[]) =>
  parts
    .reduce((hash, part) => hash.update(part).update("\0"), createHash("sha256"))
    .digest("hex")
    .slice(0, 16);
/** The bundle, in the image. */
const program = hashOf(readFileSync(__filename));

/** The portfolio in a folder: read at the start, and again whenever its files change. */
export class PortfolioStore {
  /** Undefined where no objects are followed. */
  objects: ObjectsState | undefined;
  /** Where the files are read: the folder itself, or what `replace` has put into it. */
  private place: string;
  private fingerprint: string;
  private loaded: Loaded;
  private error: PortfolioError | undefined;
  private answer: Snapshot;
  /** When `recent` last did, by `performance.now`. */
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** Throws a PortfolioError when the files cannot be read now. */
  constructor(
    private readonly folder: string,
    private readonly onError: (message: string) => void = () => {},
    /**
     * How old what `recent` gives may be.
     * @default 0
     */
    private readonly recentMilliseconds = 0,
  ) {
    this.place = folder;
    this.fingerprint = fingerprintOf(folder);
    this.loaded = load(folder, readSettled(folder, this.fingerprint));
    this.answer = this.describe();
  }

  /** The portfolio as its files are now, or as they last were good. Never throws. */
  current(): Snapshot {
    if (fingerprintOf(this.place) !== this.fingerprint) this.reload();
    return this.answer;
  }

  /** As `current`, but looks at the files now and then only: a look at each costs as much as the answer to a request. */
  recent(): Snapshot {
    const now = performance.now();
    if (now - this.lookedAt < this.recentMilliseconds) return this.answer;
    this.lookedAt = now;
    return this.current();
  }

  /** What `current` last gave: looks at no file. */
  snapshot(): Snapshot {
    return this.answer;
  }

  /** Looks at the files every 2 s, for as long as something else keeps the process. */
  watch(): void {
    setInterval(() => this.current(), watchMilliseconds).unref();
  }

  /** Why the files cannot be read at this moment; undefined when they can. */
  unreadable(): string | undefined {
    try {
      readFiles(this.place);
      return undefined;
    } catch (error) {
      return asPortfolioError(error).message;
    }
  }

  /**
   * Shows these files instead of the folder's own, which stay as they are. They are written aside, into `objects.next`, and read there
   * before they move to `objects`: never one without the others, never half a file.
   * Throws a PortfolioError when they are no portfolio; `current` then goes on as before and says why.
   */
  replace(content: PortfolioContent): void {
    const place = join(this.folder, "objects");
    const next = `${place}.next`;
    rmSync(next, { recursive: true, force: true });
    mkdirSync(next);
    for (const [file, bytes] of content) writeFileSync(join(next, file), bytes);
    try {
      this.loaded = load(next, content);
      rmSync(place, { recursive: true, force: true });
      renameSync(next, place);
      this.place = place;
      this.fingerprint = fingerprintOf(place);
      this.error = undefined;
    } catch (error) {
      if (error instanceof PortfolioError) this.error = error;
      throw error;
    } finally {
      this.answer = this.describe();
    }
  }

  private reload(): void {
    try {
      this.fingerprint = fingerprintOf(this.place);
      const content = readSettled(this.place, this.fingerprint);
      if (isBeingWritten(this.place, content)) {
        this.fingerprint = unsettled;
        return;
      }
      this.loaded = load(this.place, content);
      this.error = undefined;
    } catch (error) {
      const before = this.error?.message;
      this.error = asPortfolioError(error);
      if (this.error.message !== before) this.onError(`${this.error.message}; the last good portfolio stays`);
    }
    this.answer = this.describe();
  }

  private describe(): Snapshot {
    const { portfolio, analytics, sample, loadedAt, hash } = this.loaded;
    const source = { name: basename(this.folder), sample, loadedAt, warnings: portfolio.warnings };
    const { error } = this;
    const problem = error && { ...error.place, detail: error.detail };
    return {
      portfolio,
      analytics,
      source: error && problem ? { ...source, error: error.message, problem } : source,
      version: hashOf(program, hash, String(sample), error?.message ?? ""),
    };
  }
}

/** Throws a PortfolioError for what changed since the fingerprint: it is neither what it was nor what it will be. */
function readSettled(place: string, fingerprint: string): PortfolioContent {
  const content = readFiles(place);
  if (fingerprintOf(place) === fingerprint) return content;
  throw new PortfolioError({ file: basename(place) }, "changed while it was read; it is read again");
}

function load(place: string, content: PortfolioContent): Loaded {
  const portfolio = parsePortfolio(content, place);
  return {
    portfolio,
    analytics: computeAnalytics(portfolio),
    sample: existsSync(join(place, "SAMPLE.md")),
    loadedAt: new Date().toISOString(),
    hash: hashOf(...[...content].flat()),
  };
}

/** Whatever goes wrong while a portfolio is read, the last good one stays. */
function asPortfolioError(error: unknown): PortfolioError {
  if (error instanceof PortfolioError) return error;
  return new PortfolioError(
    { file: "the portfolio" },
    `could not be read: ${error instanceof Error ? error.message : error}`,
  );
}
