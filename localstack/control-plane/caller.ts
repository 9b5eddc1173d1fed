export interface Caller {
  /** As the request is signed with. */
  readonly accessKeyId: string;
  readonly account: string;
  readonly region: string;
}

const ANYBODY: Caller = { accessKeyId: "000000000000", account: "000000000000", region: "us-east-1" };

/**
 * Who signed the request; the signature itself is not checked. A 12-digit access key id is the account, as in the emulator;
 * of the key of an assumed role the emulator says whose it is.
 */
export async function callerOf(authorization: string | undefined, emulator: string | undefined): Promise<Caller> {
  const scope = /Credential=([^/,\s]+)\/[^/]*\/([^/]+)\//.exec(authorization ?? "");
  if (!scope) {
    return ANYBODY;
  }
  const [, accessKeyId = "", region = ANYBODY.region] = scope;
  if (/^\d{12}$/.test(accessKeyId)) return { accessKeyId, account: accessKeyId, region };
  const account = (emulator && (await accountOf(accessKeyId, emulator))) || ANYBODY.account;
  return { accessKeyId, account, region };
}

async function accountOf(accessKeyId: string, emulator: string): Promise<string | undefined> {
  const credential = `Credential=${ANYBODY.account}/20260101/${ANYBODY.region}/sts/aws4_request`;
  const response = await fetch(emulator, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action: "GetAccessKeyInfo", AccessKeyId: accessKeyId, Version: "2011-06-15" }),
  });
  return /<Account>(\d{12})<\/Account>/.exec(await response.text())?.[1];
}
