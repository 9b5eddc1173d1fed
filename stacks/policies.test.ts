import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "./environments";
import { type Arguments, Synthesized, stacksOf } from "./synthesized";

/** Promises that every resource of every stack keeps, in each environment. */
describe.each(environments)("in $name", (environment) => {
  const stacks = Synthesized.of(...Object.values(stacksOf(environment)));
  const taskDefinitions = stacks.resources("aws_ecs_task_definition");
  const containers = taskDefinitions.flatMap(([, task]) => JSON.parse(task.container_definitions) as Arguments[]);

  it("knows nothing of emulators", () => {
    for (const provider of stacks.providers()) {
      expect(Object.keys(provider).filter((key) => /endpoint|skip_|access_key|secret_key|profile/.test(key))).toEqual(
        [],
      );
    }
  });

  it("changes its own account only", () => {
    const accounts = stacks.providers().flatMap((provider) => provider.allowed_account_ids ?? []);
    expect(new Set(accounts)).toEqual(new Set([environment.accountId]));
  });

  it("ignores no change but the autoscaler's", () => {
    const ignoring = stacks.all().filter(([, resource]) => resource.lifecycle?.ignore_changes);
    expect(ignoring.map(([id, { lifecycle }]) => [id.split(".")[0], lifecycle.ignore_changes])).toEqual(
      taskDefinitions.map(() => ["aws_ecs_service", ["desired_count"]]),
    );
  });

  it("keeps logs for as long as the environment says", () => {
    const groups = stacks.resources("aws_cloudwatch_log_group");
    expect(groups.length).toBeGreaterThan(taskDefinitions.length);
    for (const [, group] of groups) expect(group.retention_in_days).toBe(environment.logRetentionDays);
  });

  it("keeps tasks out of public subnets and without public addresses", () => {
    for (const [, { network_configuration: network }] of stacks.resources("aws_ecs_service")) {
      expect(network.assign_public_ip).toBe(false);
      expect(JSON.stringify(network.subnets)).toContain("subnets_private");
    }
  });

  it("runs every container as a user, without capabilities, on a read-only root", () => {
    expect(containers.length).toBeGreaterThan(0);
    for (const container of containers) {
      expect(container).toMatchObject({
        user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      });
    }
  });

  it("rolls back a release that does not start", () => {
    for (const [, service] of stacks.resources("aws_ecs_service")) {
      expect(service.deployment_circuit_breaker).toEqual({ enable: true, rollback: true });
      expect(service.deployment_minimum_healthy_percent).toBe(100);
    }
  });

  it("changes capacity without replacing the service", () => {
    for (const [, service] of stacks.resources("aws_ecs_service")) {
      expect(service.force_new_deployment).toBe(true);
      expect(service.capacity_provider_strategy.length).toBeGreaterThan(0);
    }
  });

  it("opens only the public load balancer to the internet", () => {
    const open = stacks
      .resources("aws_vpc_security_group_ingress_rule")
      .filter(([, rule]) => rule.cidr_ipv4 !== undefined);
    const publicPorts = typeof environment.domain === "string" ? [80, 443] : [80];
    expect(open.map(([, rule]) => [rule.from_port, rule.to_port])).toEqual(publicPorts.map((port) => [port, port]));
    for (const [, rule] of open) expect(rule.security_group_id).toContain("aws_security_group.public_");
    expect(stacks.resources("aws_lb").filter(([, balancer]) => !balancer.internal)).toHaveLength(1);
    expect(stacks.only("aws_default_security_group")).toMatchObject({ ingress: [], egress: [] });
  });

  it("gives roles no wildcard but the one that AWS demands", () => {
    const statements = stacks
      .resources("aws_iam_role_policy")
      .flatMap(([, { policy }]) => JSON.parse(policy).Statement as Arguments[]);
    const wild = statements.filter(({ Action, Resource }) =>
      [Action, Resource].flat().some((text) => /^\*$|^\w+:\*$/.test(text)),
    );
    expect(new Set(wild.map(({ Action }) => Action))).toEqual(new Set(["ecr:GetAuthorizationToken"]));
  });

  it("names each alarm once and sends it somewhere", () => {
    const alarms = stacks.resources("aws_cloudwatch_metric_alarm").map(([, alarm]) => alarm);
    expect(new Set(alarms.map((alarm) => alarm.alarm_name)).size).toBe(alarms.length);
    expect(alarms.length).toBeGreaterThanOrEqual(taskDefinitions.length);
    const deploymentAlarms = stacks.resources("aws_ecs_service").flatMap(([, service]) => service.alarms.alarm_names);
    expect(deploymentAlarms.length).toBeGreaterThan(0);
    const watched = (id: string) => deploymentAlarms.some((reference) => reference.includes(`.${id}.`));
    for (const [id, alarm] of stacks.resources("aws_cloudwatch_metric_alarm")) {
      expect(watched(id) || alarm.alarm_actions?.length === 1).toBe(true);
    }
  });

  it("keeps images immutable, and the one that a rollback needs", () => {
    for (const [, repository] of stacks.resources("aws_ecr_repository")) {
      expect(repository.image_tag_mutability).toBe("IMMUTABLE");
      expect(repository.force_delete).toBe(!environment.deletionProtection);
    }
    for (const [, image] of stacks.resources("docker_image")) expect(image.keep_locally).toBe(true);
    for (const [, pushed] of stacks.resources("docker_registry_image")) expect(pushed.keep_remotely).toBe(true);
  });
});

it("gives each environment an account and an address range of its own", () => {
  expect(new Set(environments.map(({ accountId }) => accountId)).size).toBe(environments.length);
  expect(new Set(environments.map(({ vpcCidr }) => vpcCidr)).size).toBe(environments.length);
});

it("never asks for an environment by its name", () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!test)\.ts$/.test(name),
  );
  const names = environments.map(({ name }) => name).join("|");
  const asking = sources.filter((name) =>
    new RegExp(`[!=]== "(${names})"`).test(readFileSync(join(__dirname, name), "utf8")),
  );
  expect(asking).toEqual([]);
});
