import { recordedLevels } from "../../localstack/compatibility/ledger";
import { probe, probes } from "../../localstack/compatibility/probes";

jest.setTimeout(600_000);

/** Of the system that this shell's AWS calls go to. Ledger and reasons: COMPATIBILITY.md. */
it("does what the ledger says of it", async () => {
  const measured = await probe(
    probes.map(({ id }) => id),
    process.env,
  );
  expect(Object.fromEntries(measured)).toEqual(Object.fromEntries(recordedLevels("ours")));
});
