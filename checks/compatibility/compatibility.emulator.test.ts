import { recordedLevels } from "../../localstack/compatibility/baseline";
import { probe, probes } from "../../localstack/compatibility/probes";

jest.setTimeout(600_000);

/** Of the system that this shell's AWS calls go to, in an account beside the deployed one: its quota of VPCs is small. Baseline and reasons: COMPATIBILITY.md. */
it("does what the baseline says of it", async () => {
  const measured = await probe(
    probes.map(({ id }) => id),
    { ...process.env, AWS_ACCESS_KEY_ID: "222222222222" },
  );
  expect(Object.fromEntries(measured)).toEqual(Object.fromEntries(recordedLevels("patched")));
});
