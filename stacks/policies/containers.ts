import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fargateSizes } from "../constructs/fargate-size";
import { timeouts } from "../constructs/timeouts";
import type { Arguments, Synthesized } from "../synthesized";
import { containersOf, each, eachContainer, type Policy } from "./policy";

const variable = ({ environment }: Arguments, name: string): number =>
  Number(environment.find((entry: Arguments) => entry.name === name)?.value);
/** The services whose addresses an app is given. */
const calledBy = ({ name, environment }: Arguments): string[] =>
  name === "app"
    ? (environment as Arguments[]).flatMap(({ value }) => /^http:\/\/([\w-]+)\./.exec(value)?.[1] ?? [])
    : [];
const serviceOf = (task: string) => task.split("-service_")[0] ?? "";

/** What the Dockerfile of an image declares with VOLUME. Its folder is as `docker_image` has it, seen from `cdktf.out/stacks/<stack>`. */
function declaredVolumes(stacks: Synthesized, image: string): string[] {
  const [, { build }] = stacks.resources("docker_image").find(([id]) => id.startsWith(`${image}-image_`)) as [
    string,
    Arguments,
  ];
  const dockerfile = readFileSync(join(__dirname, "../../cdktf.out/stacks/any", build.context, "Dockerfile"), "utf8");
  return [...dockerfile.matchAll(/^VOLUME (.+)$/gm)].flatMap(([, paths = ""]) => paths.match(/\/[^\s"',\]]*/g) ?? []);
}

export const containerPolicies: readonly Policy[] = [
  {
    promise: "runs every container as a user, unprivileged, without capabilities, with an init process",
    violations: (stacks) =>
      eachContainer(
        stacks,
        ({ user, privileged, linuxParameters }) =>
          /^[1-9]\d*:[1-9]\d*$/.test(user) &&
          privileged === false &&
          linuxParameters.initProcessEnabled === true &&
          String(linuxParameters.capabilities?.drop) === "ALL" &&
          (linuxParameters.capabilities.add ?? []).length === 0,
      ),
  },
  {
    // ECS answers both. Of all that it fills in, version 5.100.0 of the provider takes nothing else for a difference.
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
    promise:
      "leaves out neither list of capabilities: each plan would replace the task definition, each deployment all tasks",
    violations: (stacks) =>
      eachContainer(stacks, ({ linuxParameters }) => {
        const { add, drop } = linuxParameters.capabilities ?? {};
        return linuxParameters.capabilities === undefined || (add !== undefined && drop !== undefined);
      }),
  },
  {
    // Terraform's provider leaves a setting that is removed out of UpdateCluster, and ECS keeps what is left out:
    // https://github.com/hashicorp/terraform-provider-aws/pull/45785
    promise: "says in each cluster how sessions are logged, also where none is allowed",
    violations: (stacks) =>
      each(
        stacks,
        "aws_ecs_cluster",
        ({ configuration }) => configuration?.execute_command_configuration?.logging !== undefined,
      ),
  },
  {
    promise: "keeps every root file system read-only, but where execute-command is allowed",
    violations: (stacks, { executeCommand }) =>
      eachContainer(
        stacks,
        ({ readonlyRootFilesystem }, task) => readonlyRootFilesystem === !executeCommand.includes(serviceOf(task)),
      ),
  },
  {
    promise: "runs images by the hash of their sources",
    violations: (stacks) => eachContainer(stacks, ({ image }) => /:[0-9a-f]{16}$/.test(stacks.resolved(image))),
  },
  {
    promise: "pushes each image that containers run, built under the same tag, and no other tag",
    violations: (stacks) => {
      const names = (type: string) => stacks.resources(type).map(([, { name }]) => name as string);
      const pushed = names("docker_registry_image");
      return [
        ...eachContainer(stacks, ({ image }) => pushed.includes(stacks.resolved(image))),
        ...each(
          stacks,
          "docker_registry_image",
          ({ name }) => /:[0-9a-f]{16}$/.test(name) && names("docker_image").includes(name),
        ),
      ];
    },
  },
  {
    promise: "writes no secret into a task definition",
    violations: (stacks) =>
      eachContainer(stacks, ({ environment }) =>
        environment.every(({ name }: Arguments) => !/(PASSWORD|SECRET|TOKEN|PRIVATE|_KEY)$/.test(name)),
      ),
  },
  {
    promise: "sends every container's output to the log group of its service",
    violations: (stacks) =>
      eachContainer(
        stacks,
        ({ logConfiguration }, task) =>
          logConfiguration?.logDriver === "awslogs" &&
          logConfiguration.options["awslogs-group"].includes(`.${serviceOf(task)}-service_logs_`),
      ),
  },
  {
    // Without a mode the account's setting decides: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
    promise: "says what becomes of log lines that cannot be delivered at once",
    violations: (stacks) =>
      eachContainer(
        stacks,
        ({ logConfiguration }) =>
          logConfiguration?.options.mode === "non-blocking" &&
          /^\d+m$/.test(logConfiguration.options["max-buffer-size"]),
      ),
  },
  {
    // On Fargate any other volume belongs to root: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
    promise: "mounts writable and shared folders only where the image declares them with VOLUME",
    violations: (stacks) =>
      containersOf(stacks).flatMap(([task, { name, mountPoints }]) => {
        const declared = declaredVolumes(stacks, name === "gateway" ? name : serviceOf(task));
        return (mountPoints as Arguments[])
          .filter(({ containerPath, readOnly }) => readOnly !== true && !declared.includes(containerPath))
          .map(({ containerPath }) => `${task}: container ${name}: ${containerPath}`);
      }),
  },
  {
    promise: "asks every app for its health, and ends a task one of whose containers died",
    violations: (stacks) =>
      eachContainer(
        stacks,
        ({ name, essential, healthCheck, dependsOn }) =>
          essential === true && (name === "app" ? healthCheck !== undefined : dependsOn?.[0]?.condition === "HEALTHY"),
      ),
  },
  {
    promise: "gives tasks a network of their own, two roles, and a size that Fargate offers",
    violations: (stacks) =>
      each(
        stacks,
        "aws_ecs_task_definition",
        ({ network_mode, task_role_arn, execution_role_arn, cpu, memory }) =>
          network_mode === "awsvpc" && task_role_arn !== execution_role_arn && `${cpu}/${memory}` in fargateSizes,
      ),
  },
  {
    promise: "keeps each connection open for longer than whoever opened it",
    violations: (stacks) => {
      const idle = stacks.resources("aws_lb").map(([, { idle_timeout }]) => idle_timeout as number);
      const gateways = containersOf(stacks).filter(([, { name }]) => name === "gateway");
      return gateways.flatMap(([task, gateway]) => {
        const app = containersOf(stacks).find(
          ([other, { name }]) => other === task && name === "app",
        )?.[1] as Arguments;
        const towardsBalancer = variable(gateway, "KEEP_ALIVE_SECONDS") > Math.max(...idle);
        const towardsApp =
          variable(app, "KEEP_ALIVE_TIMEOUT") / 1000 > variable(gateway, "UPSTREAM_KEEP_ALIVE_SECONDS");
        return towardsBalancer && towardsApp ? [] : [task];
      });
    },
  },
  {
    promise: "gives up on an app before whoever called its service does",
    violations: (stacks) => {
      const containers = containersOf(stacks);
      const gatewayOf = (service: string) =>
        containers.find(([task, { name }]) => name === "gateway" && serviceOf(task) === service)?.[1];
      return containers.flatMap(([task, app]) => {
        const own = gatewayOf(serviceOf(task));
        const isFine = calledBy(app).every((called) => {
          const patience = variable(app, `${called.toUpperCase().replaceAll("-", "_")}_TIMEOUT`);
          const answers = variable(gatewayOf(called) as Arguments, "ANSWER_SECONDS");
          return answers < patience && (own === undefined || patience < variable(own, "ANSWER_SECONDS"));
        });
        return isFine ? [] : [task];
      });
    },
  },
  {
    promise: "finishes what a leaving target has begun before it is killed",
    violations: (stacks) => [
      ...eachContainer(
        stacks,
        (container) =>
          container.stopTimeout === timeouts.stopSeconds &&
          (container.name !== "app" || variable(container, "DRAIN_SECONDS") < container.stopTimeout),
      ),
      ...each(
        stacks,
        "aws_lb_target_group",
        ({ deregistration_delay }) => Number(deregistration_delay) < timeouts.stopSeconds,
      ),
    ],
  },
];
