import { fargateSizes } from "../constructs/fargate-size";
import { timeouts } from "../constructs/timeouts";
import type { Arguments } from "../synthesized";
import { containersOf, each, eachContainer, type Policy } from "./policy";

const variable = ({ environment }: Arguments, name: string): number =>
  Number(environment.find((entry: Arguments) => entry.name === name)?.value);
const serviceOf = (task: string) => task.split("-service_")[0] ?? "";

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
          JSON.stringify(linuxParameters.capabilities) === '{"drop":["ALL"]}',
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
    violations: (stacks) => eachContainer(stacks, ({ image }) => /:[0-9a-f]{16}$/.test(image)),
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
