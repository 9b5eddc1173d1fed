/** Something long that proves a promise; `make test` has the short ones. */
export interface ProofRow {
  /** As in `make check NAME=…`. */
  readonly name: string;
  /** What it shows, as the end of "It shows …". */
  readonly shows: string;
  /** On two cores, with everything installed. */
  readonly minutes: number;
  /** The program, from the root of the repository, with its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Folders whose own packages it needs. */
  readonly packages?: readonly string[];
  /** Makes namespaces: run by sudo where the user is not root. */
  readonly asRoot?: true;
  /** Programs that it needs, and the Debian packages that have them. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Needs what `docker compose up` serves: started before it and removed afterwards, unless DASHBOARD_URL is set. */
  readonly isServed?: true;
}

const tsx = (file: string, ...args: string[]) => ["node_modules/.bin/tsx", file, ...args] as const;

export const proofs: readonly ProofRow[] = [
  {
    name: "analytics",
    shows: "the API's figures are those of numpy, pandas and empyrical, on 240 seeded portfolios, to 1e-9",
    minutes: 1,
    command: tsx("checks/api/figures/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "api",
    shows: "the running API answers everything that its OpenAPI description allows and forbids (schemathesis)",
    minutes: 2,
    command: tsx("checks/api/contract/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "bench",
    shows: "how fast the services and the stacks are, beside others in the same run",
    minutes: 15,
    command: tsx("checks/bench/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "cdktn",
    shows: "the stacks can leave cdktf for its fork: the same resources, but for explained differences",
    minutes: 3,
    command: tsx("checks/cdktn/cli.ts"),
    packages: ["checks/cdktn"],
  },
  {
    name: "checkov",
    shows: "every finding of checkov in the plans of `environments` has a reason; run that first",
    minutes: 2,
    command: tsx("checks/policies/checkov/cli.ts"),
  },
  {
    name: "cold",
    shows: "a fresh Debian with the preconditions alone can make up",
    minutes: 25,
    asRoot: true,
    tools: { debootstrap: "debootstrap", ip: "iproute2", iptables: "iptables", pivot_root: "util-linux" },
    command: ["checks/installation/cold.sh"],
  },
  {
    name: "compatibility",
    shows: "the emulated AWS does what its baseline says, with our patches and without",
    minutes: 6,
    command: tsx("checks/compatibility/cli.ts"),
  },
  {
    name: "environments",
    shows: "each environment can be applied with IAM enforced, planned again without a change, and destroyed",
    minutes: 40,
    command: tsx("checks/environments/cli.ts"),
  },
  {
    name: "faults",
    shows: "stacks that are broken on purpose fail the matching drill of `make prove`",
    minutes: 110,
    command: tsx("checks/resilience/fault-injection.ts"),
  },
  {
    name: "incidents",
    shows: "the alarms page for 68 incidents, are silent on 30 normal days, and each is needed",
    minutes: 5,
    command: tsx("checks/incidents/cli.ts"),
  },
  {
    name: "interrupted",
    shows: "a `make up` that is killed at a random moment harms nothing",
    minutes: 10,
    command: ["checks/installation/interrupted.sh"],
  },
  {
    name: "isolated",
    shows: "a deploy to the emulator has no way to AWS: one runs without a network",
    minutes: 6,
    asRoot: true,
    command: tsx("checks/installation/cli.ts", "isolated"),
  },
  {
    name: "lighthouse",
    shows: "Lighthouse finds each page fast, accessible and well built",
    minutes: 3,
    command: tsx("checks/e2e/lighthouse/cli.ts"),
    packages: ["checks/e2e/lighthouse"],
    isServed: true,
  },
  {
    name: "mutants",
    shows: "policies notice stacks that are wrong in 420 ways, and what checkov notices of them",
    minutes: 6,
    command: tsx("checks/policies/mutants/cli.ts"),
  },
  {
    name: "plan-review",
    shows: "plan-review's verdicts on 110 deliberate changes are the expected ones",
    minutes: 1,
    command: tsx("checks/plan-review/review-fixtures.ts"),
  },
  {
    name: "review",
    shows: "`make review` says what a deploy would do, and a plan of one stack does not",
    minutes: 20,
    command: tsx("checks/plan-review/proof.ts"),
  },
  {
    name: "stryker",
    shows: "unit tests kill at least 80 % of 420 mutants that Stryker makes of backend, stacks, ops and localstack",
    minutes: 30,
    command: tsx("checks/stryker/cli.ts"),
    packages: ["apps/backend", "localstack/control-plane", "localstack/load-balancers"],
  },
];
