import { readFileSync } from "node:fs";
import { differences, readBaseline, recordedLevels, verdictOf } from "../../localstack/compatibility/baseline";
import { pinnedVersion } from "../../localstack/compatibility/emulators";
import { isUnknownToApi } from "../../localstack/compatibility/probe";
import { type ProbeId, probes } from "../../localstack/compatibility/probes";
import { destroyDrill } from "../resilience/destroy";
import { drillsWith } from "../resilience/prove";
import { compatibilityFile, render } from "./document";

const baseline = readBaseline();
const drills = [...drillsWith(1), destroyDrill];

it("was measured on the MiniStack that is pinned", () => {
  expect(baseline.ministack).toBe(pinnedVersion());
});

it("has a row for each probe, and no other", () => {
  expect(Object.keys(baseline.levels)).toEqual(probes.map(({ id }) => id));
});

it("has no two probes of one name", () => {
  const ids = probes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it("is what COMPATIBILITY.md shows", () => {
  // Else: make check NAME=compatibility ARGS=--write, or, where only words or drills have changed: tsx checks/compatibility/cli.ts --render
  expect(readFileSync(compatibilityFile, "utf8")).toBe(render(baseline, drills));
});

it("says what only AWS can show, wherever the patched MiniStack does not enforce", () => {
  const silent = probes.filter(({ id, note }) => baseline.levels[id].patched !== "enforced" && !note);
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe("differences", () => {
  const recorded = recordedLevels("patched");
  const [id] = recorded.keys() as Iterable<ProbeId> as [ProbeId];

  it("are none where all was measured as it is recorded", () => {
    expect(differences(recorded)).toEqual([]);
  });

  it("name what was measured otherwise", () => {
    const measured = recorded.get(id) === "absent" ? "enforced" : "absent";
    expect(differences(new Map([[id, measured]]))).toEqual([{ id, recorded: recorded.get(id), measured }]);
  });

  it("name what is not recorded", () => {
    const found = differences(new Map([[id, "stored"]]), new Map());
    expect(found).toEqual([{ id, recorded: undefined, measured: "stored" }]);
  });
});

it.each([
  ["enforced", "enforced", "enforced"],
  ["stored", "enforced", "patched here"],
  ["absent", "stored", "patched here"],
  ["stored", "stored", "stored, not enforced"],
  ["absent", "absent", "absent"],
  ["enforced", "stored", "lost with our patches"],
] as const)("%s upstream and %s patched is %s", (upstream, patched, verdict) => {
  expect(verdictOf({ upstream, patched })).toBe(verdict);
});

describe("an answer of an API", () => {
  const answer = (name: string, message: string, more: object = {}) =>
    Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 }, ...more });

  it.each([
    answer("InvalidAction", "whatever"),
    answer("InvalidOperationException", "Unknown action: PutQueryDefinition"),
    answer("Unknown", "UnknownError", { error: "Unsupported service: application-autoscaling" }),
    answer("NotImplemented", "", { $metadata: { httpStatusCode: 501 } }),
  ])("tells that there is no such thing: $name $message", (error) => {
    expect(isUnknownToApi(error)).toBe(true);
  });

  it.each([
    answer("ValidationException", "1 validation error"),
    answer("ClusterNotFoundException", "Cluster not found."),
    new Error("Unknown action, said by nobody's API"),
  ])("is a surprise: $name $message", (error) => {
    expect(isUnknownToApi(error)).toBe(false);
  });
});
