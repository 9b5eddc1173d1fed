import { recordedLevels } from "../../localstack/compatibility/baseline";
import { type Level, type ProbeId, probes } from "../../localstack/compatibility/probes";

/** How true the emulated AWS is to AWS, where drills lean on it. */
export class Fidelity {
  constructor(private readonly levels: ReadonlyMap<ProbeId, Level>) {}

  /** As the baseline has it. */
  static recorded(): Fidelity {
    return new Fidelity(recordedLevels("patched"));
  }

  /** What a drill that needs this would wait for in vain, in a sentence; none, when it is there. */
  lackOf(id: ProbeId): string[] {
    const level = this.levels.get(id) ?? "absent";
    return level === "enforced" ? [] : [`${level} on this emulated AWS: ${sentenceOf(id)}`];
  }

  /** What is beyond this emulated AWS, a sentence each. */
  beyond(): string[] {
    return probes.flatMap(({ id, note }) => {
      const lack = this.lackOf(id);
      return lack.map((sentence) => (note ? `${sentence} ${note}` : sentence));
    });
  }
}

function sentenceOf(id: ProbeId): string {
  const found = probes.find((probe) => probe.id === id);
  return found ? `${found.service}, ${found.capability}` : id;
}
