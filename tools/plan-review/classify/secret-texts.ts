import type { Json } from "../read/plan";

/** Names that look as if their value should not be read by everybody. */
const secretName =
  /pass(word|wd|phrase)|secret|token|credential|(private|api|access|signing|encryption|client|master|license)[_-]?key|connection[_-]?string|webhook[_-]?url|(^|[_-])(pass|pat|dsn|salt|auth|jwt)$/i;
/** Names that look so and hold no secret: how long, which one, where, whether. */
const harmlessName =
  /((^|[_-])(arns?|ids?|names?|types?|days|hours|minutes|seconds|period|length|version|policy|enabled|required|count|rotation|lifetime|ttl|expiry|endpoint|region|issuer|path|file|from)|[a-z](Arn|Id|Name|Type|From)|secrets?_?manager|kms_.*|^secrets)$/i;

/** Shorter texts are words that occur everywhere: as secrets they are hidden where they stand alone. */
export const shortestSwept = 6;

export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessName.test(name);
}

/** `postgres://user:password@host` */
export function passwordsInUrls(value: Json | undefined): string[] {
  if (typeof value !== "string") return [];
  return [...value.matchAll(/\/\/[^\s/:@]+:([^\s/@]+)@/g)].flatMap(([, password]) => password ?? []);
}

/** As it is, as JSON and URLs write it, and as base64 of a longer text that has it, wherever in that text it begins. */
export function writtenForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
      .toString("base64")
      .replace(/=+$/, "");
    // The characters at both ends are shared with what stands beside it.
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(text),
    ...base64.filter(({ length }) => length >= shortestSwept),
  ];
}
