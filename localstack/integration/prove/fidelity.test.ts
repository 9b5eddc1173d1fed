import { destroyDrill } from "./destroy";
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
