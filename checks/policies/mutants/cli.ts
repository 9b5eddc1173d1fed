import { Command } from "commander";
import { type Check, report } from "../../../ops/report/report";
import { SetupError } from "../../../ops/shell/run";
import { policies } from "../../../stacks/policies/all";
import { runProof } from "../../run-proof";
import type { Finding } from "../checkov/checkov";
import { generate, type Mutant, type Stacks } from "./generate";
import { brokenPromises, checkovFindings } from "./judge";
import { operators } from "./operators";
import { subjects, synthesizeSubjects } from "./subjects";
import { survivors } from "./survivors";

/** Percent of the mutants that a policy must catch. */
const wanted = 95;
const fewest = 120;

interface Verdict {
  readonly mutant: Mutant;
  readonly promises: readonly string[];
  readonly findings: readonly Finding[];
}

runProof(
  new Command("mutants")
    .description(
      "Makes mutants of the stacks, each with one mistake, and counts how many the policies and checkov detect. Writes reports/mutants.json.",
    )
    .action(async () => {
      if (!(await prove())) process.exitCode = 1;
    }),
);

async function prove(): Promise<boolean> {
  const startedAt = new Date();
  const environments = synthesizeSubjects();
  assertUnbroken(environments);
  const mutants = generate(environments);
  const findings = await checkovFindings(mutants, environments);
  const verdicts = mutants.map((mutant, index): Verdict => {
    const environment = subjects.find(({ name }) => name === mutant.environment);
    if (!environment) throw new Error(`No environment ${mutant.environment}.`);
    return { mutant, promises: brokenPromises(mutant.stacks, environment, policies), findings: findings[index] ?? [] };
  });
  return report("mutants", startedAt, [...operators.map(({ id }) => operatorCheck(id, verdicts)), ...scores(verdicts)]);
}

/** A promise that is broken without a mutant would catch them all. */
function assertUnbroken(environments: Readonly<Record<string, Stacks>>): void {
  const broken = subjects.flatMap((environment) =>
    brokenPromises(environments[environment.name] ?? {}, environment, policies).map(
      (promise) => `${environment.name}: ${promise}`,
    ),
  );
  if (broken.length > 0) throw new SetupError(["The stacks as they are break promises:", ...broken].join("\n  "));
}

/** Both scores for one way of getting it wrong. */
function operatorCheck(id: string, all: readonly Verdict[]): Check {
  const verdicts = all.filter(({ mutant }) => mutant.operator.id === id);
  const caught = verdicts.filter(({ promises }) => promises.length > 0);
  const seen = verdicts.filter(({ findings }) => findings.length > 0);
  const promises = [...new Set(verdicts.flatMap((verdict) => verdict.promises))];
  const checks = [...new Set(verdicts.flatMap(({ findings }) => findings.map(({ check }) => check)))];
  return {
    id,
    title: verdicts[0]?.mutant.operator.mistake ?? "",
    passed: verdicts.every(({ mutant, promises: broken }) => broken.length > 0 || reasonFor(mutant) !== undefined),
    value: `${caught.length} of ${verdicts.length}, checkov ${seen.length}`,
    unit: "",
    target: "all",
    evidence: [...promises, ...checks].join("; "),
  };
}

function scores(verdicts: readonly Verdict[]): Check[] {
  const alive = verdicts.filter(({ promises }) => promises.length === 0).map(({ mutant }) => mutant);
  const percent = (count: number) => Math.round((count / verdicts.length) * 1000) / 10;
  const caught = percent(verdicts.length - alive.length);
  const seen = verdicts.filter(({ findings }) => findings.length > 0).length;
  const idle = Object.keys(survivors).filter((start) => !alive.some(({ id }) => id.startsWith(start)));
  const explained = alive.map((mutant) => `${mutant.id}: ${reasonFor(mutant) ?? "no reason"}`);
  const check = (
    id: string,
    title: string,
    passed: boolean,
    value: number,
    unit: string,
    target: string,
    evidence = "",
  ) => ({
    ...{ id, title, passed, value, unit, target, evidence },
  });
  return [
    check("mutants", "mutants", verdicts.length >= fewest, verdicts.length, "", `at least ${fewest}`),
    check("policies", "caught by a policy", caught >= wanted, caught, "%", `at least ${wanted}`, explained.join("; ")),
    check(
      "checkov",
      "caught by checkov",
      true,
      percent(seen),
      "%",
      "none: for comparison",
      `${seen} of ${verdicts.length}`,
    ),
    check("idle", "reasons of survivors that cover nothing", idle.length === 0, idle.length, "", "0", idle.join(", ")),
  ];
}

function reasonFor({ id }: Mutant): string | undefined {
  return Object.entries(survivors).find(([start]) => id.startsWith(start))?.[1];
}
