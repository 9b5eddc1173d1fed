import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { environmentStacks } from "./environment-stacks";
import type { Environment } from "./environments";
import { type Service, services as shippedServices } from "./services";

/** A row with everything on that the shipped ones leave off. In no table: tests and checks use it. */
export const maximalEnvironment: Environment = {
  name: "full",
  accountId: "444444444444",
  githubRepository: "example/portfolio-dashboard",
  githubIds: { owner: 1234567, repository: 123456789 },
  region: "us-east-1",
  availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  vpcCidr: "10.40.0.0/16",
  egress: "vpc-endpoints",
  tasks: { minimum: 2, maximum: 4 },
  capacity: { fargateWeight: 1, spotWeight: 1 },
  logRetentionDays: 30,
  deletionProtection: false,
  domain: "dashboard.portfolio.test",
  certificateArn: null,
  access: {
    signIn: {
      issuer: "https://login.portfolio.test",
      authorizationEndpoint: "https://login.portfolio.test/authorize",
      tokenEndpoint: "https://login.portfolio.test/token",
      userInfoEndpoint: "https://login.portfolio.test/userinfo",
      clientId: "dashboard",
      clientSecret: "dashboard/client-secret",
    },
  },
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
