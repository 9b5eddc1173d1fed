import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ECSClient } from "@aws-sdk/client-ecs";
import { steadyImages } from "./running";

const image = "registry/staging/backend:b1";
let server: Server;
/** Of a service, one to each question; the last one stays. */
let answers: object[];
let status: number;

/** ECS as the SDK sees it. */
beforeAll((done) => {
  server = createServer(({ headers }, response) => {
    const isOfService = String(headers["x-amz-target"]).endsWith("DescribeServices");
    const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
    const ofService = { services: answer ? [{ serviceName: "backend", status: "ACTIVE", ...answer }] : [] };
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    const ofDefinition = { taskDefinition: { containerDefinitions: [{ image }] } };
    response.end(JSON.stringify(isOfService ? ofService : ofDefinition));
  }).listen(0, "127.0.0.1", done);
});
afterAll(() => server.close());
beforeEach(() => {
  status = 200;
});

const running = (runningCount: number, rolloutState = "COMPLETED") => ({
  ...{ runningCount, desiredCount: 2 },
  deployments: [{ rolloutState, taskDefinition: "backend:1" }],
});

function imagesOf(name = "backend"): Promise<string[]> {
  const client = new ECSClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return steadyImages(client, "staging", [name], { seconds: 1, pauseSeconds: 0.05 });
}

it("gives at once what steady services run", async () => {
  // Nobody would be told of a second answer.
  answers = [running(2), running(0)];
  expect(await imagesOf()).toEqual([image]);
});

it.each([
  ["a task", running(1)],
  ["a rollout", running(2, "IN_PROGRESS")],
])("waits for %s that is on its way", async (_, unsteady) => {
  answers = [unsteady, unsteady, running(2)];
  expect(await imagesOf()).toEqual([image]);
});

it("says what is not steady when it has waited long enough", async () => {
  answers = [running(2, "IN_PROGRESS")];
  await expect(imagesOf()).rejects.toThrow("backend in staging is not steady: 2 of 2 tasks, rollout IN_PROGRESS");
});

it("waits for no service that is not there", async () => {
  answers = [running(2), running(1), running(0)];
  await expect(imagesOf("orders")).rejects.toThrow("staging has no service orders.");
  expect(answers).toHaveLength(2);
});

it("asks nobody twice who refuses to answer", async () => {
  answers = [running(2), running(1), running(0)];
  status = 400;
  await expect(imagesOf()).rejects.not.toThrow("steady");
  expect(answers).toHaveLength(2);
});
