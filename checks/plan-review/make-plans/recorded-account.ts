import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keyAlias } from "../../../stacks/constructs/names";
import type { Environment } from "../../../stacks/environments";

/** Answers what Terraform asks of AWS while it plans without a refresh: who it is, the environment's key, and the states of stacks. */
export class RecordedAccount {
  readonly states = new Map<string, string>();
  private readonly server: Server;

  private constructor(
    private readonly environment: Environment,
    private readonly keyId: string,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(environment: Environment, keyId: string): Promise<RecordedAccount> {
    const account = new RecordedAccount(environment, keyId);
    await new Promise<void>((resolve) => account.server.listen(0, "127.0.0.1", resolve));
    return account;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = String(request.headers["x-amz-target"] ?? "");
    if (target.startsWith("TrentService.")) return this.send(response, 200, JSON.stringify(this.key(target)));
    if (request.method === "POST") return this.send(response, 200, this.identity());
    const [, stack] = /\/([\w-]+)\.tfstate/.exec(request.url ?? "") ?? [];
    if (stack === undefined) return this.send(response, 200, "<ListBucketResult></ListBucketResult>");
    const state = this.states.get(stack);
    if (state === undefined) return this.send(response, 404, "<Error><Code>NoSuchKey</Code></Error>");
    // Terraform downloads in parts, and asks on until it is told the length.
    const { byteLength } = Buffer.from(state);
    response.setHeader("content-range", `bytes 0-${byteLength - 1}/${byteLength}`);
    this.send(response, request.headers.range ? 206 : 200, state);
  }

  private send(response: ServerResponse, status: number, body: string): void {
    response.writeHead(status, { "content-type": body.startsWith("<") ? "text/xml" : "application/json" });
    response.end(body);
  }

  private identity(): string {
    const { accountId } = this.environment;
    const who = `<Arn>arn:aws:iam::${accountId}:root</Arn><UserId>${accountId}</UserId><Account>${accountId}</Account>`;
    return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${who}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  }

  private key(target: string): object {
    const { region, accountId } = this.environment;
    const alias = keyAlias(this.environment);
    const prefix = `arn:aws:kms:${region}:${accountId}`;
    if (target.endsWith(".DescribeKey")) {
      return { KeyMetadata: { KeyId: this.keyId, Arn: `${prefix}:key/${this.keyId}`, AWSAccountId: accountId } };
    }
    return { Aliases: [{ AliasName: alias, AliasArn: `${prefix}:${alias}`, TargetKeyId: this.keyId }] };
  }
}
