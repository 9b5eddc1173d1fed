import { join } from "node:path";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  paginateListTasks,
  type Service,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { apply, deploy } from "../../ops/deploy/deployment";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import type { Copy, Edit } from "../../ops/shell/copy";
import { step } from "../../ops/shell/progress";
import { attempt, commandOf, descendants, killAll, SetupError } from "../../ops/shell/run";
import { until } from "../../ops/shell/until";
import type { Environment } from "../../stacks/environments";
import { containersOf } from "../deployed/containers";
import { pastPolicies } from "../past-policies";
import type { Fidelity } from "./fidelity";
import type { Timeline } from "./timeline";
import { Traffic } from "./traffic";

export const services = ["backend", "frontend"];

/** Bounds of each kind of traffic of one drill. */
const bounds = { maximumRequests: 100_000, maximumSeconds: 900 };

/** Writes into the timelines what happens now; gives the second. */
type Mark = (text: string) => number;

/** Of all traffic together. */
interface SoFar {
  readonly requests: number;
  readonly failed: number;
}

/** Terraform itself would wait for 20 minutes. */
const deploySeconds = 240;

function terraforms(): number[] {
  return descendants(process.pid).filter((pid) => commandOf(pid) === "terraform");
}

export interface TrafficWanted {
  readonly title: string;
  readonly path: string;
  readonly perSecond: number;
  readonly connections: "kept" | "new";
}

/** The deployed environment that drills are run on, and what they do to it. */
export class DeployedEnvironment {
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  private readonly cloudWatch: CloudWatchClient;
  private headers: Record<string, string> | undefined;

  constructor(
    readonly environment: Environment,
    readonly env: NodeJS.ProcessEnv,
    /** The checkout that is deployed. */
    readonly copy: Copy,
    readonly fidelity: Fidelity,
    /** Who deploys: on our emulator GitHub's deploy role, as of now; else the owner. */
    private readonly deployer: () => Promise<NodeJS.ProcessEnv> = async () => env,
  ) {
    const configuration = clientConfiguration(env);
    this.ecs = new ECSClient(configuration);
    this.elb = new ElasticLoadBalancingV2Client(configuration);
    this.cloudWatch = new CloudWatchClient(configuration);
  }

  private get loadBalancers(): string {
    const { LOAD_BALANCERS_URL: url } = this.env;
    if (url === undefined) throw new SetupError("The environment of the emulator lacks LOAD_BALANCERS_URL.");
    return url;
  }

  get cluster(): string {
    return this.environment.name;
  }

  /** Work of a pipeline, with credentials of its own: those of a role end after an hour. */
  async asDeployer<Result>(work: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
    return work(await this.deployer());
  }

  /** Deploys the copy as it is, as a person would; gives what the deploy said when it failed. One that does not end is broken off, as by Ctrl-C. */
  async deploy(edits: readonly Edit[]): Promise<string | undefined> {
    const { environment, copy } = this;
    let endless = false;
    const deadline = setTimeout(() => {
      endless = true;
      // Terraform saves what it knows, and unlocks.
      killAll(terraforms(), "SIGINT");
    }, deploySeconds * 1000);
    try {
      await copy.edited(pastPolicies(copy, edits), () =>
        this.asDeployer((env) => deploy(environment, env, copy.folder)),
      );
      return undefined;
    } catch (error) {
      return endless ? `the deploy had not ended after ${deploySeconds} s` : (error as Error).message;
    } finally {
      clearTimeout(deadline);
    }
  }

  async service(name: string): Promise<Service> {
    const command = new DescribeServicesCommand({ cluster: this.cluster, services: [name] });
    const [service] = (await this.ecs.send(command)).services ?? [];
    if (!service) throw new SetupError(`There is no service ${name} in ${this.cluster}.`);
    return service;
  }

  /** Replaces every task of a service, by one of the same revision if no other is given, and gives how many. */
  async replaceTasks(name: string, taskDefinition?: string): Promise<number> {
    const before = await this.taskArns(name);
    const update = { cluster: this.cluster, service: name, taskDefinition, forceNewDeployment: true };
    await this.ecs.send(new UpdateServiceCommand(update));
    await this.steady(name, 180);
    const after = await this.taskArns(name);
    return before.filter((arn) => !after.includes(arn)).length;
  }

  /** Ends when the service has one deployment, with every task that it wants, and load balancers find each of them healthy. */
  async steady(name: string, seconds: number): Promise<void> {
    await until(`${name} is steady`, seconds, async () => {
      const { deployments = [], loadBalancers = [], runningCount, desiredCount } = await this.service(name);
      if (deployments.length !== 1 || deployments[0]?.rolloutState !== "COMPLETED") return false;
      const healthy = await Promise.all(loadBalancers.map(({ targetGroupArn }) => this.healthyTargets(targetGroupArn)));
      return [runningCount, ...healthy].every((count) => count === desiredCount);
    });
  }

  private async healthyTargets(TargetGroupArn: string | undefined): Promise<number> {
    const { TargetHealthDescriptions = [] } = await this.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
  }

  async taskArns(name: string): Promise<string[]> {
    const command = new ListTasksCommand({ cluster: this.cluster, serviceName: name, desiredStatus: "RUNNING" });
    return (await this.ecs.send(command)).taskArns ?? [];
  }

  /** Ends when no task of a service is on its way out: until it is gone, it may be asked, and break off what it was asked. */
  async noneLeaves(name: string): Promise<void> {
    const { cluster, ecs } = this;
    const stopped = { cluster, serviceName: name, desiredStatus: "STOPPED" } as const;
    await until(`no task of ${name} is being stopped`, 120, async () => {
      for await (const { taskArns: tasks = [] } of paginateListTasks({ client: ecs }, stopped)) {
        if (tasks.length === 0) continue;
        const { tasks: found = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
        if (found.some(({ lastStatus }) => lastStatus !== "STOPPED")) return false;
      }
      return true;
    });
  }

  /** Why those of these tasks that do not run any more were stopped. */
  async stoppedReasons(tasks: string[]): Promise<string[]> {
    const { tasks: found = [] } = await this.ecs.send(new DescribeTasksCommand({ cluster: this.cluster, tasks }));
    return found.flatMap(({ desiredStatus, stoppedReason = "" }) =>
      desiredStatus === "STOPPED" ? [stoppedReason] : [],
    );
  }

  containers(service: string, container: string): string[] {
    return containersOf(this.cluster, service, container, this.env.AWS_ENDPOINT_URL);
  }

  /** The folder in which Terraform works on a stack. */
  folderOf(stack: string): string {
    return join(this.copy.folder, "cdktf.out/stacks", stack);
  }

  /** Ends when nothing of what was done before goes on: each service is steady, its old tasks are gone, and no alarm would call a deployment off. */
  async untilSettled(): Promise<void> {
    for (const name of services) {
      await this.steady(name, 240);
      await this.noneLeaves(name);
    }
    await until("no deployment alarm rings", 180, async () => {
      const AlarmNames = (await Promise.all(services.map((name) => this.service(name)))).flatMap(
        ({ deploymentConfiguration }) => deploymentConfiguration?.alarms?.alarmNames ?? [],
      );
      // An empty list of names would ask for all.
      if (AlarmNames.length === 0) return true;
      const ringing = new DescribeAlarmsCommand({ AlarmNames, StateValue: "ALARM" });
      return (await this.cloudWatch.send(ringing)).MetricAlarms?.length === 0;
    });
  }

  /** Deploys the copy as it is, whatever was left by what was done before. */
  async restore(): Promise<void> {
    await this.apply().catch(async () => {
      await step("Recover", () => this.recover());
      await this.apply();
    });
  }

  /** Applies the copy as it is, without a look at what runs in the end. */
  async apply(): Promise<void> {
    await this.asDeployer((env) => apply(this.environment, env, this.copy.folder));
  }

  /** `make recover`, as a person would run it in the copy; gives what it printed when it failed. */
  async recover(): Promise<string | undefined> {
    const args = ["ops/cli.ts", "recover", "--environment", this.environment.name, "--yes"];
    const { code, output } = await attempt("node_modules/.bin/tsx", args, { cwd: this.copy.folder, env: this.env });
    return code === 0 ? undefined : `recover failed: ${output.trim().split("\n").slice(-5).join(" ")}`;
  }

  /** Asks the public load balancer as a browser would, by its name. */
  async ask(path: string): Promise<Response> {
    return fetch(this.loadBalancers + path, { headers: await this.byName(), signal: AbortSignal.timeout(10_000) });
  }

  /** Traffic while something happens, and what became of it. */
  async during<Result>(
    wanted: readonly TrafficWanted[],
    work: (mark: Mark, soFar: () => SoFar) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly timelines: readonly Timeline[] }> {
    const headers = await this.byName();
    const begun = Date.now();
    const marks: { second: number; text: string }[] = [];
    const running = wanted.map(({ title, path, ...rate }) => ({
      title,
      traffic: new Traffic({ url: this.loadBalancers + path, headers, ...rate, ...bounds }),
    }));
    const stop = () =>
      Promise.all(running.map(async ({ title, traffic }) => ({ title, traffic: await traffic.stop() })));
    try {
      const result = await work(
        (text) => {
          const second = Math.round((Date.now() - begun) / 1000);
          marks.push({ second, text });
          return second;
        },
        () => ({
          requests: running.reduce((sum, { traffic }) => sum + traffic.requests, 0),
          failed: running.reduce((sum, { traffic }) => sum + traffic.failed, 0),
        }),
      );
      const timelines = (await stop()).map((each) => ({ ...each, marks }));
      for (const { title, traffic } of timelines) {
        if (traffic.isCutShort) throw new Error(`${title} came to its bound of ${traffic.requests} requests`);
        if (traffic.failed === traffic.requests) throw new Error(`${title} was never answered`);
      }
      return { result, timelines };
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** Several environments share the load balancers' port: the name of the load balancer tells them apart. */
  private async byName(): Promise<Record<string, string>> {
    if (this.headers) return this.headers;
    const command = new DescribeLoadBalancersCommand({ Names: [`${this.cluster}-public`] });
    const [balancer] = (await this.elb.send(command)).LoadBalancers ?? [];
    if (!balancer?.DNSName) throw new SetupError(`There is no load balancer ${this.cluster}-public.`);
    this.headers = { Host: balancer.DNSName };
    return this.headers;
  }
}
