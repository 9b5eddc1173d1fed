import type { Outcome, Trigger } from "./graph";

export interface Scenario {
  readonly title: string;
  readonly by: "member" | "fork" | "dependabot";
  readonly event: Trigger["event"];
  /** What differs: from the target branch, or on main from the newest commit that passed. */
  readonly files: readonly string[];
  /** Environments that are switched on; none in a fresh clone. */
  readonly on: readonly string[];
  /** Jobs that do not simply succeed, and what `ready` and `apply` found. */
  readonly outcomes?: Readonly<Record<string, Outcome>>;
  /** Jobs that run, without `ci/`. */
  readonly runs: readonly string[];
  readonly gate: "success" | "failure";
  /** Roles that these jobs can become. */
  readonly roles: readonly string[];
  /** Environments of GitHub that get a deployment record, and those in which people are asked. */
  readonly deployments?: readonly string[];
  readonly asks?: readonly string[];
}

const both = ["staging", "prod"];
const fails: Outcome = { result: "failure" };
const [words, backend, frontend, gateway, stack, workflow, lockFile] = [
  ["docs/pipelines.md", "README.md"],
  ["apps/backend/src/app.ts"],
  ["apps/frontend/app/page.tsx"],
  ["nginx/nginx.conf"],
  ["stacks/network-stack.ts"],
  [".github/workflows/drift.yml"],
  ["package-lock.json"],
];

const service = (name: string) => ["images", "test"].map((job) => `${name}/service/${job}`);
const pushed = (name: string) => [...service(name), `${name}/service/push`];
const infraOfPullRequest = ["infra/change", "infra/check", "infra/emulator"];
const infraOfMain = ["infra/check", "infra/emulator", "infra/proof"];
const staging = ["deploy/staging/apply/apply", "deploy/staging/plan", "deploy/staging/record"];
const prod = ["deploy/give-way", "deploy/prod/apply/apply", "deploy/prod/apply/approve", "deploy/prod/plan"];
const always = ["changes", "gate"];
const result = ["deploy/result"];
const [stagingRoles, bothRoles] = [
  ["staging deploy", "staging plan"],
  ["prod deploy", "prod plan", "staging deploy", "staging plan"],
];

const pullRequest = { event: "pull_request", by: "member", on: both, gate: "success", roles: [] } as const;
const push = { event: "push", by: "member", on: both, gate: "success" } as const;
const ready = (value: string, changes = "2"): Outcome => ({ outputs: { ready: value, changes } });

export const scenarios: readonly Scenario[] = [
  { ...pullRequest, title: "words: nothing but the gate", files: words, runs: always },
  {
    ...pullRequest,
    title: "one app: its tests and images alone",
    files: backend,
    runs: [...always, ...service("backend")],
  },
  { ...pullRequest, title: "the other app", files: frontend, runs: [...always, ...service("frontend")] },
  {
    ...pullRequest,
    title: "the gateway: both services, and the infrastructure",
    files: gateway,
    runs: [
      ...always,
      ...service("backend"),
      ...service("frontend"),
      ...infraOfPullRequest,
      "infra/plan/plan",
      "infra/plan/plan",
    ],
    roles: ["prod plan", "staging plan"],
  },
  {
    ...pullRequest,
    title: "a stack: plans by a role that only reads, and no proof before the merge",
    files: stack,
    runs: [...always, ...infraOfPullRequest, "infra/plan/plan", "infra/plan/plan"],
    roles: ["prod plan", "staging plan"],
  },
  {
    ...pullRequest,
    title: "a stack while production is not switched on: one plan",
    files: stack,
    on: ["staging"],
    runs: [...always, ...infraOfPullRequest, "infra/plan/plan"],
    roles: ["staging plan"],
  },
  {
    ...pullRequest,
    title: "a stack in a fresh clone: green, and no plan",
    files: stack,
    on: [],
    runs: [...always, ...infraOfPullRequest],
  },
  {
    ...pullRequest,
    title: "a stack from a fork: no role",
    by: "fork",
    files: stack,
    runs: [...always, ...infraOfPullRequest],
  },
  {
    ...pullRequest,
    title: "a workflow that a fork altered: no role",
    by: "fork",
    files: workflow,
    runs: [...always, ...infraOfPullRequest],
  },
  {
    ...pullRequest,
    title: "packages from Dependabot: checked, and no role",
    by: "dependabot",
    files: lockFile,
    runs: [...always, ...service("backend"), ...service("frontend"), ...infraOfPullRequest],
  },
  {
    ...pullRequest,
    title: "an app whose tests fail: the gate is red, and not skipped",
    files: backend,
    outcomes: { "backend/service/test": fails },
    runs: [...always, ...service("backend")],
    gate: "failure",
  },
  {
    ...pullRequest,
    title: "what changed cannot be found: the gate is red",
    files: backend,
    outcomes: { changes: fails },
    runs: always,
    gate: "failure",
  },
  {
    ...pullRequest,
    title: "a check that was cancelled: the gate is red",
    files: stack,
    on: [],
    outcomes: { "infra/emulator": { result: "cancelled" } },
    runs: [...always, ...infraOfPullRequest],
    gate: "failure",
  },
  {
    ...pullRequest,
    title: "a merge queue: with the proof, without plans, and nothing is pushed",
    event: "merge_group",
    files: [...stack, ...backend],
    runs: [...always, ...service("backend"), ...infraOfMain],
  },
  { ...push, title: "words on main: no deployment", files: words, runs: always, roles: [] },
  {
    ...push,
    title: "a fresh clone: green, nothing pushed",
    on: [],
    files: backend,
    runs: [...always, ...service("backend"), ...result],
    roles: [],
  },
  {
    ...push,
    title: "an app on main: pushed, deployed to staging, production waits for people",
    files: backend,
    runs: [...always, ...pushed("backend"), ...staging, ...prod, ...result],
    roles: bothRoles,
    deployments: ["prod", "staging"],
    asks: ["prod-approval"],
  },
  {
    ...push,
    title: "an app on main while production is not switched on",
    on: ["staging"],
    files: backend,
    runs: [...always, ...pushed("backend"), ...staging, ...result],
    roles: stagingRoles,
    deployments: ["staging"],
  },
  {
    ...push,
    title: "a stack on main: proved, then deployed",
    files: stack,
    runs: [...always, ...infraOfMain, ...staging, ...prod, ...result],
    roles: bothRoles,
    deployments: ["prod", "staging"],
    asks: ["prod-approval"],
  },
  {
    ...push,
    title: "a stack on main whose proof fails: nothing is deployed",
    files: stack,
    outcomes: { "infra/proof": fails },
    runs: [...always, ...infraOfMain],
    gate: "failure",
    roles: [],
  },
  {
    ...push,
    title: "words after a stack that failed: the stack is checked again before it is deployed",
    files: [...words, ...stack],
    outcomes: { "infra/check": fails },
    runs: [...always, ...infraOfMain],
    gate: "failure",
    roles: [],
  },
  {
    ...push,
    title: "a push that fails: the gate is red, nothing is deployed",
    files: backend,
    outcomes: { "backend/service/push": fails },
    runs: [...always, ...pushed("backend")],
    gate: "failure",
    roles: ["staging deploy"],
  },
  {
    ...push,
    title: "staging gives way to a newer commit that passed: production is not asked, the run is green",
    files: stack,
    outcomes: { "deploy/staging/plan": ready("false") },
    runs: [...always, ...infraOfMain, "deploy/staging/plan", ...result],
    roles: ["staging plan"],
  },
  {
    ...push,
    title: "nothing to change in staging: no deployment record, and production still gets its images",
    files: backend,
    outcomes: { "deploy/staging/plan": ready("true", "0") },
    runs: [...always, ...pushed("backend"), "deploy/staging/plan", "deploy/staging/record", ...prod, ...result],
    roles: bothRoles,
    deployments: ["prod"],
    asks: ["prod-approval"],
  },
  {
    ...push,
    title: "production has no reviewers: it is left alone, the run is green",
    files: stack,
    outcomes: { "deploy/prod/plan": ready("false") },
    runs: [...always, ...infraOfMain, ...staging, "deploy/give-way", "deploy/prod/plan", ...result],
    roles: ["prod plan", "staging deploy", "staging plan"],
    deployments: ["staging"],
  },
  {
    ...push,
    title: "nothing to change in production: nobody is asked",
    files: stack,
    outcomes: { "deploy/prod/plan": ready("true", "0") },
    runs: [...always, ...infraOfMain, ...staging, "deploy/give-way", "deploy/prod/plan", ...result],
    roles: ["prod plan", "staging deploy", "staging plan"],
    deployments: ["staging"],
  },
  {
    ...push,
    title: "an approval that gave way to a newer run: nothing is applied, the result still says so",
    files: stack,
    outcomes: { "deploy/prod/apply/approve": { result: "cancelled" } },
    runs: [
      ...always,
      ...infraOfMain,
      ...staging,
      "deploy/give-way",
      "deploy/prod/apply/approve",
      "deploy/prod/plan",
      ...result,
    ],
    roles: ["prod plan", "staging deploy", "staging plan"],
    deployments: ["staging"],
    asks: ["prod-approval"],
  },
  {
    ...push,
    title: "an approval that people refused: nothing is applied",
    files: stack,
    outcomes: { "deploy/prod/apply/approve": fails },
    runs: [
      ...always,
      ...infraOfMain,
      ...staging,
      "deploy/give-way",
      "deploy/prod/apply/approve",
      "deploy/prod/plan",
      ...result,
    ],
    roles: ["prod plan", "staging deploy", "staging plan"],
    deployments: ["staging"],
    asks: ["prod-approval"],
  },
  {
    ...push,
    title: "a network whose change reaches later stacks: asked again in the same run",
    files: stack,
    outcomes: { "deploy/prod/apply/apply": { outputs: { rest: "seen-prod-rest" } } },
    runs: [
      ...[...always, ...infraOfMain, ...staging, ...prod],
      ...["deploy/prod/rest/apply", "deploy/prod/rest/approve", ...result],
    ],
    roles: bothRoles,
    deployments: ["prod", "prod", "staging"],
    asks: ["prod-approval", "prod-approval"],
  },
  {
    ...push,
    title: "staging that fails: production is not touched",
    files: stack,
    outcomes: { "deploy/staging/apply/apply": fails },
    runs: [...always, ...infraOfMain, "deploy/staging/apply/apply", "deploy/staging/plan", ...result],
    roles: stagingRoles,
    deployments: ["staging"],
  },
  {
    ...push,
    title: "by hand on main: everything, whatever changed",
    event: "workflow_dispatch",
    files: [...stack, ...backend, ...frontend],
    runs: [...always, ...pushed("backend"), ...pushed("frontend"), ...infraOfMain, ...staging, ...prod, ...result],
    roles: bothRoles,
    deployments: ["prod", "staging"],
    asks: ["prod-approval"],
  },
];
