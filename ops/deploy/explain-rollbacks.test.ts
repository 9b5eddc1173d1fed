import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { environments } from "../../stacks/environments";
import { assertNotRolledBack, explainRollbacks } from "./explain-rollbacks";

const applied = "arn:aws:ecs:us-east-1:111111111111:task-definition/dev-backend:8";
const previous = "arn:aws:ecs:us-east-1:111111111111:task-definition/dev-backend:7";
const deployed = [{ cluster: "dev", service: "backend", taskDefinition: applied }];
let server: Server;
/** To DescribeServices. */
let answer: object;
/** To other operations, by name. */
let answers: Record<string, object>;
let tokens: unknown[];
/** The body of the last request of each operation. */
let requests: Record<string, Record<string, unknown>>;

/** ECS and Systems Manager as the SDK sees them. */
beforeAll((done) => {
  server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    tokens.push(request.headers["x-amz-security-token"]);
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk);
    requests[operation] = JSON.parse(Buffer.concat(body).toString());
    const found = operation === "DescribeServices" ? answer : answers[operation];
    response.writeHead(found ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(found ?? { __type: "AccessDeniedException", message: `no ${operation}` }));
  }).listen(0, "127.0.0.1", done);
});
afterAll(() => server.close());
beforeEach(() => {
  [tokens, answers, requests] = [[], {}, {}];
});

const environment = () => ({
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  AWS_ACCESS_KEY_ID: "111111111111",
  AWS_SECRET_ACCESS_KEY: "test",
});

it("says nothing about a service that runs what was applied", async () => {
  answer = { services: [{ deployments: [{ status: "PRIMARY", taskDefinition: applied }] }] };
  expect(await explainRollbacks(deployed, environment())).toEqual([]);
});

it("asks as the role whose keys and token the environment has", async () => {
  answer = { services: [{ deployments: [{ status: "PRIMARY", taskDefinition: applied }] }] };
  await explainRollbacks(deployed, { ...environment(), AWS_SESSION_TOKEN: "a-token" });
  await explainRollbacks(deployed, environment());
  expect(tokens).toEqual(["a-token", undefined]);
});

it("names both revisions and ECS's newest events when an older one runs", async () => {
  const events = ["steady", "completed", "rolling back", "failed", "started 1 task", "an older event"];
  answer = {
    services: [
      {
        deployments: [
          { status: "ACTIVE", taskDefinition: applied },
          { status: "PRIMARY", taskDefinition: previous },
        ],
        events: events.map((message) => ({ message })),
      },
    ],
  };
  expect(await explainRollbacks(deployed, environment())).toEqual([
    [
      "Service backend was rolled back: it runs dev-backend:7, not dev-backend:8.",
      "  ECS: steady",
      "  ECS: completed",
      "  ECS: rolling back",
      "  ECS: failed",
      "  ECS: started 1 task",
    ].join("\n"),
  ]);
});

it("does not take a service that is gone for a deployed one", async () => {
  answer = { services: [] };
  expect(await explainRollbacks(deployed, environment())).toEqual([
    "Service backend was rolled back: it runs nothing, not dev-backend:8.",
  ]);
});

describe("after ECS rolled a release back", () => {
  const [dev] = environments;
  const runs = (taskDefinition: string) => ({
    services: [{ status: "ACTIVE", deployments: [{ status: "PRIMARY", taskDefinition }], events: [] }],
  });
  const history = ["b7", "b8"].map((backend, index) => ({ Version: index + 1, Value: JSON.stringify({ backend }) }));
  const image = (tag: string) => ({ taskDefinition: { containerDefinitions: [{ image: `r/dev/backend:${tag}` }] } });

  it("the record has once more what runs, and the error says what ECS did", async () => {
    answer = runs(previous);
    answers = { DescribeTaskDefinition: image("b7"), GetParameterHistory: { Parameters: history }, PutParameter: {} };
    await expect(assertNotRolledBack(dev, deployed, environment())).rejects.toThrow(
      /^Service backend was rolled back: it runs dev-backend:7, not dev-backend:8\.$/,
    );
    expect(requests.PutParameter).toEqual({
      Name: "/portfolio-dashboard/dev/images",
      Value: '{"backend":"b7"}',
      Overwrite: true,
    });
  });

  it("the error also says when the record could not be corrected", async () => {
    answer = runs(previous);
    answers = { DescribeTaskDefinition: image("b7"), GetParameterHistory: { Parameters: history } };
    await expect(assertNotRolledBack(dev, deployed, environment())).rejects.toThrow(
      /was rolled back.*\n.*the record is the one that failed.*no PutParameter/,
    );
  });

  it("nothing is said or written when what was applied runs", async () => {
    answer = runs(applied);
    await assertNotRolledBack(dev, deployed, environment());
    expect(Object.keys(requests)).toEqual(["DescribeServices"]);
  });
});
