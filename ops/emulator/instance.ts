import { createServer } from "node:net";
import { ask, SetupError } from "../shell/run";

/** The instance that all clones on this machine share. */
export const shared = "default";
/** The instance of proofs, reviews and tests. */
const ofProofs = "proof";
/** Docker limits a host name to 63 characters. */
const validName = /^[a-z][a-z0-9-]{0,19}$/;

/** One emulated AWS of this machine. `docker-compose.localstack.yml` makes the same names of EMULATOR_INSTANCE. */
export interface Instance {
  readonly name: string;
  /** Of Compose; its network has the same name. */
  readonly project: string;
  /** The emulator's container, and its host name, by which MiniStack marks what it starts. */
  readonly container: string;
}

/** The instance that EMULATOR_INSTANCE names, or another one. */
export function instance(name = process.env.EMULATOR_INSTANCE || shared): Instance {
  if (!validName.test(name)) {
    throw new SetupError(
      `EMULATOR_INSTANCE is "${name}". Allowed: a letter, then up to 19 letters, digits and hyphens, all lower case.`,
    );
  }
  const prefix = ["portfolio-dashboard", ...(name === shared ? [] : [name])].join("-");
  return { name, project: `${prefix}-aws`, container: `${prefix}-emulator` };
}

/** For this process and those that it starts: the instance of proofs, unless EMULATOR_INSTANCE names another. */
export function useProofInstance(): void {
  process.env.EMULATOR_INSTANCE ||= ofProofs;
}

/** Settings of `docker-compose.localstack.yml`: ports of this machine. The values are those of the shared instance. */
const sharedPorts = { EMULATOR_PORT: 4566, CONTROL_PLANE_PORT: 4567, DASHBOARD_PORT: 8081 };
type PortSetting = keyof typeof sharedPorts;
export type Ports = Readonly<Record<PortSetting, number>>;

/** Of each service: the setting of its published port. */
const portSettings: Readonly<Record<string, PortSetting>> = {
  emulator: "EMULATOR_PORT",
  localstack: "EMULATOR_PORT",
  "control-plane": "CONTROL_PLANE_PORT",
  "load-balancers": "DASHBOARD_PORT",
};

/** Who started an instance: a label of the emulator's container. */
export interface Started {
  readonly checkout: string;
  /** Of the checkout: the commit, and whether it had changes. */
  readonly version: string;
  /** The process that the instance exists for, if it exists for one. */
  readonly owner: Owner | null;
  /** What decides how the emulator behaves: settings, and a hash of its sources. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Owner {
  readonly pid: number;
  readonly host: string;
}

/** An instance of which containers run. */
export interface Running {
  readonly ports: Partial<Ports>;
  /** Whether everything that belongs to it runs and is healthy. */
  readonly isWhole: boolean;
  /** Null where an older version of this project started it. */
  readonly started: Started | null;
}

/** `oneoff`: tasks whose image Compose built have its label of the project too. */
const ofProject = (project: string) => [
  ...["--filter", `label=com.docker.compose.project=${project}`],
  ...["--filter", "label=com.docker.compose.oneoff=False"],
];
const fields = [
  '{{.Label "com.docker.compose.service"}}',
  "{{.Ports}}",
  "{{.Status}}",
  '{{.Label "portfolio-dashboard.started"}}',
];

export async function findRunning({ project }: Instance): Promise<Running | null> {
  const listed = await ask("docker", ["ps", ...ofProject(project), "--format", fields.join("\t")]);
  const rows = (listed ?? "").split("\n").filter(Boolean);
  if (rows.length === 0) return null;
  const services = rows.map((row) => {
    const [service = "", published = "", status = "", started = ""] = row.split("\t");
    return { service, port: publishedPort(published), status, started };
  });
  const healthy = services.filter(({ status }) => status.includes("(healthy)")).map(({ service }) => service);
  const needed = healthy.includes("localstack") ? ["localstack"] : ["emulator", "control-plane", "load-balancers"];
  const label = services.find(({ started }) => started !== "")?.started;
  const ports = services.flatMap(({ service, port }) => {
    const setting = portSettings[service];
    return setting && port ? [[setting, port] as const] : [];
  });
  return {
    ports: Object.fromEntries(ports),
    isWhole: needed.every((service) => healthy.includes(service)),
    started: label === undefined ? null : JSON.parse(label),
  };
}

/** All instances that run, of this version or a later one. */
export async function runningInstances() {
  const format = ['{{.Label "com.docker.compose.project"}}', ...fields.slice(1)].join("\t");
  const listed = await ask("docker", ["ps", "--filter", "label=portfolio-dashboard.started", "--format", format]);
  return (listed ?? "").split("\n").flatMap((row) => {
    const [project = "", ports = "", , label] = row.split("\t");
    if (!label) return [];
    const started: Started = JSON.parse(label);
    const name = /^portfolio-dashboard-(?:(.+)-)?aws$/.exec(project)?.[1] ?? shared;
    return [{ name, endpoint: `http://127.0.0.1:${publishedPort(ports)}`, started }];
  });
}

function publishedPort(ports: string): number {
  return Number(/127\.0\.0\.1:(\d+)->/.exec(ports)?.[1]);
}

/** Ports chosen by this process, by the instance's name: the same ones until it starts. */
const chosen = new Map<string, Promise<Ports>>();

/** The ports of an instance: as it runs; as the settings fix them; else those of the shared instance, or free ones. */
export async function portsOf(which: Instance): Promise<Ports> {
  const running = await findRunning(which);
  if (!chosen.has(which.name)) chosen.set(which.name, choosePorts(which));
  const ports = (await chosen.get(which.name)) as Ports;
  return { ...ports, ...running?.ports };
}

async function choosePorts({ name }: Instance): Promise<Ports> {
  const free = await freePorts(Object.keys(sharedPorts).length);
  const settings = Object.keys(sharedPorts) as PortSetting[];
  const ports = settings.map((setting, index): [PortSetting, number | undefined] => {
    const fixed = process.env[setting];
    if (fixed) return [setting, Number(fixed)];
    return [setting, name === shared ? sharedPorts[setting] : free[index]];
  });
  return Object.fromEntries(ports) as Ports;
}

/** Open at the same time, so that no port comes twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const opened = servers.map(
    (server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve())),
  );
  await Promise.all(opened);
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
