import { ClusterNotFoundException, DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import type { Caller } from "../caller";
import type { ScaledServices } from "./rule";

/** The services of a caller's account. */
export class EcsServices implements ScaledServices {
  constructor(
    private readonly caller: Caller,
    private readonly endpoint: string,
  ) {}

  async targetGroups(resourceId: string): Promise<readonly string[] | undefined> {
    const [, cluster = "", service = ""] = resourceId.split("/");
    const { account, region } = this.caller;
    // The emulator takes a 12-digit access key id for the account.
    const credentials = { accessKeyId: account, secretAccessKey: "test" };
    const ecs = new ECSClient({ region, endpoint: this.endpoint, credentials });
    try {
      const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      const found = services.find(({ status }) => status === "ACTIVE");
      return found?.loadBalancers?.flatMap(({ targetGroupArn }) => targetGroupArn ?? []) ?? (found && []);
    } catch (error) {
      if (error instanceof ClusterNotFoundException) return undefined;
      throw error;
    } finally {
      ecs.destroy();
    }
  }
}
