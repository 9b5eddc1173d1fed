import { containerOf, EcsSandbox } from "./ecs-task";

const sandbox = new EcsSandbox();

jest.setTimeout(60_000);
beforeAll(() => sandbox.open());
afterAll(() => sandbox.close());

const sh = (script: string) => ["sh", "-c", script];
const serve = (port: number) => `python3 -m http.server ${port} --bind 127.0.0.1`;
const fetchFrom = (port: number) => `python3 -c 'import urllib.request as u; u.urlopen("http://127.0.0.1:${port}/")'`;

const check = (script: string) => ({
  command: ["CMD-SHELL", script],
  // The least that ECS takes.
  interval: 5,
  timeout: 2,
  retries: 3,
  startPeriod: 1,
});

it("lets the containers of a task talk over 127.0.0.1", async () => {
  const task = await sandbox.run([
    { name: "server", essential: false, command: sh(serve(3000)) },
    { name: "probe", command: sh(`for i in 1 2 3 4 5; do ${fetchFrom(3000)} && exit 0; sleep 1; done; exit 1`) },
  ]);
  expect(containerOf(task, "probe").exitCode).toBe(0);
});

it("keeps the task's network when an init container ends", async () => {
  const task = await sandbox.run([
    { name: "migrate", essential: false, command: sh("true") },
    {
      name: "probe",
      command: sh("python3 -c 'import os, urllib.request as u; u.urlopen(os.environ[\"AWS_ENDPOINT_URL\"])'"),
      dependsOn: [{ containerName: "migrate", condition: "SUCCESS" }],
    },
  ]);
  expect(containerOf(task, "probe").exitCode).toBe(0);
});

it("starts the load-balanced container, written first, after the app is HEALTHY", async () => {
  const task = await sandbox.run([
    { name: "gateway", command: sh(fetchFrom(3000)), dependsOn: [{ containerName: "app", condition: "HEALTHY" }] },
    { name: "app", command: sh(`sleep 3; exec ${serve(3000)}`), healthCheck: check(fetchFrom(3000)) },
  ]);
  expect(containerOf(task, "gateway").exitCode).toBe(0);
});

it("waits for a dependency to COMPLETE", async () => {
  const shared = { mountPoints: [{ sourceVolume: "shared", containerPath: "/shared" }] };
  const task = await sandbox.run(
    [
      {
        name: "probe",
        command: sh("test -f /shared/done"),
        dependsOn: [{ containerName: "migrate", condition: "COMPLETE" }],
        ...shared,
      },
      { name: "migrate", essential: false, command: sh("sleep 2; touch /shared/done; exit 9"), ...shared },
    ],
    { volumes: [{ name: "shared" }] },
  );
  expect(containerOf(task, "probe").exitCode).toBe(0);
});

it("names the dependency that failed", async () => {
  const task = await sandbox.run([
    { name: "gateway", command: sh("true"), dependsOn: [{ containerName: "app", condition: "HEALTHY" }] },
    { name: "app", command: sh("echo no database; exit 4"), healthCheck: check("true") },
  ]);
  expect(task.stopCode).toBe("TaskFailedToStart");
  expect(task.stoppedReason).toBe(
    "Task failed to start: container app exited with code 4, and gateway depends on it being HEALTHY",
  );
  expect(await sandbox.output(task, "app")).toEqual(["no database"]);
});

it("refuses a cycle of dependencies with its names", async () => {
  const registration = sandbox.register([
    { name: "a", dependsOn: [{ containerName: "b", condition: "START" }] },
    { name: "b", dependsOn: [{ containerName: "a", condition: "START" }] },
  ]);
  await expect(registration).rejects.toThrow("Container dependency cycle: a -> b -> a.");
});

it("shares a volume between the containers, and removes it with the task", async () => {
  const shared = { mountPoints: [{ sourceVolume: "shared", containerPath: "/shared" }] };
  const task = await sandbox.run(
    [
      {
        name: "writer",
        essential: false,
        command: sh("echo hello > /shared/word"),
        readonlyRootFilesystem: true,
        ...shared,
      },
      {
        name: "probe",
        command: sh("grep hello /shared/word"),
        dependsOn: [{ containerName: "writer", condition: "SUCCESS" }],
        ...shared,
      },
    ],
    { volumes: [{ name: "shared" }] },
  );
  expect(containerOf(task, "probe").exitCode).toBe(0);
});

it("gives a path that the image does not declare an empty volume of root's, as Fargate does", async () => {
  const task = await sandbox.run(
    [
      {
        name: "probe",
        command: sh('test "$(stat -c %u:%a /usr/share)" = 0:755 && test -z "$(ls /usr/share)"'),
        mountPoints: [{ sourceVolume: "empty", containerPath: "/usr/share" }],
      },
    ],
    { volumes: [{ name: "empty" }] },
  );
  expect(containerOf(task, "probe").exitCode).toBe(0);
});

it("reports the health of containers and task", async () => {
  const arn = await sandbox.start([{ name: "app", command: sh("exec sleep 60"), healthCheck: check("test -e /") }]);
  const healthy = await sandbox.wait(arn, (task) => task.healthStatus !== "UNKNOWN");
  expect(healthy.healthStatus).toBe("HEALTHY");
  expect(containerOf(healthy, "app").healthStatus).toBe("HEALTHY");
});

it("ships the last words of a container that exits at once", async () => {
  const task = await sandbox.run([{ name: "app", command: sh("echo first; echo last; exit 5") }]);
  expect(containerOf(task, "app").exitCode).toBe(5);
  expect(await sandbox.output(task, "app")).toEqual(["first", "last"]);
});
