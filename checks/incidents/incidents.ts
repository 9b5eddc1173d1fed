import { before, type DesignedIncident } from "./incident";
import { type Effect, type ServiceName, serviceNames } from "./world";

/** For some minutes after the two normal hours. */
const during = (service: ServiceName, minutes: number, change: Effect["change"]): Effect => ({
  service,
  from: before,
  to: before + minutes,
  change,
});

/** What can happen to either service in the same way. */
function ofEither(service: ServiceName): DesignedIncident[] {
  const about = (name: string, title: string, more: Omit<DesignedIncident, "name" | "title">): DesignedIncident => ({
    name: `${service}-${name}`,
    title: `${service}: ${title}`,
    ...more,
  });
  const rings = (all: Record<string, number>) =>
    Object.fromEntries(Object.entries(all).map(([alarm, minutes]) => [`${service}-${alarm}`, minutes]));
  return [
    about("down", "no task runs for 20 minutes", {
      culprit: service,
      minutes: before + 60,
      effects: [
        during(service, 20, {
          ...{ unanswered: 1, healthy: 0, running: 0, targetsReported: false, logging: false },
        }),
      ],
      rings: {
        ...rings({ down: 6, "few-targets": 14, "tasks-missing": 18 }),
        ...(service === "backend" && { "frontend-upstream": 10 }),
      },
      quiet: true,
    }),
    about("crash-loop", "its tasks crash and start again, over and over", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 30, { unanswered: 0.6, healthy: 1, running: 1, unhealthy: 1, crashes: 2 })],
      rings: rings({ "errors-now": 4, crashes: 4, "unhealthy-targets": 18 }),
    }),
    about("one-crash", "a container ends once, and its task is replaced", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 1, { crashes: 1 })],
      rings: {},
      quiet: true,
    }),
    about("over", "it recovers from an outage; what fails afterwards is within its budget", {
      culprit: service,
      minutes: before + 120,
      effects: [
        during(service, 20, { failing: 0.5 }),
        { service, from: before + 20, to: before + 120, change: { failing: 0.002 } },
      ],
      rings: rings({ "errors-now": 4 }),
      overWithin: 40,
    }),
    about("slow", "most requests take 3 s", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 30, { slow: 0.6, slowSeconds: 3 })],
      rings: rings({ "latency-now": 4 }),
    }),
    about("erroring", "it answers 500 to half of the requests", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 20, { failing: 0.5 })],
      rings: rings({ "errors-now": 4 }),
    }),
    about("leaking", "it fills its memory in two hours, and is replaced before it hurts", {
      culprit: null,
      minutes: before + 180,
      effects: [during(service, 150, { memory: [45, 85], memoryOfWorst: [50, 97] })],
      rings: rings({ memory: 138 }),
    }),
    about("cpu-bound", "its processor is full, and a quarter of the requests waits", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 30, { cpu: 98, slow: 0.25, slowSeconds: 2.5, slowness: 3 })],
      rings: rings({ cpu: 18, "latency-now": 4 }),
    }),
    about("cpu-full-but-fast", "its processor is full for half an hour and nobody waits", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 30, { cpu: 96 })],
      rings: rings({ cpu: 18 }),
    }),
    about("bad-release", "a release fails on a third of the requests for 9 minutes, then ECS rolls it back", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 9, { failing: 0.33 })],
      rings: rings({ "errors-now": 4 }),
    }),
    about("partial-20", "one request in five fails for half an hour", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 30, { failing: 0.2 })],
      rings: rings({ "errors-now": 4 }),
    }),
    about("partial-5", "one request in twenty fails for an hour", {
      culprit: service,
      minutes: before + 90,
      effects: [during(service, 60, { failing: 0.05 })],
      rings: rings({ "errors-fast-long": 24, "errors-fast-short": 8 }),
    }),
    about("partial-1", "one request in a hundred fails, all day", {
      culprit: service,
      minutes: before + 480,
      effects: [during(service, 480, { failing: 0.0125 })],
      rings: rings({ "errors-slow-long": 260, "errors-slow-short": 40 }),
    }),
    about("brown-out", "it fails for everybody for four minutes and recovers", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 4, { failing: 0.9 })],
      rings: rings({ "errors-now": 4 }),
    }),
    about("blip", "one minute of errors, over before anybody could act", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 1, { failing: 0.3 })],
      rings: {},
    }),
    about("budget-drips-away", "two requests in a thousand fail, for four days", {
      culprit: null,
      minutes: 4 * 1440,
      effects: [{ service, from: 0, to: 4 * 1440, change: { failing: 0.002 } }],
      rings: rings({ "error-budget": 3 * 1440 + 90 }),
    }),
    about("slowly-slower", "three requests in two hundred take 2 s, for four days", {
      culprit: null,
      minutes: 4 * 1440,
      effects: [{ service, from: 0, to: 4 * 1440, change: { slow: 0.015, slowSeconds: 2 } }],
      rings: rings({ "latency-budget": 3 * 1440 + 90 }),
    }),
    about("stuck-target", "one of its tasks fails the health check and is not replaced", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 40, { healthy: 1, unhealthy: 1 })],
      rings: rings({ "few-targets": 13, "unhealthy-targets": 18 }),
    }),
    about("zone-blind", "the load balancer's node of one zone loses sight of a task", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 25, { healthyInWorstZone: 1 })],
      rings: rings({ "few-targets": 13 }),
      quiet: true,
    }),
    about("zone-lost", "a zone is lost: one task serves all for 15 minutes, its zone sees nobody", {
      culprit: service,
      minutes: before + 60,
      effects: [during(service, 15, { healthy: 1, healthyInWorstZone: 0, running: 1, unanswered: 0.3 })],
      rings: rings({ "errors-now": 4, down: 4 }),
    }),
    about("silent", "it works, and nothing is written any more", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 45, { logging: false })],
      rings: rings({ silent: 20 }),
    }),
    about("unreported", "ECS stops reporting its tasks", {
      culprit: null,
      minutes: before + 60,
      effects: [during(service, 45, { reporting: false })],
      rings: rings({ "tasks-missing": 20 }),
      quiet: true,
    }),
    about("turned-away", "its load balancer rejects connections", {
      culprit: service,
      minutes: before + 30,
      effects: [during(service, 10, { rejected: 40 })],
      rings: rings({ rejected: 4 }),
    }),
  ];
}

const ofTheSystem: readonly DesignedIncident[] = [
  {
    name: "night-without-anybody",
    title: "Nobody asks for anything for four hours, as in staging on a Sunday",
    culprit: null,
    minutes: before + 240,
    effects: [during("frontend", 240, { traffic: 0 })],
    rings: {},
    quiet: true,
  },
  {
    name: "few-requests-one-fails",
    title: "One request in a minute, and now and then one of them fails",
    culprit: null,
    minutes: before + 240,
    effects: [during("frontend", 240, { traffic: 0.004, failing: 0.01 })],
    rings: {},
    quiet: true,
  },
  {
    name: "long-weekend",
    title: "Nobody asks for anything for four days",
    culprit: null,
    minutes: 4 * 1440,
    effects: [{ service: "frontend", from: 0, to: 4 * 1440, change: { traffic: 0 } }],
    rings: {},
    quiet: true,
  },
  {
    name: "spike-too-high",
    title: "Twelve times the usual traffic: a third of it is not answered until tasks are added",
    culprit: "frontend",
    minutes: before + 60,
    effects: [
      during("frontend", 8, { traffic: 12, unanswered: 0.35, cpu: 99, slowness: 6 }),
      {
        service: "frontend",
        from: before + 8,
        to: before + 40,
        change: { traffic: 12, cpu: 60, desired: 10, running: 10, healthy: 10, healthyInWorstZone: 10 },
      },
    ],
    rings: { "frontend-errors-now": 4 },
  },
  {
    name: "upstream-flaky",
    title: "The frontend does not reach its backend for three requests in a hundred",
    culprit: "frontend",
    minutes: before + 120,
    effects: [during("frontend", 90, { unreached: 0.03 })],
    rings: { "frontend-upstream": 15, "frontend-errors-fast-long": 45 },
  },
  {
    name: "internal-name-lost",
    title:
      "The name of the internal load balancer leads nowhere: pages come without numbers, and the backend hears nothing",
    culprit: "frontend",
    minutes: before + 60,
    effects: [during("frontend", 30, { unreached: 0.6 }), during("backend", 30, { traffic: 0 })],
    rings: { "frontend-errors-now": 4, "frontend-upstream": 10 },
  },
  {
    name: "backend-refuses",
    title: "The backend answers the frontend with 4xx, which is no error of its own: pages come without numbers",
    culprit: "frontend",
    minutes: before + 60,
    effects: [during("backend", 30, { refusing: 1 })],
    rings: { "frontend-errors-now": 4, "frontend-upstream": 10 },
  },
  {
    name: "backend-hangs",
    title: "The backend accepts requests and never answers, and passes its health checks",
    culprit: "backend",
    minutes: before + 60,
    effects: [during("backend", 30, { hanging: 1 })],
    rings: { "backend-errors-now": 4, "frontend-upstream": 10 },
  },
  {
    name: "nat-exhausted",
    title: "A NAT gateway has no port left; nothing that users need goes through it",
    culprit: null,
    minutes: before + 60,
    effects: [],
    shared: [{ from: before, to: before + 30, natPortErrors: 25 }],
    rings: { "nat-ports-us-east-1a": 12 },
  },
  {
    name: "mail-refused",
    title: "Mails of alarms are refused, and end in the queue of the undelivered",
    culprit: null,
    minutes: before + 60,
    effects: [],
    shared: [{ from: before, to: before + 20, failedNotifications: 1, undelivered: 2 }],
    rings: { "page-mail-fails": 4, "ticket-mail-fails": 4, undelivered: 4 },
  },
  {
    name: "deployment-rolls",
    title: "A deployment replaces both services' tasks, as it should",
    culprit: null,
    minutes: before + 60,
    effects: serviceNames.map((service) =>
      during(service, 6, { running: 3, healthy: 2, unhealthy: 1, cpu: 60, slowness: 1.5 }),
    ),
    rings: {},
  },
  {
    name: "backend-down-after-hours",
    title: "The backend is down at night, when hardly anybody asks",
    culprit: "backend",
    minutes: before + 60,
    beginsAt: 2 * 60,
    effects: [during("backend", 30, { unanswered: 1, healthy: 0, running: 0, targetsReported: true, logging: false })],
    rings: { "backend-down": 4 },
  },
];

/** Those with which the alarms were built. */
export const known: readonly DesignedIncident[] = [...serviceNames.flatMap(ofEither), ...ofTheSystem];
