import { isObject, type Json, type JsonObject } from "../read/plan";

/** What only says where a secret is, or that there is none. */
const reference = /^(\$\w+|\$\{[^}]*\}|\$\([^)]*\)|\{\{.*\}\}|<[^>]+>|%\w+%|arn:\S+|true|false|null|none)$/i;

export function isReference(value: string): boolean {
  return reference.test(value);
}

/** Names that look as if their value should not be read by everybody, with `_` between their words. */
const secretName =
  /pass_?(word|wd|phrase|code)|secret|token|credential|(private|api|access|signing|encryption|client|master|license|shared|account|storage|session|cookie|hmac|ssh|tls|ssl|rsa|deploy)_?key|connection_?string|webhook_?url|kube_?config|docker_?config_?json|mnemonic|(^|_)(pass|pwd|pw|pat|dsn|salt|seed|auth|auth_header|bearer|jwt|psk|sas|netrc|pgpass|passkey|ca_key|licence_key)$/i;
/** Names that look so and hold no secret: how long, which one, where, whether. */
const harmlessName =
  /(^|_)(arns?|ids?|names?|types?|days|hours|minutes|seconds|period|length|version|policy|enabled|required|count|rotation|lifetime|validity|permissions?|units|ttl|time|expiry|endpoint|region|issuer|source|path|file|from)$|secrets?_?manager|(^|_)kms_|^secrets$|^http_tokens$|(creation|client_request|idempotency|continuation|next|page)_?token$|^token_(type|url|endpoint)$|^signing_(algorithm|protocol|behavior)$/i;
/** Of environment variables: `STRIPE_KEY`, `VAULT_SECRET_ID`. Arguments of resources that end so are names of columns and ARNs. */
const secretVariable = /^[A-Z0-9_]+_(?<!(PUBLIC|PARTITION|SORT|HASH|RANGE|PRIMARY|FOREIGN|KMS)_)(KEY|SECRET_ID)$/;
/** Of headers by which an origin knows who asks. */
const secretHeader = /^((proxy-)?authorization|x-.*(verify|auth|key))$/i;

/** Plans repeat their names. */
const judged = new Map<string, boolean>();

export function isSecretName(name: string): boolean {
  const found = judged.get(name);
  if (found !== undefined) return found;
  const isSecret = looksSecret(name);
  judged.set(name, isSecret);
  return isSecret;
}

function looksSecret(name: string): boolean {
  // Condition keys begin with a service or an issuer: `token.actions.githubusercontent.com:sub`.
  const own = name.slice(name.lastIndexOf(":") + 1);
  if (secretVariable.test(name) || secretHeader.test(own)) return true;
  const words = inWords(own);
  return secretName.test(words) && !harmlessName.test(words);
}

/** `db_pass` of `dbPass`, `db pass`, `spring.db.pass`, `DB_PASS_2` and `DB_PASS_NEW`. */
function inWords(name: string): string {
  return name
    .split(".")
    .slice(-2)
    .join("_")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[\s-]+/g, "_")
    .replace(/(_?\d+|_(new|old|current|previous|next))$/i, "");
}

/** Of what is under a key: by the key's name, and values of a map of secrets; a list of them has their addresses. */
function isSecretKey(key: string, value: Json | undefined): boolean {
  if (key === "secrets") return isObject(value);
  // An argument of APIs, which says who may ask: `NONE`.
  if (key === "authorization") return typeof value === "string" && !/^[A-Z_]+$/.test(value);
  return isSecretName(key);
}

const names = ["name", "key", "parameterkey", "parameter_key", "option_name", "http_header_name", "header", "variable"];
const values = ["value", "values", "insecure_value", "parametervalue", "parameter_value", "content"];

/** A Secret of Kubernetes, however it is written. */
function isSecretManifest({ kind, apiVersion }: JsonObject): boolean {
  return kind === "Secret" && typeof apiVersion === "string";
}

/** Under which keys an object holds a secret. */
export function secretKeysOf(object: JsonObject): ReadonlySet<string> {
  return new Set([
    ...(isSecretManifest(object) ? ["data", "stringData", "string_data"] : []),
    ...secretsOfPair(object),
    ...Object.keys(object).filter((key) => isSecretKey(key, object[key])),
  ]);
}

/** Under which keys `{ name, value }` holds a secret, as its name says; AWS and others write `Name`, `key` or `http_header_name`. */
function secretsOfPair(pair: JsonObject): readonly string[] {
  const keys = Object.keys(pair);
  const isOfSecret = keys.some((key) => {
    const name = pair[key];
    return typeof name === "string" && names.includes(key.toLowerCase()) && isSecretName(name);
  });
  return isOfSecret ? keys.filter((key) => values.includes(key.toLowerCase())) : [];
}

/** Where in a list an option or a variable gives a secret: the word after `--password`, and what follows the = of `DB_PASSWORD=value`. */
export function secretInList(list: readonly Json[], index: number): string | undefined {
  const [before, own] = [list[index - 1], list[index]];
  if (typeof own !== "string") return undefined;
  const [, name = "", assigned = ""] = /^-{0,2}([\w.-]+)=(.+)$/s.exec(own) ?? [];
  const [, option = ""] = typeof before === "string" ? (/^--?([\w-]+)$/.exec(before) ?? []) : [];
  const value = isSecretName(option) && !own.startsWith("-") ? own : assigned;
  return (isSecretName(option) || isSecretName(name)) && value !== "" && !isReference(value) ? value : undefined;
}
