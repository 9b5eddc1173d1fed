import { needing, refersTo } from "./configuration";

const expression = (text: string) => `\${${text}}`;

describe("refersTo", () => {
  it.each([
    [expression("aws_lb.public.arn"), true],
    [expression("jsonencode([aws_lb.public.arn])"), true],
    [expression("aws_lb.public[0].arn"), true],
    ["aws_lb.public", true],
    [expression("aws_lb.public-2.arn"), false],
    [expression("data.aws_lb.public.arn"), false],
    [expression("my_aws_lb.public.arn"), false],
  ])("%s: %s", (argument, expected) => {
    expect(refersTo({ argument }, "aws_lb.public")).toBe(expected);
  });
});

it("needing: what it is true of, and what refers to that, directly or not", () => {
  const resource = {
    aws_route53_record: { record: { depends_on: ["aws_ecs_service.service"] } },
    aws_ecs_service: { service: { task_definition: expression("aws_ecs_task_definition.task.arn") } },
    aws_ecs_task_definition: { task: { image: expression("data.terraform_remote_state.images.outputs.url") } },
    aws_lb: { lb: { name: "lb" } },
  };
  const configuration = { terraform: {}, provider: {}, resource };
  const found = needing(configuration, (body) => JSON.stringify(body).includes("outputs.url"));
  expect([...found]).toEqual(["aws_ecs_task_definition.task", "aws_ecs_service.service", "aws_route53_record.record"]);
  const ofService = needing(configuration, (_, address) => address === "aws_ecs_service.service");
  expect([...ofService]).toEqual(["aws_ecs_service.service", "aws_route53_record.record"]);
});
