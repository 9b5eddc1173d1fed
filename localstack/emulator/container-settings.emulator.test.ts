import { containerOf, EcsSandbox } from "./ecs-task";

const sandbox = new EcsSandbox();

jest.setTimeout(60_000);
beforeAll(() => sandbox.open());
afterAll(() => sandbox.close());

const sh = (script: string) => ["sh", "-c", script];

/** Runs the script as the only container of a task and returns its exit code. */
async function exitCode(script: string, settings: object = {}): Promise<number | undefined> {
  const task = await sandbox.run([{ name: "probe", command: sh(script), ...settings }]);
  return containerOf(task, "probe").exitCode;
}

it("runs the container as the task definition's user", async () => {
  expect(await exitCode("test $(id -u):$(id -g) = 1234:4321", { user: "1234:4321" })).toBe(0);
});

it("mounts the root file system read-only", async () => {
  expect(await exitCode("! touch /here", { readonlyRootFilesystem: true })).toBe(0);
});

it("drops the capabilities it is told to drop", async () => {
  const dropped = { linuxParameters: { capabilities: { drop: ["ALL"] } } };
  expect(await exitCode("grep -q 'CapEff:.0000000000000000' /proc/self/status", dropped)).toBe(0);
});

it("adds a capability", async () => {
  const traced = { linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } } };
  // SYS_PTRACE is bit 19: the fifth hexadecimal digit from the right, its upper bit.
  expect(await exitCode("grep -qE 'CapEff:.[0-9a-f]{11}[89a-f][0-9a-f]{4}' /proc/self/status", traced)).toBe(0);
});

it("puts an init process in front", async () => {
  expect(await exitCode("grep -q init /proc/1/comm", { linuxParameters: { initProcessEnabled: true } })).toBe(0);
});

it("starts the entry point in the working directory", async () => {
  const settings = { entryPoint: ["sh", "-c"], command: ["test $PWD = /usr/share"], workingDirectory: "/usr/share" };
  expect(await exitCode("", settings)).toBe(0);
});

it("limits memory to the container's, else to the task's", async () => {
  const limit = "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | head -1";
  expect(await exitCode(`test $(${limit}) = ${128 * 1024 * 1024}`, { memory: 128 })).toBe(0);
  expect(await exitCode(`test $(${limit}) = ${512 * 1024 * 1024}`)).toBe(0);
});

it("sets ulimits", async () => {
  const settings = { ulimits: [{ name: "nofile", softLimit: 777, hardLimit: 888 }] };
  expect(await exitCode("test $(ulimit -Sn):$(ulimit -Hn) = 777:888", settings)).toBe(0);
});

it("waits stopTimeout before it kills", async () => {
  // MiniStack's own time-out is 5 s; this container needs 7.
  const drain = "trap 'sleep 7; echo drained; exit 3' TERM; echo ready; while :; do sleep 0.1; done";
  const arn = await sandbox.start([{ name: "probe", command: sh(drain), stopTimeout: 20 }]);
  await sandbox.until(arn, "RUNNING");
  const task = await sandbox.stop(arn);
  expect(containerOf(task, "probe").exitCode).toBe(3);
  expect(await sandbox.output(task, "probe")).toEqual(["ready", "drained"]);
});

it("kills after stopTimeout", async () => {
  const arn = await sandbox.start([
    { name: "probe", command: sh("trap '' TERM; while :; do sleep 0.1; done"), stopTimeout: 2 },
  ]);
  await sandbox.until(arn, "RUNNING");
  expect(containerOf(await sandbox.stop(arn), "probe").exitCode).toBe(137);
});

it("never asks a registry for an image that is not here", async () => {
  const task = await sandbox.run([{ name: "probe", image: "registry.invalid/absent:1" }]);
  expect(task.stopCode).toBe("TaskFailedToStart");
  expect(task.stoppedReason).toBe(
    "CannotPullContainerError: registry.invalid/absent:1 is not in the local Docker store, " +
      "and the emulator never asks a registry: build or tag it first",
  );
});
