import { awaitAttestation } from "./attested";

describe("an image that another run pushed", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const attestedAfter = (answers: number) => {
    let asked = 0;
    return { isAttested: async () => asked++ >= answers };
  };
  const wait = async () => {};

  it("may be attested while this run waits", async () => {
    await expect(awaitAttestation(attestedAfter(0), digest, wait)).resolves.toBeUndefined();
    await expect(awaitAttestation(attestedAfter(7), digest, wait)).resolves.toBeUndefined();
  });

  it("does not go on unattested; the error says what to do", async () => {
    await expect(awaitAttestation(attestedAfter(1000), digest, wait)).rejects.toThrow(
      `No run has attested ${digest}, which the registry keeps for these sources. Run the one again that pushed it`,
    );
  });
});
