import { destroyDrill } from "./destroy";
import { assertMeasured } from "./emulated";
import { Fidelity } from "./fidelity";
import { drillsWith } from "./prove";

it("lets every drill be proved on the emulated AWS of this project", () => {
  const needs = [...drillsWith(1), destroyDrill].flatMap((drill) => drill.needs);
  expect(needs.flatMap((id) => Fidelity.recorded().lackOf(id))).toEqual([]);
});

it("says what a drill would wait for in vain", () => {
  const fidelity = new Fidelity(new Map([["elb-health-checks", "stored"]]));
  expect(fidelity.lackOf("elb-health-checks")).toEqual([
    expect.stringMatching(/^stored on this emulated AWS: Elastic/),
  ]);
  // Whoever was not asked cannot be leant on.
  expect(fidelity.lackOf("ecs-task-replaced")).toEqual([expect.stringMatching(/^absent on this emulated AWS: ECS/)]);
});

it("lists what only AWS can show", () => {
  const beyond = Fidelity.recorded().beyond().join("\n");
  expect(beyond).toMatch(/security group/);
  expect(beyond).not.toMatch(/circuit breaker/);
});

it("leans on no version of MiniStack that was not measured", () => {
  expect(() => assertMeasured("1.5.33", "1.5.33")).not.toThrow();
  expect(() => assertMeasured("99.0.0", "1.5.33")).toThrow(
    /^MiniStack 99\.0\.0 is pinned, .*was measured with 1\.5\.33/,
  );
});
