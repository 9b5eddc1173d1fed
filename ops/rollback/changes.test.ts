import { created, type MadeChange, replaced, reviewOf, updated } from "../../packages/plan-review/made-plan.fixture";
import { plannedChanges } from "./changes";

const containers = (image: string, level = "info") => ({
  container_definitions: JSON.stringify([{ name: "app", image, environment: [{ name: "LOG_LEVEL", value: level }] }]),
});
const task = (after: object) => replaced("aws_ecs_task_definition.t", containers("r/backend:b"), after as never);
const service: MadeChange = {
  ...updated("aws_ecs_service.s", { name: "backend", task_definition: "t:2" }, {}),
  after: { name: "backend" },
  after_unknown: { task_definition: true },
};
const record: MadeChange = {
  ...updated("aws_ssm_parameter.p", { insecure_value: '{"backend":"b"}' }, { insecure_value: '{"backend":"a"}' }),
  after_unknown: { value: true },
};
const planned = (...changes: MadeChange[]) => plannedChanges(reviewOf(...changes).changes);

it("takes other images, and what follows from them, for the rollback", () => {
  const { ofRollback, ofCheckout } = planned(task(containers("r/backend:a")), service, record);
  expect([...ofRollback].sort()).toEqual([
    "replace aws_ecs_task_definition.t",
    "update aws_ecs_service.s",
    "update aws_ssm_parameter.p",
  ]);
  expect(ofCheckout).toEqual([]);
});

it("lists apart what the checkout changes of the same resources", () => {
  const { ofRollback, ofCheckout } = planned(task(containers("r/backend:a", "debug")));
  expect(ofRollback).toEqual(["replace aws_ecs_task_definition.t"]);
  expect(ofCheckout).toEqual([
    "replace aws_ecs_task_definition.t: container_definitions[app].environment[LOG_LEVEL]: info → debug",
  ]);
});

it("lists apart every other resource, and the first three of its differences", () => {
  const target = updated(
    "aws_appautoscaling_target.t",
    { max_capacity: 4, min_capacity: 2, resource_id: "a", role_arn: "r" },
    { max_capacity: 2, min_capacity: 1, resource_id: "b", role_arn: "q" },
  );
  const { ofRollback, ofCheckout } = planned(target, created("aws_sns_topic.t", { name: "t" }));
  expect(ofRollback).toEqual([]);
  expect([...ofCheckout].sort()).toEqual([
    "create aws_sns_topic.t",
    "update aws_appautoscaling_target.t: max_capacity: 4 → 2; min_capacity: 2 → 1; resource_id: a → b; 1 more",
  ]);
});
