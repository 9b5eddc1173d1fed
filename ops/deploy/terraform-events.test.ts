import { errorEvent, events } from "./synthesized.fixture";
import { TerraformEvents } from "./terraform-events";

const hook = (type: string, addr: string) => ({
  "@message": `${addr}: Creating...`,
  type,
  hook: { resource: { addr } },
});
const none = () => undefined;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it("names the resources that have been worked on longest", () => {
  const said = new TerraformEvents();
  expect(said.waitsFor()).toBe("planning");
  for (const name of ["lb", "zone", "queue", "role"]) {
    said.read(events(hook("apply_start", `aws_${name}.a`)));
    jest.advanceTimersByTime(10_000);
  }
  expect(said.waitsFor()).toBe("aws_lb.a 40 s, aws_zone.a 30 s, aws_queue.a 20 s, 1 more");
  said.read(events(hook("apply_complete", "aws_lb.a"), hook("apply_errored", "aws_zone.a")));
  expect(said.waitsFor()).toBe("aws_queue.a 20 s, aws_role.a 10 s");
});

it("counts what was done", () => {
  const said = new TerraformEvents();
  const summary = (operation: string, add: number, change: number) => ({
    type: "change_summary",
    changes: { add, change, remove: 0, operation },
  });
  said.read(events(summary("plan", 3, 1), summary("apply", 2, 1)));
  expect(said.done).toBe("2 created, 1 changed");
  said.read(events(summary("apply", 0, 0)));
  expect(said.done).toBe("no changes");
});

it("reads lines that come in parts, and gives them for the log, the details of an error too", () => {
  const said = new TerraformEvents();
  const text = events(hook("apply_start", "aws_lb.a"), errorEvent("no", "because"));
  expect(said.read(text.slice(0, 20))).toEqual([]);
  expect(said.read(text.slice(20))).toEqual(["aws_lb.a: Creating...", "Error: no\nbecause"]);
  expect(said.errors(none)).toBe("Error: no\n  because");
});

it("has what Terraform printed where it named no error, as when it cannot start", () => {
  const said = new TerraformEvents();
  said.read("panic: out of memory\n\ngoroutine 1");
  expect(said.errors(none)).toBe("panic: out of memory\ngoroutine 1");
});

it("takes a warning for no error", () => {
  const said = new TerraformEvents();
  said.read(events({ type: "diagnostic", diagnostic: { severity: "warning", summary: "deprecated" } }));
  expect(said.errors(none)).toBe("");
});
