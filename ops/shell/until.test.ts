import { until } from "./until";

it("gives what the probe found, also after it failed", async () => {
  let asked = 0;
  const probe = async () => {
    if (++asked === 1) throw new Error("not yet");
    return asked > 2 && "found";
  };
  expect(await until("it is there", 5, probe)).toBe("found");
});

it("says what did not happen, and why it could not be seen", async () => {
  const refused = () => Promise.reject(new Error("connection refused"));
  await expect(until("it answers", 0.1, refused)).rejects.toThrow(
    "Not within 0.1 s: it answers; last: connection refused",
  );
});

it("does not wait for a probe that hangs", async () => {
  await expect(until("it answers", 0.1, () => new Promise(() => {}))).rejects.toThrow(/it answers$/);
});
