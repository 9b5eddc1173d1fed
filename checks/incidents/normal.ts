import { Random } from "./random";
import { type Effect, type Scenario, serviceNames } from "./world";

const minutesOfDay = 1440;

/**
 * Days on which nothing is wrong: the daily cycle of traffic, two deployments a day, tasks that Spot takes back and ECS replaces, one task
 * busier than the others, a release that is a little slower, and now and then a burst of errors that is over at once.
 */
export function normalDays(days: number, seed: number): Scenario {
  const random = new Random(seed);
  const effects: Effect[] = [];
  const at = (day: number, earliestHour: number, hours: number) =>
    day * minutesOfDay + earliestHour * 60 + random.below(hours * 60);
  for (let day = 0; day < days; day++) {
    for (const service of serviceNames) {
      const add = (from: number, minutes: number, change: Effect["change"]) =>
        effects.push({ service, from, to: from + minutes, change });
      for (let deployment = 0; deployment < 2; deployment++) {
        add(at(day, 8, 9), 5, { desired: 2, running: 3, healthy: 2, unhealthy: 1, cpu: 60, slowness: 1.6, slow: 0.01 });
      }
      add(at(day, 0, 23), 4, { running: 1, healthy: 1, cpu: 60 });
      add(at(day, 9, 8), 25, { cpuOfWorst: 97, memoryOfWorst: 80 });
      add(at(day, 0, 23), 1, { failing: 0.05 });
      add(at(day, 6, 12), 90, { slowness: 1.4, slow: 0.004 });
      if (random.below(3) === 0) add(at(day, 10, 6), 12, { traffic: 2.5, cpu: 75, desired: 4, running: 4, healthy: 4 });
    }
  }
  return { minutes: days * minutesOfDay, beginsAt: 0, effects, seed };
}
