import { setTimeout as sleep } from "node:timers/promises";
import { thenClean } from "../../ops/shell/run";
import { isUnknownToApi, type Level, type Probe } from "./probe";
import { ProbeContext } from "./probe-context";
import { alarmProbes } from "./probes/alarms";
import { containerProbes } from "./probes/containers";
import { deploymentProbes } from "./probes/deployments";
import { drainingProbes } from "./probes/draining";
import { elbProbes } from "./probes/elb";
import { iamProbes } from "./probes/iam";
import { imageProbes } from "./probes/images";
import { metricProbes } from "./probes/metrics";
import { nameProbes } from "./probes/names";
import { networkProbes } from "./probes/network";
import { notificationProbes } from "./probes/notifications";
import { scalingProbes } from "./probes/scaling";
import { storageProbes } from "./probes/storage";
import { taggingProbes } from "./probes/tagging";
import { wafProbes } from "./probes/waf";

export type { Level, Probe } from "./probe";

/** As they are listed in COMPATIBILITY.md, but for the order of their services. */
const all = [
  ...scalingProbes,
  ...deploymentProbes,
  ...elbProbes,
  ...drainingProbes,
  ...wafProbes,
  ...alarmProbes,
  ...containerProbes,
  ...metricProbes,
  ...notificationProbes,
  ...nameProbes,
  ...networkProbes,
  ...iamProbes,
  ...storageProbes,
  ...imageProbes,
  ...taggingProbes,
] as const satisfies readonly Probe[];

export type ProbeId = (typeof all)[number]["id"];

export const probes: readonly (Probe & { readonly id: ProbeId })[] = all;

/** More would take each other's processor: most probes start tasks. */
const atOnce = 8;
/** Scaling in takes fifteen of CloudWatch's minutes. */
const limitSeconds = 240;

export interface Measured {
  readonly levels: ReadonlyMap<ProbeId, Level>;
  /** Probes that could not find out: something was in their way that they do not know. */
  readonly failures: ReadonlyMap<ProbeId, Error>;
}

type OnResult = (id: ProbeId, level: Level | Error) => void;

/** Asks every probe, several at once, and removes what they made. */
export async function measure(
  ids: readonly ProbeId[],
  env: NodeJS.ProcessEnv,
  onResult: OnResult = () => {},
): Promise<Measured> {
  const context = new ProbeContext(env);
  const levels = new Map<ProbeId, Level>();
  const failures = new Map<ProbeId, Error>();
  const waiting = probes.filter(({ id }) => ids.includes(id));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id } = next;
      try {
        const level = await levelOf(next, context.child());
        levels.set(id, level);
        onResult(id, level);
      } catch (error) {
        failures.set(id, error as Error);
        onResult(id, error as Error);
      }
    }
  };
  await thenClean(
    () => context.close(),
    async () => void (await Promise.all(Array.from({ length: atOnce }, worker))),
  );
  return { levels, failures };
}

async function levelOf(probe: Probe, context: ProbeContext): Promise<Level> {
  const limit = new AbortController();
  try {
    return await Promise.race([probe.run(context), tooLong(limit.signal)]);
  } catch (error) {
    if (isUnknownToApi(error)) return "absent";
    throw error;
  } finally {
    limit.abort();
    await context.close();
  }
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await sleep(limitSeconds * 1000, undefined, { signal });
  throw new Error(`not within ${limitSeconds} s`);
}

/** The level of each of these probes; an error if one could not find out. */
export async function probe(
  ids: readonly ProbeId[],
  env: NodeJS.ProcessEnv,
  onResult: (id: ProbeId, level: Level) => void = () => {},
): Promise<ReadonlyMap<ProbeId, Level>> {
  const { levels, failures } = await measure(ids, env, (id, level) => {
    if (!(level instanceof Error)) onResult(id, level);
  });
  if (failures.size > 0) throw new Error(explain(failures));
  return levels;
}

/** A line for each probe that could not find out. */
export function explain(failures: Measured["failures"]): string {
  return [...failures].map(([id, { name, message }]) => `${id} found out nothing: ${name}: ${message}`).join("\n");
}
