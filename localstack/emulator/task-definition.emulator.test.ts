import { DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { EcsSandbox } from "./ecs-task";

const sandbox = new EcsSandbox();

beforeAll(() => sandbox.open());
afterAll(() => sandbox.close());

it("answers with the defaults and empty lists that ECS fills in", async () => {
  const taskDefinition = await sandbox.register([
    {
      name: "web",
      portMappings: [{ containerPort: 8080 }],
      healthCheck: { command: ["CMD", "true"] },
      linuxParameters: { capabilities: { drop: ["ALL"] } },
    },
  ]);
  const described = await sandbox.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  expect(described.taskDefinition?.containerDefinitions?.[0]).toMatchObject({
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    healthCheck: { command: ["CMD", "true"], interval: 30, timeout: 5, retries: 3 },
    linuxParameters: { capabilities: { add: [], drop: ["ALL"] } },
  });
});

it("keeps what the request says", async () => {
  const said = {
    name: "web",
    cpu: 64,
    essential: true,
    environment: [{ name: "A", value: "1" }],
    healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 2, retries: 5 },
    linuxParameters: { capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } },
  };
  const taskDefinition = await sandbox.register([said]);
  const described = await sandbox.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  expect(described.taskDefinition?.containerDefinitions?.[0]).toMatchObject(said);
});
