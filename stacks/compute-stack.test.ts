import { Testing } from "cdktf";
import { environments } from "./environments";
import { maximalEnvironment, servicesWithSecrets, stacksOf } from "./maximal-environment";
import { type Service, services } from "./services";
import { type Arguments, Synthesized } from "./synthesized";

const [environment] = environments;
const stacks = stacksOf(environment);
const compute = Synthesized.of(stacks.compute);

function containersOf(family: string): Arguments[] {
  const task = compute.resources("aws_ecs_task_definition").find(([, { family: found }]) => found.endsWith(family));
  return JSON.parse((task as [string, Arguments])[1].container_definitions);
}

it("makes one service of each row", () => {
  const names = compute.resources("aws_ecs_service").map(([, service]) => service.name);
  expect(names.sort()).toEqual(services.map(({ name }) => name).sort());
});

it("puts the gateway first and starts it after a healthy app", () => {
  const [gateway, app] = containersOf("frontend") as [Arguments, Arguments];
  expect(gateway).toMatchObject({
    name: "gateway",
    portMappings: [{ containerPort: 8080 }],
    dependsOn: [{ containerName: "app", condition: "HEALTHY" }],
  });
  expect(app).toMatchObject({ name: "app", portMappings: [], healthCheck: { retries: 3 } });
});

it("lets the gateway read, and not write, the files that the image of the app shares", () => {
  const mounts = (family: string) => containersOf(family).map(({ mountPoints }) => mountPoints);
  const files = { sourceVolume: "app-srv-static", containerPath: "/srv/static" };
  const [gateway, app] = mounts("frontend");
  expect(gateway).toContainEqual({ ...files, readOnly: true });
  expect(app).toContainEqual(files);
  expect(JSON.stringify(mounts("backend"))).not.toContain("static");
});

it("tells a service the addresses of those it calls, and no other", () => {
  const address = (family: string) =>
    containersOf(family).map(({ environment: variables }) =>
      variables.find(({ name }: Arguments) => name === "BACKEND_URL"),
    );
  expect(address("frontend").every((found) => /^http:\/\/backend\./.test(found?.value))).toBe(true);
  expect(address("backend")).toEqual([undefined, undefined]);
});

it("tells apps how long what they call may take, and gateways how long their app", () => {
  const value = (family: string, container: number, variable: string) =>
    containersOf(family)[container]?.environment.find(({ name }: Arguments) => name === variable)?.value;
  expect(value("frontend", 1, "BACKEND_TIMEOUT")).toBe("5");
  expect([value("frontend", 0, "ANSWER_SECONDS"), value("backend", 0, "ANSWER_SECONDS")]).toEqual(["10", "4"]);
  expect(value("backend", 1, "BACKEND_TIMEOUT")).toBeUndefined();
});

it("lets only services that call others reach the internal load balancer", () => {
  const callers = compute.resources("aws_vpc_security_group_egress_rule").filter(([id]) => id.includes("calls"));
  expect(callers.map(([id]) => id.split("-")[0])).toEqual(["frontend"]);
});

describe("the priority of a service's listener rule", () => {
  const [frontend, backend] = services;
  const priorities = (table: readonly Service[]): Record<string, number> =>
    Object.fromEntries(
      Synthesized.of(stacksOf(environment, table).compute)
        .resources("aws_lb_listener_rule")
        .map(([id, { priority }]) => [id.split("-")[0], priority]),
    );
  const both = priorities([frontend, backend]);

  it("stays the same when a row is inserted before it, or moved", () => {
    expect(Object.keys(both).sort()).toEqual(["backend", "frontend"]);
    expect(priorities([backend, frontend])).toEqual(both);
  });

  it("stays the same when another row is removed", () => {
    expect(priorities([backend])).toEqual({ backend: both.backend });
  });
});

const expression = (text: string) => `\${${text}}`;

describe("the tags of images", () => {
  const { variable, locals } = JSON.parse(Testing.synth(stacks.compute));
  const built = Object.fromEntries(stacks.images.all.map(({ name, tag }) => [name, tag]));

  it("are the hashes of the sources, unless a Terraform variable has others", () => {
    expect(locals).toEqual({ built_tags: built, deployed_tags: expression("merge(local.built_tags, var.image_tags)") });
    expect(variable.image_tags).toMatchObject({ type: "map(string)", default: {} });
    expect(Object.keys(built).sort()).toEqual(["backend", "frontend", "gateway"]);
  });

  it.each(["frontend", "backend"])("are what the containers of %s run", (service) => {
    const tags = containersOf(service).map(({ image }) => image.slice(image.lastIndexOf(":") + 1));
    expect(tags).toEqual([expression("local.deployed_tags.gateway"), expression(`local.deployed_tags.${service}`)]);
  });

  it("are recorded in a parameter, but not before every service runs them", () => {
    const record = compute.only("aws_ssm_parameter");
    expect(record).toMatchObject({
      name: "/portfolio-dashboard/dev/images",
      type: "String",
      tier: "Standard",
      overwrite: true,
      insecure_value: expression("jsonencode(local.deployed_tags)"),
    });
    const [[id]] = compute.resources("aws_ssm_parameter") as [[string, Arguments]];
    const services = compute.resources("aws_ecs_service").map(([service]) => `aws_ecs_service.${service}`);
    expect([...compute.createdBefore(`aws_ssm_parameter.${id}`)]).toEqual(expect.arrayContaining(services));
    expect(services).toHaveLength(2);
  });
});

it("waits for the images: a service that ECS cannot pull for is not steady", () => {
  const both = Synthesized.of(stacks.images, stacks.compute);
  const images = both.resources("docker_image").map(([id]) => `docker_image.${id}`);
  for (const [id] of compute.resources("aws_ecs_service")) {
    expect([...both.createdBefore(`aws_ecs_service.${id}`)]).toEqual(expect.arrayContaining(images));
  }
  expect(images).toHaveLength(3);
});

it("sends people to sign in before anything is forwarded, at the public load balancer alone", () => {
  const { compute: full } = stacksOf(maximalEnvironment, servicesWithSecrets);
  const rules = Synthesized.of(full).resources("aws_lb_listener_rule");
  const actions = Object.fromEntries(rules.map(([id, { action }]) => [id.split("-service")[0], action]));
  expect(actions.frontend).toMatchObject([
    {
      type: "authenticate-oidc",
      order: 1,
      authenticate_oidc: {
        client_id: "dashboard",
        client_secret: expect.stringMatching(/^\$\{data\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string\}$/),
      },
    },
    { type: "forward", order: 2 },
  ]);
  expect(actions.backend).toMatchObject([{ type: "forward" }]);
});
