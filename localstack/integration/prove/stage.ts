import {
  DescribeServicesCommand,
  ECSClient,
  ListTasksCommand,
  type Service,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "../../../stacks/environments";
import { addresses } from "../../../tools/setup/emulator";
import { clientConfiguration } from "../../../tools/setup/rollback";
import { SetupError } from "../../../tools/setup/run";
import { containersOf } from "../containers";
import { until } from "../until";
import type { Timeline } from "./drill";
import { Traffic } from "./traffic";

/** Bounds of all traffic of one drill. */
const bounds = { maximumRequests: 40_000, maximumSeconds: 900 };

export interface TrafficWanted {
  readonly title: string;
  readonly path: string;
  readonly perSecond: number;
  readonly connections: "kept" | "new";
}

/** The deployed environment that drills are run on, and what they do to it. */
export class Stage {
  readonly ecs: ECSClient;
  private readonly elb: ElasticLoadBalancingV2Client;
  private headers: Promise<Record<string, string>> | undefined;

  constructor(
    readonly environment: Environment,
    readonly env: NodeJS.ProcessEnv,
  ) {
    const configuration = clientConfiguration(env);
    this.ecs = new ECSClient(configuration);
    this.elb = new ElasticLoadBalancingV2Client(configuration);
  }

  get cluster(): string {
    return this.environment.name;
  }

  async service(name: string): Promise<Service> {
    const command = new DescribeServicesCommand({ cluster: this.cluster, services: [name] });
    const [service] = (await this.ecs.send(command)).services ?? [];
    if (!service) throw new SetupError(`There is no service ${name} in ${this.cluster}.`);
    return service;
  }

  /** Replaces every task of a service by one that runs the same, and gives how many. */
  async replaceTasks(name: string): Promise<number> {
    const before = await this.taskArns(name);
    await this.ecs.send(new UpdateServiceCommand({ cluster: this.cluster, service: name, forceNewDeployment: true }));
    await this.steady(name, 180);
    const after = await this.taskArns(name);
    return before.filter((arn) => !after.includes(arn)).length;
  }

  /** Ends when the service has one deployment, with every task that it wants. */
  async steady(name: string, seconds: number): Promise<void> {
    await until(`${name} is steady`, seconds, async () => {
      const { deployments = [], runningCount, desiredCount } = await this.service(name);
      return deployments.length === 1 && deployments[0]?.rolloutState === "COMPLETED" && runningCount === desiredCount;
    });
  }

  async taskArns(name: string): Promise<string[]> {
    const command = new ListTasksCommand({ cluster: this.cluster, serviceName: name, desiredStatus: "RUNNING" });
    return (await this.ecs.send(command)).taskArns ?? [];
  }

  containers(service: string, container: string): string[] {
    return containersOf(this.cluster, service, container);
  }

  /** Asks the public load balancer as a browser would, by its name. */
  async ask(path: string): Promise<Response> {
    return fetch(addresses.dashboard + path, { headers: await this.byName(), signal: AbortSignal.timeout(10_000) });
  }

  /** Traffic while something happens, and what became of it. */
  async during<Result>(
    wanted: readonly TrafficWanted[],
    work: (mark: (text: string) => void) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly timelines: readonly Timeline[] }> {
    const headers = await this.byName();
    const begun = Date.now();
    const marks: { second: number; text: string }[] = [];
    const running = wanted.map(({ title, path, ...rate }) => ({
      title,
      traffic: new Traffic({ url: addresses.dashboard + path, headers, ...rate, ...bounds }),
    }));
    const stop = () =>
      Promise.all(running.map(async ({ title, traffic }) => ({ title, traffic: await traffic.stop() })));
    try {
      const result = await work((text) => marks.push({ second: Math.round((Date.now() - begun) / 1000), text }));
      const timelines = (await stop()).map((each) => ({ ...each, marks }));
      return { result, timelines };
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** Several environments share the edge's port: the name of the load balancer tells them apart. */
  private byName(): Promise<Record<string, string>> {
    this.headers ??= this.askForName();
    return this.headers;
  }

  private async askForName(): Promise<Record<string, string>> {
    const command = new DescribeLoadBalancersCommand({ Names: [`${this.cluster}-public`] });
    const [balancer] = (await this.elb.send(command)).LoadBalancers ?? [];
    if (!balancer?.DNSName) throw new SetupError(`There is no load balancer ${this.cluster}-public.`);
    return { Host: balancer.DNSName };
  }
}
