/** Shorter texts are words that occur everywhere: as secrets they are hidden where they stand alone, or where something names them. */
export const shortestSwept = 6;
/** Shorter lines of a longer secret are braces and words. */
const shortestLine = 16;

/**
 * Words of common language, in which a name, an address or a file's name may be written, too: `shared-storage`. They are hidden where they
 * stand as a whole value, and in no longer text.
 */
export function isCommonWords(secret: string): boolean {
  return secret.length < longestWords && /^[a-z]{1,11}(?:[-_. ][a-z]{1,11})*$/i.test(secret);
}

/** Longer ones are nobody's name. */
const longestWords = 24;

/**
 * What to look for of a secret: also without the blanks around it, without the scheme of a header, with the other ends of lines, as a URL
 * or base64 in it says, and each longer line of a key that is indented elsewhere.
 */
export function partsOf(secret: string): string[] {
  const lines = secret.split("\n").map((line) => line.trim());
  return [
    secret,
    secret.trim(),
    secret.replace(/^(bearer|basic|token) +/i, ""),
    secret.replace(/\r?\n/g, "\r\n"),
    secret.replaceAll("\r\n", "\n"),
    ...inUrl(secret),
    ...[decoded(secret) ?? []].flat(),
    ...lines.filter(({ length }) => length >= shortestLine),
  ];
}

function inUrl(text: string): string[] {
  try {
    return text.includes("%") ? [decodeURIComponent(text)] : [];
  } catch {
    return [];
  }
}

/** What base64 says, also as URLs write it, when it is text; user data is written so. */
export function decoded(text: string): string | undefined {
  if (text.length < 16 || text.length % 4 === 1 || /[^\w+/=-]|=[^=]|===/.test(text)) return undefined;
  const inner = Buffer.from(text, "base64").toString("utf8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
  return /[\u0000-\u0008\ufffd]/.test(inner) ? undefined : inner;
}

/** As it is, as JSON, URLs and markup write it, in hexadecimal, and as base64 of a longer text that has it in one of these forms. */
export function writtenForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const plain = [
    text,
    json,
    terraformJson(json),
    asciiJson(json),
    ...[encodeURIComponent, encodeURI, queryEscaped].flatMap((encode) => inUrls(encode, text)),
    ...markup(text),
  ];
  const hex = Buffer.from(text).toString("hex");
  return [
    ...new Set([
      ...plain,
      ...[json, terraformJson(json)].map((each) => JSON.stringify(each).slice(1, -1)),
      ...[hex, hex.toUpperCase()],
      ...[...new Set(plain)].flatMap(base64),
    ]),
  ];
}

/** As Terraform's jsonencode writes it. */
function terraformJson(json: string): string {
  return json.replace(/[&<>]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`);
}

/** As JSON is written where only ASCII is allowed. */
function asciiJson(json: string): string {
  return json.replace(/[^\u0020-\u007f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As Terraform's urlencode writes it. */
function queryEscaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** With either case of the digits. Half a character is in no URL. */
function inUrls(encode: (text: string) => string, text: string): string[] {
  if (/\p{Surrogate}/u.test(text)) return [];
  const url = encode(text);
  return [url, url.replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase())];
}

/** Each of the usual ways to write quotes. */
function markup(text: string): string[] {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
    escaped,
    escaped.replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    escaped.replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
    escaped.replaceAll('"', "&quot;").replaceAll("'", "&apos;"),
  ];
}

/** Of a longer text that has it, wherever in that text it begins. */
function base64(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
      .toString("base64")
      .replace(/=+$/, "");
    // The characters at both ends are shared with what stands beside it.
    const own = encoded.slice(offset === 0 ? 0 : offset + 1, -1);
    return own.length < shortestSwept ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
