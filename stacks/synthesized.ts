import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import { environmentStacks } from "./environment-stacks";
import type { Environment } from "./environments";
import { type Service, services as shippedServices } from "./services";

/** A resource's arguments as Terraform reads them: snake_case keys, JSON strings still strings. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs for each of hundreds of resource types
export type Arguments = Record<string, any>;

/** What a stack (or several) synthesizes to, to ask questions of in tests. */
export class Synthesized {
  constructor(private readonly stacks: readonly Arguments[]) {}

  static of(...stacks: TerraformStack[]): Synthesized {
    return new Synthesized(stacks.map((stack) => JSON.parse(Testing.synth(stack)) as Arguments));
  }

  /** Every resource of a type, by the id it has in the configuration. */
  resources(type: string): [id: string, arguments: Arguments][] {
    return this.stacks.flatMap((stack) => Object.entries((stack.resource?.[type] ?? {}) as Record<string, Arguments>));
  }

  /** The one resource of a type; an error when there are none or several. */
  only(type: string): Arguments {
    const found = this.resources(type);
    if (found.length !== 1) throw new Error(`Expected one ${type}, found ${found.length}: ${found.map(([id]) => id)}`);
    return (found[0] as [string, Arguments])[1];
  }

  count(type: string): number {
    return this.resources(type).length;
  }

  providers(): Arguments[] {
    return this.stacks.flatMap((stack) => Object.values(stack.provider ?? {}).flat() as Arguments[]);
  }

  awsProviders(): Arguments[] {
    return this.stacks.flatMap((stack) => stack.provider?.aws ?? []) as Arguments[];
  }

  /** Where the stacks that share a bucket keep their state. */
  backends(): Arguments[] {
    return this.stacks.flatMap((stack) => stack.terraform.backend.s3 ?? []) as Arguments[];
  }

  /** The addresses of all resources that Terraform creates before this one, and removes after it: by reference or `depends_on`, directly or not. */
  createdBefore(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (of: string, stack: Map<string, string[]>) => {
      for (const next of stack.get(of) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        visit(next, stack);
      }
    };
    for (const stack of this.stacks) visit(address, dependenciesIn(stack));
    return found;
  }

  all(): [id: string, arguments: Arguments][] {
    const types = new Set(this.stacks.flatMap((stack) => Object.keys(stack.resource ?? {})));
    return [...types].flatMap((type) =>
      this.resources(type).map(([id, args]) => [`${type}.${id}`, args] as [string, Arguments]),
    );
  }
}

/** By address, the addresses of the resources of the same stack that a resource names. */
function dependenciesIn({ resource = {} }: Arguments): Map<string, string[]> {
  const addresses = Object.entries(resource as Record<string, Record<string, Arguments>>).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, args]) => [`${type}.${id}`, JSON.stringify(args)] as const),
  );
  const known = new Set<string>(addresses.map(([address]) => address));
  const namedIn = (text: string): string[] => text.match(/(?<!data\.)\b[a-z]\w+\.[\w-]+/g) ?? [];
  return new Map(addresses.map(([address, text]) => [address, namedIn(text).filter((named) => known.has(named))]));
}

/** A row with everything on that the shipped ones leave off, for tests. */
export const everythingOn: Environment = {
  name: "full",
  accountId: "444444444444",
  githubRepository: "example/portfolio-dashboard",
  githubIds: null,
  region: "us-east-1",
  availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  vpcCidr: "10.40.0.0/16",
  egress: "vpc-endpoints",
  tasks: { minimum: 2, maximum: 4 },
  capacity: { fargateWeight: 1, spotWeight: 1 },
  logRetentionDays: 30,
  deletionProtection: false,
  domain: "dashboard.example.com",
  certificateArn: null,
  webAcl: { requestsPerFiveMinutes: 500 },
  executeCommand: ["backend"],
  objectives: { availabilityPercent: 99.9, latency: { percent: 99, seconds: 1 } },
  alarmEmail: "full-alarms@example.com",
  monthlyBudgetUsd: 400,
};

/** The shipped services; the backend also has a secret of each kind. */
export const servicesWithSecrets: readonly Service[] = shippedServices.map((service) =>
  service.name === "backend"
    ? {
        ...service,
        secrets: { API_KEY: { secretsManager: "backend/api-key" }, TOKEN: { parameter: "/backend/token" } },
      }
    : service,
);

const [frontend, backend] = shippedServices;
const { port, gatewayTemplate, staticFiles, healthPath, answerSeconds, requestsPerTargetPerMinute, ...shared } =
  backend;

/** The shipped services, but the backend is a worker: built from its folder, which is there, and called by nobody. */
export const servicesWithWorker: readonly [frontend: Service, worker: Service] = [
  { ...frontend, calls: [] },
  { ...shared, exposure: "none" as const, healthCommand: ["true"] },
];

/** The stacks of one environment, in an app of their own. */
export function stacksOf(environment: Environment, services: readonly Service[] = shippedServices) {
  // The default leaves a folder behind for each app.
  return environmentStacks(Testing.app({ outdir: join(tmpdir(), "cdktf.outdir") }), environment, services);
}
