import type { JsonObject } from "../read/plan";

/** Names that look as if their value should not be read by everybody. */
const secretName =
  /pass(word|wd|phrase|code)|secret|token|credential|(private|api|access|signing|encryption|client|master|license|shared|account|storage|session|cookie|hmac)[_-]?key|connection[_-]?string|webhook[_-]?url|(^|[_-])(pass|pwd|pw|pat|dsn|salt|auth|jwt)$/i;
/** Names that look so and hold no secret: how long, which one, where, whether. */
const harmlessName =
  /((^|[_-])(arns?|ids?|names?|types?|days|hours|minutes|seconds|period|length|version|policy|enabled|required|count|rotation|lifetime|ttl|expiry|endpoint|region|issuer|path|file|from)|[a-z](Arn|Id|Name|Type|From)|secrets?_?manager|kms_.*|^secrets)$/i;

/** Shorter texts are words that occur everywhere: as secrets they are hidden where they stand alone. */
export const shortestSwept = 6;
/** Shorter lines of a longer secret are braces and words. */
const shortestLine = 16;

export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessName.test(name);
}

/** `postgres://user:password@host`, also without a user; the last @ ends the password. */
export function passwordsInUrls(text: string): string[] {
  return [...text.matchAll(/\/\/[^\s/:@]*:([^\s/]+)@/g)].flatMap(([, password]) => password ?? []);
}

/** `--password value`, `Password=value;`, `?token=value`, and `password: value` on a line of YAML. */
const assigned = /(?:(?<![\w-])(?:--([\w-]+)[ =]|([\w-]+) ?= ?)|^ *(?:- +)*([\w-]+): +)["']?([^\s"'&;,]+)/gm;

/** What a text gives to a name that looks secret; not what only refers to it (`$PASSWORD`, an ARN). */
export function assignedSecrets(text: string): string[] {
  return [...text.matchAll(assigned)].flatMap(([, option, name, key, value = ""]) => {
    const isReference = /^(\$|\{|<|arn:|true$|false$|null$)/.test(value);
    return isSecretName(option ?? name ?? key ?? "") && !isReference ? [value] : [];
  });
}

const variable = ["name", "Name", "key", "Key"] as const;
const its = ["value", "Value"] as const;

/** Under which key `{ name, value }` holds a secret, as its name says; AWS and others write `Name` or `key`. */
export function secretOfPair(pair: JsonObject): string | undefined {
  const isOfSecret = variable.some((key) => typeof pair[key] === "string" && isSecretName(pair[key]));
  return isOfSecret ? its.find((key) => pair[key] !== undefined && pair[key] !== null) : undefined;
}

/** As Terraform's jsonencode writes it. */
function terraformJson(json: string): string {
  return json.replace(/[&<>]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`);
}

/** What to look for of a secret: also without the blanks around it, and each longer line of a key that is indented elsewhere. */
export function partsOf(secret: string): string[] {
  const lines = secret.split("\n").map((line) => line.trim());
  return [secret, secret.trim(), ...lines.filter(({ length }) => length >= shortestLine)];
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
    terraformJson(json),
    encodeURIComponent(text),
    Buffer.from(text).toString("hex"),
    ...base64
      .filter(({ length }) => length >= shortestSwept)
      .flatMap((each) => [each, each.replaceAll("+", "-").replaceAll("/", "_")]),
  ];
}
