import { isReference, isSecretName } from "./secret-names";

/** Where in a text a secret stands. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Secrets that one knows by how they look: of Stripe, GitHub, GitLab, Slack, npm, Google and AWS, signed tokens, and private keys. */
const tokens =
  /\b[sr]k_(?:live|test)_\w{10,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abeprs]-[\w-]{10,}|hooks\.slack\.com\/services\/([\w/]{10,})|\bnpm_\w{30,}|\bAIza[\w-]{30,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/dg;

/** One of Slack. */
const shortestToken = 15;

/** `//user:password@`, also without a user, where the last @ ends the password; `//token@`; and `user:password@tcp(` of Go. */
const inUrls = /\/\/[^\s/:]*:([^\s/]+)@|\/\/(?=[^\s/:@]*\d)([^\s/:@]{16,})@|:([^\s:/"']+)@(?=(?:tcp|udp|unix)\()/dg;

/** What signs a URL for a time: of Azure (SAS), AWS and Google. https://learn.microsoft.com/rest/api/storageservices/create-service-sas */
const signatures = /[?&;](?:sig|signature|x-(?:amz|goog)-(?:signature|security-token))=([^&\s"'<>]{8,})/dgi;

/** `curl -u user:password`; numbers are of users and groups. */
const ofUsers = /(?<!\S)(?:-u|--user)[ =]["']?[^\s:"']+:(?!\d+(?:\s|$))([^\s"']+)/dg;

/** Before a value: `PASSWORD=`, `password: `, `"password" => `, and `PASSWORD ` before a quote. */
const assignment = /(?<![\w.-])([\w.-]+)(?:\\*["'])?(?:[ \t]*(?:=>|:=|={1,3}|:(?=[ \t]|\\*["']))[ \t]*|[ \t]+(?='))/g;
/** `--password `, also over the lines of a list of YAML or the entries of one of JSON. */
const option = /(?<![\w-])--?([\w-]+)(?:[ \t]+|\\*["'][ \t]*,[ \t]*(?=\\*["'])|\\*["']?[ \t]*\n[ \t]*-[ \t]+)(?!-)/g;
/** In quotes; as a block of YAML; or up to a blank. Of a header without its scheme. */
const value = new RegExp(
  [
    String.raw`\\+"(?<escaped>[^\n]*?)\\+"`,
    String.raw`"(?<double>(?:[^"\\\n]|\\.)*)"`,
    String.raw`'(?<single>[^'\n]*)'`,
    String.raw`[|>][-+]?[ \t]*\n(?<indent>[ \t]+)(?<block>.*(?:\n\k<indent>.*)*)`,
    String.raw`["']?(?:(?:Bearer|Basic|Token)[ \t]+)?(?<bare>(?:\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\{\{[^}\n]{0,200}\}\}|<[^>\n]{1,200}>|[^\s"'&;,])+)`,
  ].join("|"),
  "diy",
);
const bounds = ["escaped", "double", "single", "block", "bare"] as const;
const element = /<([\w.-]+)>/g;
const content = /(?<bare>[^<]+)<\//dy;

/** All that looks like a secret in a text, in order, and none within another. Most texts have nothing that a pattern begins with. */
export function secretsIn(text: string): Place[] {
  const places = [
    ...(text.length >= shortestToken ? unnamed(text, tokens) : []),
    ...(text.includes("ig") && text.includes("=") ? unnamed(text, signatures) : []),
    ...(text.includes("@") ? unnamed(text, inUrls) : []),
    ...(text.includes("-u") ? unnamed(text, ofUsers) : []),
    ...(/=|[:\s]["'\s\\]/.test(text) ? named(text, assignment, value) : []),
    ...(text.includes("-") ? named(text, option, value) : []),
    ...(text.includes("</") ? named(text, element, content) : []),
  ];
  return places.length === 0 ? [] : merged(places.filter(({ start, end }) => start < end));
}

function unnamed(text: string, pattern: RegExp): Place[] {
  return matches(text, pattern).flatMap(({ indices = [] }) => {
    const [whole, ...groups] = indices;
    return placeOf(groups.find((group) => group !== undefined) ?? whole);
  });
}

/** Without a copy of the pattern for each text. */
function matches(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}

/** What a text gives to names that look secret. What is within a value is the value's, so that no text is looked through twice. */
function named(text: string, naming: RegExp, given: RegExp): Place[] {
  const places: Place[] = [];
  naming.lastIndex = 0;
  for (let name = naming.exec(text); name !== null; name = naming.exec(text)) {
    if (!isSecretName(name[1]?.replace(/^-+/, "") ?? "")) continue;
    given.lastIndex = naming.lastIndex;
    const { groups = {}, indices } = given.exec(text) ?? {};
    const bound = bounds.find((each) => groups[each] !== undefined);
    if (bound === undefined) continue;
    naming.lastIndex = given.lastIndex;
    const found = groups[bound] ?? "";
    // In single quotes a shell takes everything as it stands.
    const isMeantAsWritten = bound === "single" && found.startsWith("$");
    if (!isReference(found) || isMeantAsWritten) places.push(...placeOf(indices?.groups?.[bound]));
  }
  return places;
}

function placeOf(bounds: [number, number] | undefined): Place[] {
  return bounds === undefined ? [] : [{ start: bounds[0], end: bounds[1] }];
}

/** Those that overlap as one. */
export function merged<P extends Place>(places: readonly P[]): P[] {
  const apart: P[] = [];
  for (const place of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || place.start >= last.end) apart.push(place);
    else if (place.end > last.end) apart[apart.length - 1] = { ...last, end: place.end };
  }
  return apart;
}
