import { policies } from "../../stacks/policies/all";
import type { Stacks } from "../policies/mutants/generate";
import { brokenPromises } from "../policies/mutants/judge";
import { subjects, synthesizeSubjects } from "../policies/mutants/subjects";
import { edits } from "./edits";
import { Configuration } from "./edits/configuration";
import { inTerraform } from "./wrongs/in-terraform";

const synthesized = synthesizeSubjects();
const environments = subjects.map((row) => ({ row, stacks: synthesized[row.name] as Stacks }));
const edited = Object.entries(edits).flatMap(([name, row]) => ("edit" in row ? [{ name, ...row }] : []));

it("has an edit for each row, or a reason", () => {
  expect(Object.keys(edits).sort()).toEqual(inTerraform.map(({ name }) => name).sort());
});

it.each(environments)("finds nothing wrong with $row.name as it is", ({ row, stacks }) => {
  expect(brokenPromises(stacks, row, policies)).toEqual([]);
});

describe.each(edited)("$name", ({ edit, given = () => {} }) => {
  const cases = environments.flatMap(({ row, stacks }) => {
    const before = new Configuration(stacks);
    given(before);
    const after = new Configuration(before.stacks);
    edit(after);
    const changes = JSON.stringify(after.stacks) !== JSON.stringify(before.stacks);
    return changes ? [{ row, before: before.stacks, after: after.stacks }] : [];
  });

  it("changes an environment", () => {
    expect(cases).not.toEqual([]);
  });

  it("breaks a policy that holds without it", () => {
    for (const { row, before, after } of cases) {
      expect(brokenPromises(before, row, policies)).toEqual([]);
      expect({ environment: row.name, broken: brokenPromises(after, row, policies) }).not.toEqual({
        environment: row.name,
        broken: [],
      });
    }
  });
});
