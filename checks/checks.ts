/** Something long that proves a promise; `make test` has the short ones. */
export interface ProofRow {
  /** As in `make check NAME=…`. */
  readonly name: string;
  /** What it shows, for the list of `make check`. */
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
    name: "alarm-lab",
    shows: "alarm-lab evaluates 11,000 random cases and AWS's worked examples as an independent evaluator does",
    minutes: 1,
    command: tsx("checks/alarm-lab/cli.ts"),
    tools: { python3: "python3" },
  },
  {
    name: "analytics",
    shows: "the API's figures equal those of numpy, pandas and empyrical to 1e-9, for 240 generated portfolios",
    minutes: 1,
    command: tsx("checks/api/figures/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "api",
    shows: "the API accepts and rejects requests as its OpenAPI description defines (tested with schemathesis)",
    minutes: 2,
    command: tsx("checks/api/contract/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "aws-rules",
    shows: "the emulated AWS refuses 90 % of 235 wrong calls in the way AWS does, and takes the right ones",
    minutes: 3,
    command: tsx("checks/aws-rules/cli.ts"),
  },
  {
    name: "bench",
    shows: "speed and size of the apps, images and synthesis, compared with others in the same run",
    minutes: 15,
    command: tsx("checks/bench/cli.ts"),
    packages: ["apps/backend"],
  },
  {
    name: "cdktn",
    shows: "the stacks can move to cdktn, the fork of cdktf: the same resources; each difference is explained",
    minutes: 3,
    command: tsx("checks/cdktn/cli.ts"),
    packages: ["checks/cdktn"],
  },
  {
    name: "checkov",
    shows: "every finding of the scanner checkov has a written reason; run `environments` first, it writes the plans",
    minutes: 2,
    command: tsx("checks/policies/checkov/cli.ts"),
  },
  {
    name: "cold",
    shows: "`make up` works on a fresh Debian that has only git, make, Node and Terraform (needs root)",
    minutes: 25,
    asRoot: true,
    tools: { debootstrap: "debootstrap", ip: "iproute2", iptables: "iptables", pivot_root: "util-linux" },
    command: ["checks/installation/cold.sh"],
  },
  {
    name: "compatibility",
    shows: "the emulated AWS behaves as recorded in baseline.json, with our patches and without",
    minutes: 6,
    command: tsx("checks/compatibility/cli.ts"),
  },
  {
    name: "environments",
    shows: "each environment can be deployed with IAM enforced, a second plan has no changes, and it can be destroyed",
    minutes: 40,
    command: tsx("checks/environments/cli.ts"),
  },
  {
    name: "faults",
    shows: "each fault that is put into the stacks makes the matching drill of `make prove` fail",
    minutes: 110,
    command: tsx("checks/resilience/fault-injection.ts"),
  },
  {
    name: "incidents",
    shows:
      "alarms page for 38 incidents, and not for 30 others or on 30 normal days; at least 95 % of wrong alarms are detected",
    minutes: 5,
    command: tsx("checks/incidents/cli.ts"),
  },
  {
    name: "interrupted",
    shows: "after a `make up` that was killed at a random moment, `make up` works and `make down` leaves nothing",
    minutes: 10,
    command: ["checks/installation/interrupted.sh"],
  },
  {
    name: "isolated",
    shows: "a deployment to the emulator needs no network, so it cannot reach AWS (needs root)",
    minutes: 6,
    asRoot: true,
    command: tsx("checks/installation/cli.ts", "isolated"),
  },
  {
    name: "lighthouse",
    shows: "each web page reaches its Lighthouse scores: performance 95, accessibility 100, best practices 95",
    minutes: 3,
    command: tsx("checks/e2e/lighthouse/cli.ts"),
    packages: ["checks/e2e/lighthouse"],
    isServed: true,
  },
  {
    name: "mutants",
    shows: "policies detect at least 95 % of 420 stacks with one mistake each; how many checkov detects",
    minutes: 6,
    command: tsx("checks/policies/mutants/cli.ts"),
  },
  {
    name: "plan-review",
    shows: "plan-review gives the expected verdicts on the plans of 110 deliberate changes",
    minutes: 1,
    command: tsx("checks/plan-review/review-fixtures.ts"),
  },
  {
    name: "review",
    shows: "`make review` predicts what a deployment changes; a plan of a single stack does not",
    minutes: 20,
    command: tsx("checks/plan-review/proof.ts"),
  },
  {
    name: "stryker",
    shows: "unit tests detect at least 80 % of 420 mistakes that Stryker puts into our code",
    minutes: 90,
    command: tsx("checks/stryker/cli.ts"),
    packages: ["apps/backend", "localstack/control-plane", "localstack/load-balancers"],
  },
  {
    name: "upgrade",
    shows: "this checkout can be deployed over the commit before it: no request fails, no replacement is unannounced",
    minutes: 15,
    command: tsx("checks/resilience/upgrade-cli.ts"),
  },
];
