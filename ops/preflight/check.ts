export type State = "ok" | "missing" | "unknown";

/** What a check found, in words, and what a person can do about it. */
export interface Answer {
  /** `unknown` could not be read; `found` then says why. */
  readonly state: State;
  readonly found: string;
  /** Commands to type, or the page of the console; a line each. */
  readonly remedy?: string;
}

export interface Check {
  readonly title: string;
  /** The permission with which AWS answers; null for what is not asked of AWS. */
  readonly permission: string | null;
  readonly ask: () => Promise<Answer>;
}

export interface Result extends Answer {
  readonly title: string;
}

/** What cannot be asked is unknown; where credentials are the reason, the remedy names the permission. */
export async function resultOf({ title, permission, ask }: Check): Promise<Result> {
  try {
    return { title, ...(await ask()) };
  } catch (error) {
    const remedy = permission && isDenied(error) ? `Ask with credentials that have ${permission}.` : undefined;
    return { title, ...unknown(reasonOf(error), remedy) };
  }
}

export function ok(found: string): Answer {
  return { state: "ok", found };
}

export function missing(found: string, remedy: string): Answer {
  return { state: "missing", found, remedy };
}

export function unknown(found: string, remedy?: string): Answer {
  return { state: "unknown", found, ...(remedy && { remedy }) };
}

/** As the SDK throws them, and Node.js. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function isDenied(error: unknown): boolean {
  const { name, $metadata } = error as Failure;
  return $metadata?.httpStatusCode === 403 || /AccessDenied|Unauthorized|AuthorizationError/.test(name);
}

/** Whether the SDK found nothing to sign a question with. */
export function isOfCredentials(error: unknown): boolean {
  return /(Credentials|Token)ProviderError$/.test((error as Failure).name);
}

/** Whether an answer came at all, if only a refusal. */
export function isAnswer(error: unknown): boolean {
  return (error as Failure).$metadata?.httpStatusCode !== undefined;
}

/** In one line. */
export function reasonOf(error: unknown): string {
  const { name, message, code, $metadata: { httpStatusCode: status } = {} } = error as Failure;
  const detail = message === "UnknownError" ? "" : (message.split("\n")[0] ?? "").slice(0, 200);
  const said = (...parts: readonly string[]) => parts.filter((part) => part !== "").join(": ");
  if (isOfCredentials(error)) return said("no credentials", detail);
  if (isDenied(error)) return said("may not be read", name, detail);
  if (status !== undefined) return said(name.startsWith("Unknown") ? `AWS answers ${status}` : name, detail);
  const silence = "$metadata" in (error as Failure) || code !== undefined ? "no answer" : "";
  return said(silence, code === undefined || detail.includes(code) ? "" : code, detail || name);
}

/** The answer to a question; undefined where AWS gives the error that says that there is no such thing. */
export async function orAbsent<T>(absent: string, question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if ((error as Failure).name === absent) return undefined;
    throw error;
  }
}

interface Page<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

export async function allOf<T>(page: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await page(token);
    found.push(...items);
    token = next;
  } while (token);
  return found;
}
