import type { Readable } from "node:stream";
import { GetObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Log } from "../log";
import { PortfolioError } from "../portfolio/portfolio-error";
import {
  checkSize,
  mostBytes,
  type PortfolioContent,
  type PortfolioFile,
  portfolioFiles,
} from "../portfolio/read-files";
import type { PortfolioStore } from "./portfolio-store";

const intervalMilliseconds = 30_000;
/** Less than the interval, so that a poll has ended when the next begins. */
const timeoutMilliseconds = 20_000;

export interface PortfolioObjectsProps {
  /** `s3://<bucket>/<prefix>/` of the portfolio's files. Region, credentials and endpoint are the environment's. */
  readonly url: string;
  readonly store: PortfolioStore;
  readonly log: Log;
}

interface Download {
  readonly etag: string | undefined;
  readonly content: Uint8Array;
}

/** What a poll came to. It is logged when its `id` is not that of the poll before. */
interface Outcome {
  readonly id: string;
  readonly level: "info" | "error";
  readonly message: string;
}

/** The portfolio in objects of Amazon S3: put into a folder at the start, and again whenever they change. */
export class PortfolioObjects {
  private readonly client = new S3Client({});
  private readonly downloads = new Map<PortfolioFile, Download>();
  private tried: Outcome | undefined;
  private logged: string | undefined;

  constructor(private readonly props: PortfolioObjectsProps) {}

  /** Polls now and every 30 s, for as long as something else keeps the process. */
  start(): void {
    setInterval(() => this.poll(), intervalMilliseconds).unref();
    void this.poll();
  }

  /** Never rejects: what keeps the objects from being shown is logged, and what is shown stays. */
  async poll(abortSignal = AbortSignal.timeout(timeoutMilliseconds)): Promise<void> {
    const { id, level, message } = await this.update(abortSignal).catch((error) =>
      abortSignal.aborted ? failure(new Error("no answer in time")) : failure(error),
    );
    if (id !== this.logged) this.props.log[level]({ message: `${this.props.url}: ${message}` });
    this.logged = id;
    this.props.store.objects = { ok: level === "info", detail: id };
  }

  private async update(abortSignal: AbortSignal): Promise<Outcome> {
    const absent = await this.download(abortSignal);
    const content: PortfolioContent = new Map(
      [...this.downloads].filter(([file]) => !absent.has(file)).map(([file, download]) => [file, download.content]),
    );
    if (!content.has("portfolio.json") && !(content.has("holdings.csv") && content.has("closes.csv"))) {
      const names = [...absent].filter(([file]) => file === "holdings.csv" || file === "closes.csv");
      const list = names.map(([file, reason]) => `${file} (${reason})`).join(", ");
      const message = `absent, or not allowed to be read: ${list}; what is shown stays`;
      return { id: message, level: "info", message };
    }
    const id = [...content.keys()].map((file) => `${file} ${this.downloads.get(file)?.etag}`).join(", ");
    if (this.tried?.id !== id) this.tried = this.replace(id, content);
    return this.tried;
  }

  /** Asks until nothing changes any more, so that the files stood there as they are at one moment. Gives what is absent, and why. */
  private async download(abortSignal: AbortSignal): Promise<ReadonlyMap<PortfolioFile, string>> {
    for (;;) {
      const answers = await Promise.all(
        portfolioFiles.map(async (file) => [file, await this.ask(file, abortSignal)] as const),
      );
      if (answers.some(([, answer]) => answer === "changed")) continue;
      return new Map(answers.flatMap(([file, answer]) => (typeof answer === "object" ? [[file, answer.absent]] : [])));
    }
  }

  private async ask(
    file: PortfolioFile,
    abortSignal: AbortSignal,
  ): Promise<"changed" | "unchanged" | { readonly absent: string }> {
    const { hostname, pathname } = new URL(file, this.props.url);
    const known = this.downloads.get(file);
    const command = new GetObjectCommand({ Bucket: hostname, Key: pathname.slice(1), IfNoneMatch: known?.etag });
    try {
      const { ETag: etag, Body, ContentLength = 0 } = await this.client.send(command, { abortSignal });
      if (ContentLength > mostBytes) this.refuse(file, ContentLength, Body);
      const content = (await Body?.transformToByteArray()) ?? new Uint8Array();
      this.downloads.set(file, { etag, content });
      return known !== undefined && known.etag === etag ? "unchanged" : "changed";
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      const status = error.$metadata.httpStatusCode;
      if (status === 304) return "unchanged";
      // Without s3:ListBucket, S3 denies a key that does not exist.
      if (status === 404 || (status === 403 && error.name === "AccessDenied")) {
        return { absent: error.name };
      }
      throw error;
    }
  }

  /** Throws a PortfolioError; what has not been received of the object is not received. */
  private refuse(file: PortfolioFile, bytes: number, body: unknown): void {
    (body as Readable | undefined)?.destroy();
    checkSize(file, bytes);
  }

  private replace(id: string, content: PortfolioContent): Outcome {
    try {
      this.props.store.replace(content);
      return { id, level: "info", message: `shown: ${id}` };
    } catch (error) {
      if (!(error instanceof PortfolioError)) throw error;
      return { id, level: "error", message: `${error.message}; the last good portfolio stays` };
    }
  }
}

/** Known by its code: the texts of a failing network differ from one try to the next. */
function failure(error: NodeJS.ErrnoException): Outcome {
  const status = error instanceof S3ServiceException ? `${error.$metadata.httpStatusCode} ` : "";
  if (error instanceof PortfolioError) {
    return { id: error.message, level: "error", message: `${error.message}; what is shown stays` };
  }
  const id = `${status}${error.code ?? error.name}`;
  return { id, level: "error", message: `${id}: ${error.message}; what is shown stays` };
}
