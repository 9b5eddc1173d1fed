import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ECSClient, ExecuteCommandCommand } from "@aws-sdk/client-ecs";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type Level, type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { createRole } from "../role";
import {
  type Container,
  cluster,
  ended,
  exitCode,
  idle,
  register,
  runToEnd,
  shell,
  start,
  stop,
  taskIs,
} from "../tasks";

const service = "ECS: a task";

/** One task whose containers each look at one setting of their own: 0 is how one ends that found it applied. */
const settings = {
  "read-only": { command: shell("! touch /here"), readonlyRootFilesystem: true },
  user: { command: shell("test $(id -u):$(id -g) = 1234:4321"), user: "1234:4321" },
  capabilities: {
    command: shell("grep -q 'CapEff:.0000000000000000' /proc/self/status"),
    linuxParameters: { capabilities: { drop: ["ALL"] } },
  },
  memory: {
    command: shell(
      `test "$(cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | head -1)" = ${128 * 2 ** 20}`,
    ),
    memory: 128,
  },
  cpu: {
    command: shell(
      'limit=$(cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null | head -1); case "$limit" in max*|-1*|"") exit 1;; esac',
    ),
  },
  server: { command: shell("exec python3 -m http.server 3000 --bind 127.0.0.1") },
  network: {
    command: shell(
      "for i in 1 2 3 4 5; do python3 -c 'import urllib.request as u; u.urlopen(\"http://127.0.0.1:3000/\")' && exit 0; sleep 1; done; exit 1",
    ),
  },
} as const satisfies Record<string, Container>;

async function settingsTask(context: ProbeContext) {
  const containers = Object.entries(settings).map(([name, container]) => ({ ...container, name, essential: false }));
  // Long enough for all others, whatever the order in which they are started.
  return runToEnd(context, [...containers, { name: "last", command: shell("sleep 15") }]);
}

async function applied(context: ProbeContext, name: keyof typeof settings): Promise<Level> {
  const code = exitCode(await context.once(settingsTask), name);
  if (code === undefined) throw new Error(`container ${name} did not end`);
  return seen(code === 0);
}

async function inEnvironment(context: ProbeContext, valueFrom: string): Promise<Level> {
  const secrets = [{ name: "SECRET", valueFrom }];
  return seen(
    exitCode(await runToEnd(context, [{ command: shell('echo "$SECRET"; test "$SECRET" = hush'), secrets }])) === 0,
  );
}

export const containerProbes = [
  {
    id: "ecs-read-only-root",
    service,
    capability: "A read-only root file system cannot be written to.",
    run: (context) => applied(context, "read-only"),
  },
  {
    id: "ecs-user",
    service,
    capability: "A container runs as the user of its task definition.",
    run: (context) => applied(context, "user"),
  },
  {
    id: "ecs-capabilities",
    service,
    capability: "Dropped Linux capabilities are gone.",
    run: (context) => applied(context, "capabilities"),
  },
  {
    id: "ecs-memory-limit",
    service,
    capability: "A container gets no more memory than its hard limit.",
    run: (context) => applied(context, "memory"),
  },
  {
    id: "ecs-cpu-limit",
    service,
    capability: "A task gets no more CPU than it reserves.",
    note: "How fast a task is on the CPU that is paid for is not seen here: it may use the whole machine.",
    run: (context) => applied(context, "cpu"),
  },
  {
    id: "ecs-task-network",
    service,
    capability: "The containers of a task reach each other on 127.0.0.1.",
    run: (context) => applied(context, "network"),
  },
  {
    id: "ecs-start-order",
    service,
    capability: "A container waits until the one that it depends on is HEALTHY.",
    run: async (context) => {
      const healthCheck = { command: ["CMD-SHELL", "test -e /tmp/ready"], interval: 5, timeout: 2, retries: 10 };
      const shared = { mountPoints: [{ sourceVolume: "shared", containerPath: "/shared" }] };
      const task = await runToEnd(
        context,
        [
          {
            command: shell("test -e /shared/ready"),
            dependsOn: [{ containerName: "first", condition: "HEALTHY" }],
            ...shared,
          },
          {
            name: "first",
            command: shell("sleep 3; touch /shared/ready /tmp/ready; exec sleep 600"),
            healthCheck,
            ...shared,
          },
        ],
        { volumes: [{ name: "shared" }] },
      );
      return seen(exitCode(task) === 0);
    },
  },
  {
    id: "ecs-stop-signal",
    service,
    capability: "A container that is stopped gets SIGTERM, and SIGKILL only after its stopTimeout.",
    run: async (context) => {
      const polite = "trap 'sleep 7; exit 3' TERM; while :; do sleep 0.1; done";
      const deaf = "trap '' TERM; while :; do sleep 0.1; done";
      const stopped = async (container: Container) => {
        const task = await start(context, await register(context, [container]));
        await taskIs(context, task, "RUNNING");
        await stop(context, task);
        return exitCode(await ended(context, task));
      };
      const codes = await Promise.all([
        stopped({ command: shell(polite), stopTimeout: 20 }),
        stopped({ command: shell(deaf), stopTimeout: 2 }),
      ]);
      return seen(codes[0] === 3 && codes[1] === 137);
    },
  },
  {
    id: "ecs-secrets",
    service,
    capability: "A secret of Secrets Manager is in a container's environment.",
    run: async (context) => {
      const manager = context.client(SecretsManagerClient);
      const secret = new CreateSecretCommand({ Name: context.name, SecretString: "hush" });
      const { ARN: valueFrom } = await manager.send(secret);
      context.afterwards(() =>
        manager.send(new DeleteSecretCommand({ SecretId: context.name, ForceDeleteWithoutRecovery: true })),
      );
      return inEnvironment(context, String(valueFrom));
    },
  },
  {
    id: "ecs-secret-parameters",
    service,
    capability: "A SecureString of Parameter Store is in a container's environment, as clear text.",
    note: "A SecureString reaches its container as ciphertext here.",
    run: async (context) => {
      const store = context.client(SSMClient);
      await store.send(new PutParameterCommand({ Name: context.name, Value: "hush", Type: "SecureString" }));
      context.afterwards(() => store.send(new DeleteParameterCommand({ Name: context.name })));
      return inEnvironment(context, `arn:aws:ssm:${context.region}:${context.account}:parameter/${context.name}`);
    },
  },
  {
    id: "ecs-logs",
    service,
    capability: "What a container writes is in its log group, up to its last line.",
    run: async (context) => {
      const text = `last words of ${context.name}`;
      await runToEnd(context, [{ command: shell(`echo '${text}'; exit 5`) }]);
      const logs = context.client(CloudWatchLogsClient);
      const logGroupName = await cluster(context);
      return seen(
        await context.within(15, async () => {
          const { events = [] } = await logs.send(
            new FilterLogEventsCommand({ logGroupName, filterPattern: `"${text}"` }),
          );
          return events.length > 0;
        }),
      );
    },
  },
  {
    id: "ecs-execute-command",
    service,
    capability: "ECS Exec opens a shell in a running container.",
    note: "Whether Exec is set up rightly is not seen here: the session that is given leads nowhere.",
    run: async (context) => {
      const command = { enableExecuteCommand: true };
      const taskRoleArn = await createRole(context, { Service: "ecs-tasks.amazonaws.com" }, "-task");
      const task = await start(context, await register(context, [idle], { taskRoleArn }), command);
      await taskIs(context, task, "RUNNING");
      const input = { cluster: await cluster(context), task, container: "app", interactive: true, command: "true" };
      const { session } = await context.client(ECSClient).send(new ExecuteCommandCommand(input));
      // Of a session at AWS nobody here can know anything, and none may be opened.
      const { hostname } = new URL(session?.streamUrl ?? "wss://nowhere.invalid");
      if (/\.(amazonaws\.com|invalid)$/.test(hostname)) return "stored";
      throw new Error(`a session at ${hostname}: this probe does not know how to use it`);
    },
  },
  {
    id: "ecs-spot-interruption",
    service,
    capability: "Fargate Spot takes tasks back, two minutes after it said so.",
    note: "What an interruption does to visitors is not seen here: none comes, and none can be asked for.",
    run: async (context) => {
      const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
      const task = await start(context, await register(context, [idle]), { capacityProviderStrategy });
      const { lastStatus } = await taskIs(context, task, "RUNNING");
      if (lastStatus !== "RUNNING") throw new Error("the task on FARGATE_SPOT did not run");
      return "stored";
    },
  },
] as const satisfies readonly Probe[];
