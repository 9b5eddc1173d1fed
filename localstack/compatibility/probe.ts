import type { ProbeContext } from "./probe-context";

/**
 * What was seen of a capability: `enforced`, the behaviour is there; `stored`, the API takes and gives it back, but nothing follows
 * from it; `absent`, the API refuses it or does not know it.
 */
export const levels = ["absent", "stored", "enforced"] as const;
export type Level = (typeof levels)[number];

/** One question to an emulated AWS, and how the answer is found out. */
export interface Probe {
  readonly id: string;
  readonly service: string;
  /** What AWS does, in a short sentence. */
  readonly capability: string;
  /** What only AWS can show, where the level is not `enforced`. */
  readonly note?: string;
  readonly run: (context: ProbeContext) => Promise<Level>;
}

/** Of an API that took what was asked of it: whether the behaviour followed in time. */
export function seen(followed: boolean): Level {
  return followed ? "enforced" : "stored";
}

const unknownNames = ["InvalidAction", "NotImplemented", "UnknownOperation", "UnknownOperationException"];
const unknownTexts = /\b(unknown|unsupported) (action|operation|service)\b|not (been )?implemented/i;

/** Whether the API said that it has no such thing. Anything else that it may say is a surprise. */
export function isUnknownToApi(error: unknown): boolean {
  // An emulator that lacks a service has no error of that service: the SDK hands its answer's own field on.
  const { name = "", message = "", error: answer = "", $metadata } = error as Partial<ServiceError>;
  return (
    $metadata !== undefined &&
    ($metadata.httpStatusCode === 501 || unknownNames.includes(name) || unknownTexts.test(`${message} ${answer}`))
  );
}

interface ServiceError extends Error {
  readonly error: string;
  readonly $metadata: { readonly httpStatusCode?: number };
}
