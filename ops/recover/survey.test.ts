import { environments } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets, stacksOf } from "../../stacks/maximal-environment";
import { Synthesized } from "../../stacks/synthesized";
import { typeOf } from "./configuration";
import { idsFromArns, idsFromValues, writtenAgain } from "./import-ids";
import { type Known, survey } from "./survey";

const tagged = (address: string, arn: string) => ({ arn, tags: { Address: address, Stack: "dev-network" } });
const vpc = (id: string) => tagged("aws_vpc.vpc", `arn:aws:ec2:us-east-1:111111111111:vpc/${id}`);
const task = (revision: number) =>
  tagged("aws_ecs_task_definition.task", `arn:aws:ecs:us-east-1:111111111111:task-definition/dev-backend:${revision}`);

function known(configured: string[], state: Record<string, string> = {}): Known {
  return {
    configured: new Set(configured),
    addresses: new Set(Object.keys(state)),
    ids: new Set(Object.values(state)),
  };
}

it("knows for every type of the stacks how a lost resource comes back", () => {
  const rows = [maximalEnvironment, ...environments];
  const stacks = rows.flatMap((row) => Object.values(stacksOf(row, servicesWithSecrets)));
  const types = new Set(
    Synthesized.of(...stacks)
      .all()
      .map(([address]) => typeOf(address)),
  );
  const known = [...Object.keys(idsFromArns), ...Object.keys(idsFromValues), ...writtenAgain];
  expect([...types].filter((type) => !known.includes(type))).toEqual([]);
  expect(known.filter((type, index) => known.indexOf(type) !== index)).toEqual([]);
});

it("imports what is configured and in no state", () => {
  const found = survey([vpc("vpc-1")], known(["aws_vpc.vpc"]));
  expect(found.imports).toEqual([
    { address: "aws_vpc.vpc", arn: "arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1", id: "vpc-1" },
  ]);
  expect([found.duplicates, found.unclear]).toEqual([[], []]);
});

it("removes what stands beside the one that the state has", () => {
  const found = survey([vpc("vpc-1"), vpc("vpc-2")], known(["aws_vpc.vpc"], { "aws_vpc.vpc": "vpc-1" }));
  expect(found.duplicates.map(({ id }) => id)).toEqual(["vpc-2"]);
  expect([found.imports, found.unclear]).toEqual([[], []]);
});

it("leaves a second one alone where data would be lost with it", () => {
  const key = tagged("aws_kms_key.key", "arn:aws:kms:us-east-1:111111111111:key/2");
  const found = survey([key], known(["aws_kms_key.key"], { "aws_kms_key.key": "1" }));
  expect(found.unclear.map(({ id }) => id)).toEqual(["2"]);
  expect(found.duplicates).toEqual([]);
});

it("leaves alone what it would have to guess about", () => {
  const found = survey(
    [vpc("vpc-1"), vpc("vpc-2"), tagged("aws_subnet.gone", "arn:x:subnet/s-1")],
    known(["aws_vpc.vpc"]),
  );
  expect(found.unclear.map(({ id }) => id).sort()).toEqual(["s-1", "vpc-1", "vpc-2"]);
  expect([found.imports, found.duplicates]).toEqual([[], []]);
});

it("keeps the earlier revisions of a task definition, and imports the newest alone", () => {
  const configured = ["aws_ecs_task_definition.task"];
  const revisions = [task(2), task(10), task(9)];
  expect(survey(revisions, known(configured)).imports.map(({ id }) => id)).toEqual([task(10).arn]);
  const inState = known(configured, { "aws_ecs_task_definition.task": task(9).arn });
  expect(survey(revisions, inState)).toEqual({ imports: [], duplicates: [], unclear: [] });
});

it("is not misled by a task, which has the tags of its service", () => {
  const running = tagged("aws_ecs_service.backend", "arn:aws:ecs:us-east-1:111111111111:task/dev/0123");
  expect(survey([running], known(["aws_ecs_service.backend"])).imports).toEqual([]);
});

it.each([
  ["aws_ecs_service", "arn:aws:ecs:us-east-1:111111111111:service/dev/backend", "dev/backend"],
  ["aws_wafv2_web_acl", "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/name/id", "id/name/REGIONAL"],
  ["aws_s3_bucket", "arn:aws:s3:::portfolio", "portfolio"],
  ["aws_cloudwatch_log_group", "arn:aws:logs:us-east-1:111111111111:log-group:/dev/backend", "/dev/backend"],
  ["aws_cloudwatch_metric_alarm", "arn:aws:cloudwatch:us-east-1:111111111111:alarm:a:b", "a:b"],
])("reads what an import of %s asks for from its ARN", (type, arn, id) => {
  expect(idsFromArns[type]?.(arn)).toBe(id);
});

it.each([
  ["aws_route", { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" }, "rtb-1_0.0.0.0/0"],
  ["aws_route", { destination_cidr_block: "0.0.0.0/0" }, undefined],
  ["aws_route53_record", { zone_id: "Z1", name: "backend", type: "A" }, "Z1_backend_A"],
  ["aws_iam_policy", { name: "p" }, "arn:aws:iam::111111111111:policy/p"],
  [
    "aws_iam_openid_connect_provider",
    { url: "https://token.example.com" },
    "arn:aws:iam::111111111111:oidc-provider/token.example.com",
  ],
  ["aws_iam_role", {}, undefined],
])("makes what an import of %s asks for from values, once they are known", (type, values, id) => {
  expect(idsFromValues[type]?.(values, "111111111111")).toBe(id);
});
