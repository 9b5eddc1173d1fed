import { environments } from "../../stacks/environments";
import { machineWithoutDocker } from "./account.fixture";
import { resultOf } from "./check";
import { dockerChecks, type Machine } from "./docker";

const [dev] = environments;
const registry = "111111111111.dkr.ecr.us-east-1.amazonaws.com";
const command = `aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin ${registry}`;
const now = Date.UTC(2026, 10, 30, 12);

const results = (machine: Partial<Machine>) =>
  Promise.all(dockerChecks(dev, { ...machineWithoutDocker, env: {}, now: () => now, ...machine }).map(resultOf));
const daemon = async (machine: Partial<Machine>) => (await results(machine))[0];
const login = async (configuration: unknown, machine: Partial<Machine> = {}) =>
  (await results({ dockerConfiguration: () => JSON.stringify(configuration), ...machine }))[1];

const base64 = (text: string) => Buffer.from(text).toString("base64");
/** As `docker login` writes it with a password of ECR. */
const auths = (password: string) => ({ auths: { [registry]: { auth: base64(`AWS:${password}`) } } });
const passwordUntil = (time: number) => base64(JSON.stringify({ type: "DATA_KEY", expiration: time / 1000 }));

it("is there when a daemon answers", async () => {
  expect(await daemon({ dockerVersion: async () => "28.1.0" })).toMatchObject({ state: "ok", found: "28.1.0" });
  expect(await daemon({})).toMatchObject({ state: "missing", found: "no daemon answers" });
});

it.each(["TF_VAR_prebuilt=true", "TF_VAR_push_images=false"])("is not needed with %s", async (setting) => {
  const [name = "", value] = setting.split("=");
  const answers = await results({ env: { [name]: value } });
  expect(answers.map(({ state, found }) => ({ state, found }))).toEqual([
    { state: "ok", found: `not needed: ${setting}` },
    { state: "ok", found: `not needed: ${setting}` },
  ]);
});

it("has no login where nobody signed in", async () => {
  const none = { state: "missing", remedy: command };
  expect((await results({}))[1]).toMatchObject(none);
  for (const configuration of [
    {},
    { auths: {} },
    { auths: { [registry]: {} } },
    { auths: { "docker.io": { auth: "a" } } },
  ]) {
    expect(await login(configuration)).toMatchObject(none);
  }
});

it("reads in the password of ECR until when the login is valid", async () => {
  expect(await login(auths(passwordUntil(now + 3600_000)))).toMatchObject({
    state: "ok",
    found: "until 2026-11-30T13:00 UTC",
  });
  expect(await login(auths(passwordUntil(now - 60_000)))).toMatchObject({
    state: "missing",
    found: "the login ended at 2026-11-30T11:59 UTC",
    remedy: command,
  });
});

it("does not know of another password whether it is still valid", async () => {
  for (const password of ["secret", base64("{}"), ""]) {
    expect(await login(auths(password))).toMatchObject({
      state: "unknown",
      found: "a login that does not say when it ends: it is valid for 12 hours",
      remedy: command,
    });
  }
});

it("never shows a password", async () => {
  const secret = passwordUntil(now + 3600_000);
  expect(JSON.stringify(await login(auths(secret)))).not.toContain(secret);
});

it("takes the helper that signs in to ECR by itself", async () => {
  for (const configuration of [{ credHelpers: { [registry]: "ecr-login" } }, { credsStore: "ecr-login" }]) {
    const machine = { loginsOf: async () => [] };
    expect(await login(configuration, machine)).toMatchObject({ state: "ok" });
    expect(await login(configuration)).toMatchObject({
      state: "unknown",
      found: "docker-credential-ecr-login does not run",
    });
  }
});

it("does not know since when a store has a login", async () => {
  const configuration = { credsStore: "desktop", auths: { [registry]: {} } };
  expect(await login(configuration, { loginsOf: async () => [`https://${registry}/`] })).toMatchObject({
    state: "unknown",
    found: "docker-credential-desktop has a login, and does not say since when: it is valid for 12 hours",
  });
  expect(await login(configuration, { loginsOf: async () => ["https://index.docker.io/v1/"] })).toMatchObject({
    state: "missing",
    remedy: command,
  });
});

it("asks the helper of the registry before the store of all", async () => {
  const asked: string[] = [];
  const loginsOf = async (helper: string) => {
    asked.push(helper);
    return [];
  };
  await login({ credHelpers: { [registry]: "one" }, credsStore: "two" }, { loginsOf });
  expect(asked).toEqual(["one"]);
});

it("does not know a configuration that it cannot read", async () => {
  expect((await results({ dockerConfiguration: () => "{" }))[1]).toMatchObject({ state: "unknown" });
});
