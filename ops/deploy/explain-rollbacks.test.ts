import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { explainRollbacks } from "./explain-rollbacks";

const applied = "arn:aws:ecs:us-east-1:111111111111:task-definition/dev-backend:8";
const previous = "arn:aws:ecs:us-east-1:111111111111:task-definition/dev-backend:7";
const deployed = [{ cluster: "dev", service: "backend", taskDefinition: applied }];
let server: Server;
let answer: object;
let tokens: unknown[];

/** ECS as the SDK sees it: one answer to DescribeServices. */
beforeAll((done) => {
  server = createServer(({ headers }, response) => {
    tokens.push(headers["x-amz-security-token"]);
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1", done);
});
afterAll(() => server.close());
beforeEach(() => {
  tokens = [];
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
