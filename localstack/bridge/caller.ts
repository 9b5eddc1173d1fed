export interface Caller {
  readonly account: string;
  readonly region: string;
}

const ANYBODY: Caller = { account: "000000000000", region: "us-east-1" };

/**
 * Who signed the request. A 12-digit access key id is the account, as in the emulator; the signature itself is not checked.
 */
export function callerOf(authorization: string | undefined): Caller {
  const scope = /Credential=([^/,\s]+)\/[^/]*\/([^/]+)\//.exec(authorization ?? "");
  if (!scope) {
    return ANYBODY;
  }
  const [, accessKeyId = "", region = ANYBODY.region] = scope;
  return { account: /^\d{12}$/.test(accessKeyId) ? accessKeyId : ANYBODY.account, region };
}
