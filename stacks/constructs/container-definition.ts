import { timeouts } from "./timeouts";

export interface Container {
  readonly name: string;
  readonly image: string;
  /** Numeric `uid:gid`: names would need the image's passwd file. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values ECS reads when a task starts, as ARNs of secrets or parameters. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Folders that stay writable; everything else is read-only. Each becomes a volume of the task. The image declares each with VOLUME; otherwise root alone may write. */
  readonly writablePaths: readonly string[];
  /** Folders of this container's image that another container of the task reads. The image declares each with VOLUME; otherwise it is empty. */
  readonly sharedPaths?: readonly string[];
  /** Folders that another container of the task shares. */
  readonly reads?: { readonly container: string; readonly paths: readonly string[] };
  /** The port that the load balancer reaches. Only one container of a task has it. */
  readonly port?: number;
  /** Command and arguments, run inside the container; exit 0 means healthy. */
  readonly healthCommand?: readonly string[];
  /** Names of containers that must be healthy before this one starts. */
  readonly startAfter?: readonly string[];
}

export interface ContainerSurroundings {
  readonly logGroupName: string;
  readonly region: string;
  /** ECS Exec brings an agent into the container, which must be able to write. */
  readonly executeCommand: boolean;
}

/** The names of the task's volumes that a container brings: one for each folder that it writes or shares. */
export function volumesOf({ name, writablePaths, sharedPaths = [] }: Container): string[] {
  return [...writablePaths, ...sharedPaths].map((path) => volumeName(name, path));
}

/** The folder `/var/cache` of the container `app` is `app-var-cache`. */
function volumeName(container: string, path: string): string {
  return container + path.replaceAll("/", "-");
}

function mountPoints({ name, writablePaths, sharedPaths = [], reads = { container: "", paths: [] } }: Container) {
  const mount = (container: string, path: string) => ({
    sourceVolume: volumeName(container, path),
    containerPath: path,
  });
  return [
    ...[...writablePaths, ...sharedPaths].map((path) => mount(name, path)),
    ...reads.paths.map((path) => ({ ...mount(reads.container, path), readOnly: true })),
  ];
}

/**
 * One entry of a task definition's `containerDefinitions`.
 * Every container is essential, not root, without capabilities, on a read-only root file system, and has an init process that reaps its children.
 */
export function containerDefinition(container: Container, surroundings: ContainerSurroundings) {
  const { name, image, user, environment, secrets, port, healthCommand, startAfter = [] } = container;
  const { logGroupName, region, executeCommand } = surroundings;
  return {
    name,
    image,
    essential: true,
    user,
    readonlyRootFilesystem: !executeCommand,
    privileged: false,
    // ECS answers with both lists; one left out is a difference in every plan.
    linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ["ALL"] } },
    environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    secrets: Object.entries(secrets).map(([key, arn]) => ({ name: key, valueFrom: arn })),
    mountPoints: mountPoints(container),
    portMappings: port === undefined ? [] : [{ containerPort: port, hostPort: port, protocol: "tcp" }],
    stopTimeout: timeouts.stopSeconds,
    ...(healthCommand && {
      healthCheck: { command: ["CMD", ...healthCommand], interval: 5, timeout: 4, retries: 3, startPeriod: 30 },
    }),
    dependsOn: startAfter.map((containerName) => ({ containerName, condition: "HEALTHY" })),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logGroupName,
        "awslogs-region": region,
        "awslogs-stream-prefix": "task",
        // While CloudWatch Logs does not answer, the app goes on; beyond the buffer, the oldest lines are lost.
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
  };
}
