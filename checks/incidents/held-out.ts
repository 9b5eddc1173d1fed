import { before, type DesignedIncident } from "./incident";

/**
 * Written before any alarm was run against an incident, and not run until the alarms were frozen: the commit that adds the result of
 * these says so.
 */
export const heldOut: readonly DesignedIncident[] = [
  {
    name: "frontend-out-of-memory",
    title: "The frontend leaks memory until both tasks are killed, one after the other, for a quarter of an hour",
    culprit: "frontend",
    minutes: before + 120,
    effects: [
      { service: "frontend", from: before, to: before + 60, change: { memory: [45, 92], memoryOfWorst: [50, 99] } },
      {
        service: "frontend",
        from: before + 60,
        to: before + 75,
        change: { healthy: 0, running: 1, unhealthy: 1, unanswered: 0.7, crashes: 1, memory: 40, memoryOfWorst: 60 },
      },
    ],
    rings: { "frontend-memory": 65 },
  },
  {
    name: "backend-lock",
    title: "A lock in the backend: every answer would take 6 s, longer than its gateway waits",
    culprit: "backend",
    minutes: before + 60,
    effects: [{ service: "backend", from: before, to: before + 30, change: { slow: 0.97, slowSeconds: 6, cpu: 12 } }],
    rings: { "backend-latency-now": 4 },
  },
  {
    name: "internal-balancer-without-targets",
    title: "All targets of the backend are deregistered by mistake; its load balancer answers 503 in their place",
    culprit: "backend",
    minutes: before + 60,
    effects: [
      {
        service: "backend",
        from: before,
        to: before + 25,
        change: { unanswered: 1, healthy: 0, targetsReported: false, logging: false },
      },
    ],
    rings: { "backend-down": 6 },
  },
  {
    name: "frontend-bad-template",
    title: "A release of the frontend fails on one page in eight, and stays",
    culprit: "frontend",
    minutes: before + 90,
    effects: [{ service: "frontend", from: before, to: before + 60, change: { failing: 0.125 } }],
    rings: { "frontend-errors-now": 6 },
  },
  {
    name: "backend-three-percent",
    title: "Three in a hundred answers of the backend are errors, all afternoon",
    culprit: "backend",
    minutes: before + 240,
    effects: [{ service: "backend", from: before, to: before + 240, change: { failing: 0.03 } }],
    rings: { "backend-errors-fast-long": 45 },
  },
  {
    name: "spike-absorbed",
    title: "Five times the usual traffic for half an hour, absorbed by the autoscaler",
    culprit: null,
    minutes: before + 60,
    effects: [
      { service: "frontend", from: before, to: before + 5, change: { traffic: 5, cpu: 85, slowness: 2 } },
      {
        service: "frontend",
        from: before + 5,
        to: before + 30,
        change: { traffic: 5, cpu: 55, slowness: 1.3, desired: 6, running: 6, healthy: 6, healthyInWorstZone: 6 },
      },
    ],
    rings: {},
  },
  {
    name: "one-task-lost-at-night",
    title: "A task of the backend is stopped at night and replaced within four minutes; nobody notices",
    culprit: null,
    minutes: before + 60,
    beginsAt: 3 * 60,
    effects: [
      { service: "backend", from: before, to: before + 4, change: { running: 1, healthy: 1, healthyInWorstZone: 1 } },
    ],
    rings: {},
  },
  {
    name: "frontend-logs-lost",
    title: "The frontend works and its log lines are lost",
    culprit: null,
    minutes: before + 60,
    effects: [{ service: "frontend", from: before, to: before + 45, change: { logging: false } }],
    rings: { "frontend-silent": 20 },
  },
  {
    name: "backend-cannot-start",
    title: "ECS cannot place the backend's second task for an hour; the first one serves all",
    culprit: null,
    minutes: before + 90,
    effects: [
      {
        service: "backend",
        from: before,
        to: before + 60,
        change: { running: 1, healthy: 1, healthyInWorstZone: 1, cpu: 70 },
      },
    ],
    rings: { "backend-few-targets": 13, "backend-tasks-missing": 18 },
  },
  {
    name: "both-fail-for-their-own-reasons",
    title: "The frontend's tasks crash at once while the backend is well, at the busiest hour",
    culprit: "frontend",
    minutes: before + 60,
    effects: [
      {
        service: "frontend",
        from: before,
        to: before + 20,
        change: { unanswered: 0.95, healthy: 0, running: 2, unhealthy: 2, crashes: 2 },
      },
    ],
    rings: { "frontend-errors-now": 4, "frontend-crashes": 6 },
  },
];
