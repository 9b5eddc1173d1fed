import { environments } from "../environments";
import { maximalEnvironment, servicesWithSecrets, servicesWithWorker, stacksOf } from "../maximal-environment";
import { services } from "../services";
import { type Arguments, Synthesized } from "../synthesized";

const [dev] = environments;

const computeOf = (...[environment, table]: Parameters<typeof stacksOf>) =>
  Synthesized.of(stacksOf(environment, table).compute);

function taskOf(compute: Synthesized, service: string): Arguments {
  const [, task] = compute.resources("aws_ecs_task_definition").find(([id]) => id.startsWith(`${service}-`)) ?? [];
  return { ...task, containers: JSON.parse(task?.container_definitions) };
}

function policyOf(compute: Synthesized, id: string): Arguments[] {
  const [, found] = compute.resources("aws_iam_role_policy").find(([name]) => name.startsWith(id)) ?? [];
  return found ? JSON.parse(found.policy).Statement : [];
}

describe("a worker", () => {
  const compute = computeOf(dev, servicesWithWorker);
  const ofWorker = (type: string) => compute.resources(type).filter(([id]) => id.startsWith("backend"));

  it("has one container, no target group, no alarm of a load balancer, and no name", () => {
    expect(taskOf(compute, "backend").containers.map(({ name }: Arguments) => name)).toEqual(["app"]);
    for (const type of ["aws_lb_target_group", "aws_lb_listener_rule", "aws_route53_record"]) {
      expect(ofWorker(type)).toEqual([]);
    }
    const [[, service]] = ofWorker("aws_ecs_service") as [[string, Arguments]];
    expect(service.load_balancer).toBeUndefined();
    expect(service.alarms).toBeUndefined();
  });

  it("is reached by nobody, and scales on its processor", () => {
    expect(ofWorker("aws_vpc_security_group_ingress_rule")).toEqual([]);
    const metrics = ofWorker("aws_appautoscaling_policy").map(([, policy]) => policy.name.split("}-")[1]);
    expect(metrics).toEqual(["ECSServiceAverageCPUUtilization"]);
  });
});

it("hands secrets to the app alone, by ARN, and lets its execution role read just these", () => {
  const compute = computeOf(maximalEnvironment, servicesWithSecrets);
  const [gateway, app] = taskOf(compute, "backend").containers;
  const parameter = "arn:aws:ssm:us-east-1:444444444444:parameter/backend/token";
  expect(gateway.secrets).toEqual([]);
  expect(app.secrets).toEqual([
    { name: "API_KEY", valueFrom: expect.stringMatching(/^\$\{data\.aws_secretsmanager_secret\..*\.arn\}$/) },
    { name: "TOKEN", valueFrom: parameter },
  ]);
  const statements = policyOf(compute, "backend-service_roles_start-task");
  expect(statements.find(({ Sid }) => Sid === "ReadParameters")?.Resource).toEqual([parameter]);
  expect(statements.find(({ Sid }) => Sid === "ReadSecrets")?.Resource).toEqual([app.secrets[0].valueFrom]);
  expect(policyOf(compute, "frontend-service_roles_start-task").map(({ Sid }) => Sid)).not.toContain("ReadSecrets");
});

it("lets the backend read exactly its objects, and the frontend nothing", () => {
  const compute = computeOf(dev);
  const read = policyOf(compute, "backend-service_roles_work").find(({ Sid }) => Sid === "ReadObjects");
  expect(read).toMatchObject({
    Action: "s3:GetObject",
    Resource: [
      "portfolio.json",
      "settings.json",
      "holdings.csv",
      "closes.csv",
      "rates.csv",
      "splits.csv",
      "dividends.csv",
      "transactions.csv",
    ].map((file) => expect.stringMatching(new RegExp(`\\}/backend/${file}$`))),
  });
  expect(policyOf(compute, "frontend-service_roles_work")).toEqual([]);
});

it("opens a container to execute-command only where the row says so, records it, and says what that costs", () => {
  const compute = computeOf(maximalEnvironment);
  const rootOf = (service: string) => taskOf(compute, service).containers[0].readonlyRootFilesystem;
  expect([rootOf("backend"), rootOf("frontend")]).toEqual([false, true]);
  const logging = compute.only("aws_ecs_cluster").configuration.execute_command_configuration;
  expect(logging).toMatchObject({ logging: "OVERRIDE", log_configuration: { cloud_watch_encryption_enabled: true } });
  const without = computeOf(dev).only("aws_ecs_cluster").configuration;
  expect(without).toEqual({ execute_command_configuration: { logging: "DEFAULT" } });
});

it("builds and runs for ARM64 where the rows say so", () => {
  const table = services.map((service) => ({ ...service, architecture: "ARM64" as const }));
  const { images, compute } = stacksOf(dev, table);
  for (const [, image] of Synthesized.of(images).resources("docker_image")) {
    expect(image.build.platform).toBe("linux/arm64");
  }
  expect(taskOf(Synthesized.of(compute), "backend").runtime_platform.cpu_architecture).toBe("ARM64");
});

it("is called off by the alarms of its own targets while it is deployed", () => {
  const compute = computeOf(dev);
  for (const [, { alarms, name }] of compute.resources("aws_ecs_service")) {
    expect(alarms).toMatchObject({ enable: true, rollback: true });
    expect(alarms.alarm_names).toHaveLength(2);
    for (const reference of alarms.alarm_names) expect(reference).toContain(`.${name}-service_targets_deployment_`);
  }
});
