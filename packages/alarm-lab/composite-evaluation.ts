import type { CompositeAlarm, State } from "./alarm";
import { type CompositeRule, compileRule } from "./composite-rule";

type StateOf = (alarm: string) => State;

/** What a composite alarm is after a minute, and whether it tells somebody. */
interface Step {
  readonly state: State;
  readonly acts: boolean;
}

/** A composite alarm, and what it has told. */
export class CompositeEvaluation {
  readonly rule: CompositeRule;
  private told: State | null = null;
  private heldUntil = Number.NEGATIVE_INFINITY;
  private wasSuppressing = false;

  constructor(readonly alarm: CompositeAlarm) {
    this.rule = compileRule(alarm.rule);
  }

  /**
   * Actions of a composite with a suppressor are held back while that is in ALARM, for the extension after it was, and for the wait after
   * the composite itself went into ALARM. Then it acts, if its state is not the one that it last acted on.
   */
  step(minute: number, before: State, stateOf: StateOf): Step {
    this.told ??= before;
    const state: State = this.rule.holds(stateOf) ? "ALARM" : "OK";
    const { suppressor } = this.alarm;
    if (suppressor) {
      const isSuppressing = stateOf(suppressor.alarm) === "ALARM";
      const hold = (minutes: number) => {
        this.heldUntil = Math.max(this.heldUntil, minute + minutes);
      };
      if (this.wasSuppressing && !isSuppressing) hold(suppressor.extensionMinutes);
      if (state === "ALARM" && before !== "ALARM") hold(suppressor.waitMinutes);
      this.wasSuppressing = isSuppressing;
      if (isSuppressing || minute < this.heldUntil) return { state, acts: false };
    }
    const acts = state !== this.told;
    this.told = state;
    return { state, acts };
  }
}

/** Each after those that it depends on, so that a minute settles in one pass. */
export function inOrder(composites: readonly CompositeEvaluation[]): CompositeEvaluation[] {
  const byName = new Map(composites.map((composite) => [composite.alarm.name, composite]));
  const ordered = new Set<CompositeEvaluation>();
  const visit = (name: string): void => {
    const composite = byName.get(name);
    if (!composite || ordered.has(composite)) return;
    byName.delete(name);
    for (const child of composite.rule.alarms) visit(child);
    if (composite.alarm.suppressor) visit(composite.alarm.suppressor.alarm);
    ordered.add(composite);
  };
  for (const { alarm } of composites) visit(alarm.name);
  return [...ordered];
}
