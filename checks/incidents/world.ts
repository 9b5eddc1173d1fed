import type { Point, SeriesDescription } from "../../packages/alarm-lab/series";
import { services } from "../../stacks/services";
import { type Condition, usual } from "./condition";
import { Random } from "./random";

const [frontend, backend] = services;

export const serviceNames = ["frontend", "backend"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Something that is different for some minutes. A number may be given for the first and the last minute: then it moves from one to the other. */
export interface Effect {
  readonly service: ServiceName;
  readonly from: number;
  readonly to: number;
  readonly change: { readonly [Key in keyof Condition]?: Condition[Key] | readonly [number, number] };
}

export interface SharedEffect {
  readonly from: number;
  readonly to: number;
  readonly natPortErrors?: number;
  readonly failedNotifications?: number;
  readonly undelivered?: number;
}

export interface Scenario {
  readonly minutes: number;
  /** Minute of the day at which it begins: traffic has a daily cycle. */
  readonly beginsAt: number;
  readonly effects: readonly Effect[];
  readonly shared?: readonly SharedEffect[];
  readonly seed: number;
}

/** Requests a minute at the busiest time of a day; at night there is a tenth. */
const busiest = 400;
/** What a page asks of the backend, in requests for one request to the frontend. */
const callsPerRequest = 0.5;
/** A page, or an answer of the API, without its backend: so many of the frontend's requests need it. */
const needingBackend = 0.6;
/** After which its gateway gives up on its app; callers wait for longer, so it is their answer. */
const answerSeconds: Readonly<Record<ServiceName, number>> = {
  frontend: frontend.answerSeconds,
  backend: backend.answerSeconds,
};
const medianSeconds: Readonly<Record<ServiceName, number>> = { frontend: 0.08, backend: 0.025 };

/** What happened to the requests of a service in a minute. */
export interface Served {
  /** Answered by its tasks; of them failed, of them because it did not reach what it calls. */
  readonly requests: number;
  readonly failed: number;
  readonly unreached: number;
  /** Answered by its load balancer: 503 for want of a task, otherwise 502 or 504 for one that gave no answer. */
  readonly unanswered: number;
  readonly unrouted: number;
  /** Response times in seconds with how many requests each stands for; empty when none was answered. */
  readonly times: { readonly values: readonly number[]; readonly counts: readonly number[] };
}

export interface World {
  readonly served: Readonly<Record<ServiceName, readonly Served[]>>;
  readonly series: readonly SeriesDescription[];
}

/** Plays a scenario: the metrics that CloudWatch would have of it, by the minute. The same seed gives the same world. */
export function play(scenario: Scenario): World {
  const random = new Random(scenario.seed);
  const served: Record<ServiceName, Served[]> = { frontend: [], backend: [] };
  const conditions: Record<ServiceName, Condition[]> = { frontend: [], backend: [] };
  for (let minute = 0; minute < scenario.minutes; minute++) {
    const backend = conditionAt(scenario, "backend", minute);
    const frontend = conditionAt(scenario, "frontend", minute);
    const arriving = random.poisson(usualRequests(scenario.beginsAt + minute) * frontend.traffic);
    const calls = random.poisson(arriving * callsPerRequest * backend.traffic);
    conditions.frontend.push(frontend);
    conditions.backend.push(backend);
    served.backend.push(serve("backend", backend, calls, random));
    served.frontend.push(serve("frontend", suffering(frontend, backend), arriving, random));
  }
  const series = serviceNames.flatMap((name) => seriesOf(name, conditions[name], served[name], random));
  return { served, series: [...series, ...sharedSeries(scenario)] };
}

function usualRequests(minuteOfDay: number): number {
  const phase = ((minuteOfDay % 1440) / 1440) * 2 * Math.PI;
  return busiest * (0.55 - 0.45 * Math.cos(phase));
}

function conditionAt({ effects }: Scenario, service: ServiceName, minute: number): Condition {
  const changes = effects
    .filter((effect) => effect.service === service && minute >= effect.from && minute < effect.to)
    .map(({ change, from, to }) => {
      const share = (minute - from) / Math.max(to - from - 1, 1);
      return Object.fromEntries(
        Object.entries(change).map(([key, value]) => [
          key,
          Array.isArray(value) ? value[0] + (value[1] - value[0]) * share : value,
        ]),
      );
    });
  const condition: Condition = Object.assign({}, usual, ...changes);
  const { slow, slowSeconds, hanging } = condition;
  // Whoever says nothing of the zones means all of them.
  return {
    ...condition,
    // Its gateway waits for no answer that long.
    ...(slowSeconds > answerSeconds[service] && { slow: 0, hanging: 1 - (1 - hanging) * (1 - slow) }),
    healthyInWorstZone: Math.min(condition.healthyInWorstZone, condition.healthy),
    cpuOfWorst: Math.max(condition.cpuOfWorst, condition.cpu),
    memoryOfWorst: Math.max(condition.memoryOfWorst, condition.memory),
  };
}

/** The frontend with what its backend does to it: whatever it cannot use, its pages answer with 503. */
function suffering(frontend: Condition, backend: Condition): Condition {
  const usable = (1 - backend.failing) * (1 - backend.unanswered) * (1 - backend.hanging) * (1 - backend.refusing);
  return {
    ...frontend,
    unreached: 1 - (1 - frontend.unreached) * (1 - (1 - usable) * needingBackend),
    slow: 1 - (1 - frontend.slow) * (1 - backend.slow * needingBackend),
    slowness: Math.max(frontend.slowness, 1 + (backend.slowness - 1) * needingBackend),
  };
}

function serve(name: ServiceName, condition: Condition, arriving: number, random: Random): Served {
  const unanswered = random.binomial(arriving, condition.unanswered);
  const requests = arriving - unanswered;
  const unreached = random.binomial(requests, condition.unreached);
  const hanging = random.binomial(requests - unreached, condition.hanging);
  const failed = unreached + hanging + random.binomial(requests - unreached - hanging, condition.failing);
  const slow = random.binomial(requests - hanging, condition.slow);
  const fast = requests - hanging - slow;
  // Response times of a log-normal, at the middles of eight equal parts.
  const parts = [-1.53, -0.89, -0.49, -0.16, 0.16, 0.49, 0.89, 1.53];
  const usualTimes = parts.map((z) => medianSeconds[name] * condition.slowness * Math.exp(0.6 * z));
  const each = Math.floor(fast / parts.length);
  const counts = parts.map((_, index) => (index === 0 ? fast - each * (parts.length - 1) : each));
  return {
    ...{ requests, failed, unreached, unanswered },
    unrouted: condition.healthy === 0 ? unanswered : 0,
    times: { values: [...usualTimes, condition.slowSeconds, answerSeconds[name]], counts: [...counts, slow, hanging] },
  };
}

function seriesOf(
  name: ServiceName,
  conditions: readonly Condition[],
  served: readonly Served[],
  random: Random,
): SeriesDescription[] {
  const balancer = name === "frontend" ? "public" : "internal";
  const targets = { TargetGroup: `*${name}-service*`, LoadBalancer: `*aws_lb.${balancer}*` };
  const ofBalancer = { LoadBalancer: `*aws_lb.${balancer}*` };
  const ofService = { ClusterName: "*", ServiceName: name };
  const elb = "AWS/ApplicationELB";
  const insights = "ECS/ContainerInsights";
  const own = "portfolio-dashboard-*/services";
  const each = (
    namespace: string,
    metric: string,
    dimensions: Record<string, string>,
    point: (condition: Condition, served: Served) => Point,
  ): SeriesDescription => ({
    ...{ namespace, dimensions, name: metric },
    points: conditions.map((condition, minute) => point(condition, served[minute] as Served)),
  });
  /** Each request is a sample of 1, and there is none without a request. */
  const counted = (count: number): Point => (count === 0 ? null : { values: [1], counts: [count] });
  const twoTasks = (all: number, worst: number): Point => ({
    values: [Math.max(2 * all - worst, 0), worst],
    counts: [1, 1],
  });
  const reported = ({ reporting, running }: Condition) => reporting && running > 0;
  const noise = () => 1 + random.normal() * 0.02;
  return [
    // Only what found a task is a request to its target group.
    each(elb, "RequestCount", targets, (_, { requests, unanswered, unrouted }) =>
      counted(requests + unanswered - unrouted),
    ),
    each(elb, "HTTPCode_Target_5XX_Count", targets, (_, { failed }) => counted(failed)),
    each(elb, "HTTPCode_ELB_5XX_Count", ofBalancer, (_, { unanswered }) => counted(unanswered)),
    each(elb, "HTTPCode_ELB_503_Count", ofBalancer, (_, { unrouted }) => counted(unrouted)),
    each(elb, "RejectedConnectionCount", ofBalancer, ({ rejected }) => counted(rejected)),
    each(elb, "TargetResponseTime", targets, (_, { times, requests }) => (requests === 0 ? null : times)),
    // The load balancer's nodes, one in each zone, each say how many they see.
    each(elb, "HealthyHostCount", targets, ({ healthy, healthyInWorstZone, targetsReported }) =>
      targetsReported ? { values: [healthy, healthyInWorstZone], counts: [1, 1] } : null,
    ),
    each(elb, "UnHealthyHostCount", targets, ({ unhealthy, targetsReported }) =>
      targetsReported ? { values: [unhealthy, 0], counts: [1, 1] } : null,
    ),
    each("AWS/ECS", "CPUUtilization", ofService, (condition) =>
      reported(condition) ? twoTasks(condition.cpu * noise(), condition.cpuOfWorst) : null,
    ),
    each("AWS/ECS", "MemoryUtilization", ofService, (condition) =>
      reported(condition) ? twoTasks(condition.memory, condition.memoryOfWorst) : null,
    ),
    each(insights, "RunningTaskCount", ofService, (condition) => (condition.reporting ? condition.running : null)),
    each(insights, "DesiredTaskCount", ofService, (condition) => (condition.reporting ? condition.desired : null)),
    each("AWS/Logs", "IncomingLogEvents", { LogGroupName: `*/${name}` }, ({ logging }, { requests }) =>
      logging ? counted(requests) : null,
    ),
    each(own, `${name}-failures`, {}, (_, { failed }) => counted(failed)),
    each(own, `${name}-slow`, {}, (_, { times }) => counted(slowerThan(1, times))),
    each(own, `${name}-upstream-failures`, {}, (_, { unreached }) => counted(unreached)),
    each(own, `${name}-crashes`, {}, ({ crashes }) => counted(crashes)),
  ];
}

function slowerThan(seconds: number, { values, counts }: Served["times"]): number {
  return values.reduce((total, value, index) => total + (value > seconds ? (counts[index] ?? 0) : 0), 0);
}

function sharedSeries({ minutes, shared = [] }: Scenario): SeriesDescription[] {
  const value = (minute: number, key: "natPortErrors" | "failedNotifications" | "undelivered") =>
    shared.find(({ from, to, [key]: given }) => given !== undefined && minute >= from && minute < to)?.[key] ?? 0;
  const all = (point: (minute: number) => Point): Point[] =>
    Array.from({ length: minutes }, (_, minute) => point(minute));
  return [
    {
      namespace: "AWS/NATGateway",
      name: "ErrorPortAllocation",
      dimensions: { NatGatewayId: "*" },
      points: all((minute) => value(minute, "natPortErrors")),
    },
    {
      namespace: "AWS/SNS",
      name: "NumberOfNotificationsFailed",
      dimensions: { TopicName: "*" },
      points: all((minute) => value(minute, "failedNotifications") || null),
    },
    {
      namespace: "AWS/SQS",
      name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "*" },
      // An idle queue stops reporting.
      points: all((minute) => value(minute, "undelivered") || null),
    },
  ];
}
