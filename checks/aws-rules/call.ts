import { createRequire } from "node:module";
import type { Call, Made } from "./wrongs/wrong";

/** An emulated AWS that is asked: Application Auto Scaling may answer at an address of its own. */
export interface Endpoints {
  readonly aws: string;
  readonly autoscaling: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the clients of some twenty services have no type in common.
type Sdk = Record<string, any>;
const load = createRequire(__filename);

/** Makes calls of one emulated account. What a call answers under a name is there for the later ones. */
export class Caller {
  readonly made: Made = {};

  constructor(
    private readonly endpoints: Endpoints,
    private readonly account: string,
  ) {}

  /** Gives the answer; throws what the SDK throws. */
  async make({ client, command, input, as, by }: Call): Promise<Made> {
    const sdk: Sdk = load(`@aws-sdk/client-${client}`);
    const Client = clientOf(sdk);
    const connection = new Client({
      region: "us-east-1",
      endpoint: client === "application-auto-scaling" ? this.endpoints.autoscaling : this.endpoints.aws,
      credentials: this.credentials(by),
      maxAttempts: 1,
      forcePathStyle: true,
    });
    try {
      const body = typeof input === "function" ? input(this.made) : input;
      const answer = await connection.send(new sdk[command](body));
      if (as) this.made[as] = answer;
      return answer;
    } finally {
      connection.destroy();
    }
  }

  /** The account's own, unless a role was assumed for the call. */
  private credentials(by: string | undefined): Credentials {
    if (by === undefined) return { accessKeyId: this.account, secretAccessKey: "test" };
    const { AccessKeyId, SecretAccessKey, SessionToken } = this.made[by].Credentials;
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }
}

/** The class that a package's commands are sent with: `ECSClient`, not the base class of the same shape. */
function clientOf(sdk: Sdk) {
  const [name] = Object.keys(sdk).filter((key) => key.endsWith("Client") && key !== "__Client");
  return sdk[name ?? ""];
}
