import type { JsonObject } from "../read/plan";

/** Names that look as if their value should not be read by everybody. */
const secretName =
  /pass(word|wd|phrase|code)|secret|token|credential|(private|api|access|signing|encryption|client|master|license|shared|account|storage|session|cookie|hmac)[_-]?key|connection[_-]?string|webhook[_-]?url|(^|[_-])(pass|pwd|pw|pat|dsn|salt|auth|jwt)$/i;
/** Names that look so and hold no secret: how long, which one, where, whether. */
const harmlessName =
  /((^|[_-])(arns?|ids?|names?|types?|days|hours|minutes|seconds|period|length|version|policy|enabled|required|count|rotation|lifetime|validity|units|ttl|time|expiry|endpoint|region|issuer|source|path|file|from)|[a-z](Arn|Id|Name|Type|From|Time)|secrets?_?manager|kms_.*|^secrets|^http_tokens)$/i;
/** Of environment variables: `STRIPE_KEY`, `VAULT_SECRET_ID`. Arguments of resources that end so are names of columns and ARNs. */
const secretVariable = /^[A-Z0-9_]+_(?<!(PUBLIC|PARTITION|SORT|HASH|RANGE|PRIMARY|FOREIGN|KMS)_)(KEY|SECRET_ID)$/;
/** Of headers by which an origin knows who asks. */
const secretHeader = /^((proxy-)?authorization|x-.*(verify|auth|key))$/i;
/** Secrets that one knows by how they look: of Stripe, GitHub, GitLab, Slack, npm, Google and AWS, signed tokens, and private keys. */
const tokens =
  /\b[sr]k_(?:live|test)_\w{10,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abeprs]-[\w-]{10,}|hooks\.slack\.com\/services\/([\w/]{10,})|\bnpm_\w{30,}|\bAIza[\w-]{30,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/g;

/** Shorter texts are words that occur everywhere: as secrets they are hidden where they stand alone. */
export const shortestSwept = 6;
/** Shorter lines of a longer secret are braces and words. */
const shortestLine = 16;

export function isSecretName(name: string): boolean {
  if (secretVariable.test(name)) return true;
  // Condition keys begin with a service or an issuer: `token.actions.githubusercontent.com:sub`.
  const own = name.slice(name.lastIndexOf(":") + 1);
  return secretName.test(own) && !harmlessName.test(own);
}

/** What looks like a secret, wherever it stands. */
export function knownTokens(text: string): string[] {
  return [...text.matchAll(tokens)].map(([whole, path]) => path ?? whole);
}

/** What base64 says, when it is text; user data is written so. */
export function decoded(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return undefined;
  const inner = Buffer.from(text, "base64").toString("utf8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
  return /[\u0000-\u0008\ufffd]/.test(inner) ? undefined : inner;
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
const its = ["value", "Value", "insecure_value"] as const;

/** Under which key `{ name, value }` holds a secret, as its name says; AWS and others write `Name` or `key`. */
export function secretOfPair(pair: JsonObject): string | undefined {
  const isOfSecret = variable.some((key) => {
    const name = pair[key];
    return typeof name === "string" && (isSecretName(name) || secretHeader.test(name));
  });
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
