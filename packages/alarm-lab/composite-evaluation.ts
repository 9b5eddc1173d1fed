import type { CompositeAlarm, State } from "./alarm";
import { type AssumptionName, type Assumptions, defaults } from "./assumptions";
import { type CompositeRule, compileRule } from "./composite-rule";

type StateOf = (alarm: string) => State;

/** What a composite alarm is after an evaluation. */
export interface Step {
  readonly state: State;
  /** The states whose actions are executed now: at the end of a period those of the state before, too. */
  readonly actsOn: readonly State[];
  /** Why a change has no actions now. */
  readonly suppressedBy?: "Alarm" | "WaitPeriod";
}

/**
 * A composite alarm and the periods of its suppressor, by "Composite alarm action suppression":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
export class CompositeEvaluation {
  readonly rule: CompositeRule;
  /** The assumptions that decided. */
  readonly depends = new Set<AssumptionName>();
  /** At most one period is active. */
  private period: { readonly kind: "WaitPeriod" | "ExtensionPeriod"; readonly end: number } | null = null;
  /** Whether it changed, and executed no actions since. */
  private isPending = false;
  private wasSuppressing = false;

  constructor(
    readonly alarm: CompositeAlarm,
    private readonly assume: Assumptions = defaults,
  ) {
    this.rule = compileRule(alarm.rule, assume);
    if (/\bAND\b/i.test(alarm.rule) && /\bOR\b/i.test(alarm.rule)) this.depends.add("rule-and-before-or");
  }

  /** The second at which an active period ends: it has to be evaluated then. */
  get dueAt(): number | null {
    return this.period?.end ?? null;
  }

  step(second: number, before: State, stateOf: StateOf): Step {
    const state: State = this.rule.holds(stateOf) ? "ALARM" : "OK";
    const changed = state !== before;
    const { suppressor } = this.alarm;
    if (!suppressor) return { state, actsOn: changed ? [state] : [] };
    const isSuppressing = stateOf(suppressor.alarm) === "ALARM";
    const actsOn: State[] = [];
    if (this.expires(second, isSuppressing, changed)) actsOn.push(before);
    if (isSuppressing && !this.wasSuppressing) this.period = null;
    if (!isSuppressing && this.wasSuppressing) this.start("ExtensionPeriod", second, suppressor.extensionSeconds);
    this.wasSuppressing = isSuppressing;
    if (changed) this.isPending = true;
    // "The WaitPeriod that started at t2 is discarded. A new WaitPeriod starts at t3."
    if (changed && !isSuppressing) this.start("WaitPeriod", second, suppressor.waitSeconds);
    // "You can set the parameters to any integer in seconds": also to 0.
    const endsAtOnce = this.period?.end === second && this.expires(second, false, false);
    if (endsAtOnce) actsOn.push(state);
    if (!changed || endsAtOnce) return { state, actsOn };
    return { state, actsOn, suppressedBy: isSuppressing ? "Alarm" : "WaitPeriod" };
  }

  /** Whether a period has ended after which actions are executed. */
  private expires(second: number, isSuppressing: boolean, changed: boolean): boolean {
    if (!this.period || this.period.end > second) return false;
    const { kind, end } = this.period;
    if (end === second && this.isDiscarded(kind, isSuppressing, changed)) return false;
    this.period = null;
    if (kind === "ExtensionPeriod" && !this.isPending) this.depends.add("extension-without-change");
    // "Composite alarms take actions that are based on their current states when ExtensionPeriod and WaitPeriod become inactive."
    const acts = this.isPending || (kind === "ExtensionPeriod" && this.assume["extension-without-change"] === "repeat");
    this.isPending = false;
    return acts;
  }

  private isDiscarded(kind: "WaitPeriod" | "ExtensionPeriod", isSuppressing: boolean, changed: boolean): boolean {
    if (kind === "WaitPeriod") {
      if (isSuppressing) this.depends.add("wait-period-tie");
      return isSuppressing && this.assume["wait-period-tie"] === "suppressed";
    }
    if (isSuppressing || changed) this.depends.add("extension-period-tie");
    return (isSuppressing || changed) && this.assume["extension-period-tie"] === "discarded";
  }

  private start(kind: "WaitPeriod" | "ExtensionPeriod", second: number, length: number): void {
    this.period = { kind, end: second + length };
  }
}

/** Each after those that it depends on, so that one pass settles all; those of a cycle and what depends on them are left out. */
export function inOrder(composites: readonly CompositeEvaluation[]): CompositeEvaluation[] {
  const waiting = new Map(composites.map((composite) => [composite.alarm.name, composite]));
  const ordered: CompositeEvaluation[] = [];
  const isReady = ({ rule, alarm }: CompositeEvaluation) =>
    ![...rule.alarms, ...(alarm.suppressor ? [alarm.suppressor.alarm] : [])].some((name) => waiting.has(name));
  for (
    let ready = [...waiting.values()].filter(isReady);
    ready.length > 0;
    ready = [...waiting.values()].filter(isReady)
  ) {
    for (const composite of ready) {
      waiting.delete(composite.alarm.name);
      ordered.push(composite);
    }
  }
  return ordered;
}
