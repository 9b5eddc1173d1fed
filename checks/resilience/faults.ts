import type { Edit } from "../../ops/shell/copy";

/** The stacks broken on purpose, in one way, and the drill that must notice. */
export interface Fault {
  readonly id: string;
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly drill: string;
  /** What the drill must say: otherwise it failed for another reason. */
  readonly says: RegExp;
  /** What it leaves, no deploy can put right: the next one needs an emulator of its own. */
  readonly spoils?: true;
}

const service = "stacks/constructs/fargate-service.ts";
const targets = "stacks/constructs/service-targets.ts";
const scalingPolicies = "stacks/constructs/service-scaling.ts";
const observability = "stacks/observability-stack.ts";
const compute = "stacks/compute-stack.ts";

export const faults: readonly Fault[] = [
  {
    id: "breaker-off",
    title: "the circuit breaker is off",
    edits: [
      {
        file: service,
        from: "deploymentCircuitBreaker: { enable: true, rollback: true }",
        to: "deploymentCircuitBreaker: { enable: false, rollback: false }",
      },
    ],
    drill: "rollback-crash",
    says: /the deploy had not ended/,
  },
  {
    id: "breaker-without-rollback",
    title: "the circuit breaker calls a deployment off, and does not roll back",
    edits: [
      {
        file: service,
        from: "deploymentCircuitBreaker: { enable: true, rollback: true }",
        to: "deploymentCircuitBreaker: { enable: true, rollback: false }",
      },
    ],
    drill: "rollback-unhealthy",
    says: /it runs \S+, not /,
  },
  {
    id: "deployment-alarms-off",
    title: "no alarm calls a deployment off",
    edits: [
      {
        file: service,
        from: "alarmNames: deploymentAlarms.names, enable: true",
        to: "alarmNames: deploymentAlarms.names, enable: false",
      },
    ],
    drill: "rollback-errors",
    says: /the deploy said that all was well/,
  },
  {
    id: "abrupt-stop",
    title: "no deregistration delay, and an app that ignores SIGTERM",
    edits: [
      {
        file: targets,
        from: "deregistrationDelay: String(timeouts.deregistrationDelaySeconds)",
        to: 'deregistrationDelay: "0"',
      },
      {
        file: "apps/backend/src/server.ts",
        from: 'process.once("SIGTERM", stop)',
        to: 'process.on("SIGTERM", () => {})',
      },
    ],
    drill: "rolling",
    says: /[1-9]\d* of \d+ requests failed/,
  },
  {
    id: "stop-before-start",
    title: "old tasks stop before new ones run",
    edits: [
      {
        file: service,
        from: "deploymentMinimumHealthyPercent: 100",
        to: "deploymentMinimumHealthyPercent: 0",
      },
      { file: service, from: "deploymentMaximumPercent: 200", to: "deploymentMaximumPercent: 100" },
    ],
    drill: "rolling",
    says: /[1-9]\d* of \d+ requests failed/,
  },
  {
    id: "health-path-wrong",
    title: "targets are asked for their health where nothing answers",
    edits: [{ file: targets, from: "path: healthPath", to: 'path: "/nowhere"' }],
    drill: "rolling",
    says: /is steady/,
  },
  {
    id: "no-scaling-policy",
    title: "no scaling policy",
    edits: [
      {
        file: scalingPolicies,
        from: 'new AppautoscalingPolicy(this, "cpu", policy("ECSServiceAverageCPUUtilization", cpuPercent));',
        to: "",
      },
      { file: scalingPolicies, from: "if (requests) {", to: "if (requests && cpuPercent === 0) {" },
    ],
    drill: "scaling",
    says: /more tasks are wanted/,
  },
  {
    id: "no-room-to-scale",
    title: "as many tasks at most as at least",
    edits: [{ file: scalingPolicies, from: "maxCapacity: tasks.maximum", to: "maxCapacity: tasks.minimum" }],
    drill: "scaling",
    says: /more tasks are wanted/,
  },
  {
    id: "no-alarm-action",
    title: "the page tells nobody",
    edits: [{ file: observability, from: "alarmActions: [this.delivery.topicArns.page]", to: "alarmActions: []" }],
    drill: "alarm",
    says: /rings/,
  },
  {
    id: "wrong-topic",
    title: "the page goes to the topic of tickets",
    edits: [
      {
        file: observability,
        from: "alarmActions: [this.delivery.topicArns.page]",
        to: "alarmActions: [this.delivery.topicArns.ticket]",
      },
    ],
    drill: "alarm",
    says: /rings/,
  },
  {
    id: "wrong-route",
    title: "the rule of the public load balancer has a typing error",
    edits: [{ file: compute, from: 'values: ["/*"]', to: 'values: ["/*/"]' }],
    drill: "routes",
    says: /public \/ \d+/,
  },
  {
    id: "wrong-private-name",
    title: "the backend has another private name than the one it is called by",
    edits: [{ file: compute, from: 'type: "A",', to: 'type: "A",\n...{ name: "wrong." + zone.name },' }],
    drill: "routes",
    says: /internal \/api\/health|public \/api\/assets 50\d/,
  },
  {
    id: "app-not-essential",
    title: "a task lives on when its app has died",
    edits: [
      { file: "stacks/constructs/container-definition.ts", from: "essential: true", to: 'essential: name !== "app"' },
    ],
    drill: "lost-task",
    says: /Task failed (ELB|container) health checks/,
  },
  {
    id: "deep-health-check",
    title: "targets of the frontend count as unhealthy when the backend is",
    edits: [
      { file: targets, from: "path: healthPath", to: 'path: healthPath === "/healthz" ? "/api/health" : healthPath' },
    ],
    drill: "lost-backend",
    says: /\d+ answered 50\d and did not say so/,
  },
  {
    id: "never-the-same",
    title: "a tag is the time of day",
    edits: [
      {
        file: service,
        from: "retentionInDays: environment.logRetentionDays,",
        to: "retentionInDays: environment.logRetentionDays,\n      tags: { At: Fn.timestamp() },",
      },
      {
        file: service,
        from: 'import { Construct } from "constructs";',
        to: 'import { Fn } from "cdktf";\nimport { Construct } from "constructs";',
      },
    ],
    drill: "second-plan",
    says: /staging-compute: Plan: 0 to add, \d+ to change/,
  },
  {
    id: "logs-stay",
    title: "log groups outlive a destroy",
    edits: [
      {
        file: service,
        from: "retentionInDays: environment.logRetentionDays,",
        to: "retentionInDays: environment.logRetentionDays,\n      skipDestroy: true,",
      },
    ],
    drill: "destroy",
    says: /left: .*log-group/,
    spoils: true,
  },
  {
    id: "recover-does-nothing",
    title: "make recover does nothing, and says that all is well",
    edits: [
      {
        file: "ops/recover/cli.ts",
        from: "if (!(await recover(findEnvironment(environment), options))) process.exitCode = 1;",
        to: "",
      },
    ],
    drill: "kill",
    says: /[1-9]\d* not recovered.*lock/,
    spoils: true,
  },
];
