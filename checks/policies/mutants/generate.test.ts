import { policies } from "../../../stacks/policies/all";
import { generate } from "./generate";
import { brokenPromises } from "./judge";
import { mutantsPerOperator, operators } from "./operators";
import { subjects, synthesizeSubjects } from "./subjects";

const environments = synthesizeSubjects();
const mutants = generate(environments);

it("names each operator once, and makes a mutant with each", () => {
  expect(new Set(operators.map(({ id }) => id)).size).toBe(operators.length);
  for (const { id } of operators) {
    const made = mutants.filter(({ operator }) => operator.id === id).length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThanOrEqual(mutantsPerOperator);
  }
});

it("makes the same mutants each time, and leaves what they are made of alone", () => {
  const before = JSON.stringify(environments);
  expect(generate(environments).map(({ id }) => id)).toEqual(mutants.map(({ id }) => id));
  expect(JSON.stringify(environments)).toBe(before);
});

it("refuses an operator that changes nothing, or applies to nothing", () => {
  const shared = { id: "x", mistake: "does nothing", change: () => {} };
  expect(() => generate(environments, [{ ...shared, type: "aws_vpc" }])).toThrow("Operator x changes nothing");
  expect(() => generate(environments, [{ ...shared, type: "aws_none" }])).toThrow("Operator x applies to nothing");
});

it("needs every policy: each catches a mutant", () => {
  const caughtBy = new Set(
    mutants.flatMap((mutant) => {
      const row = subjects.find(({ name }) => name === mutant.environment);
      return row ? brokenPromises(mutant.stacks, row, policies) : [];
    }),
  );
  expect(policies.map(({ promise }) => promise).filter((promise) => !caughtBy.has(promise))).toEqual([]);
});
