import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Testing } from "cdktf";
import { maximalEnvironment, servicesWithSecrets, stacksOf } from "../../stacks/maximal-environment";
import { synthesizedStack } from "../shell/paths";
import type { SecretClients } from "./find";
import { type Named, namedIn } from "./named";
import { assertThere, seed, valuesOf } from "./provide";

const folder = mkdtempSync(join(tmpdir(), "secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const secret: Named = { kind: "secret", name: "backend/api-key" };
const parameter: Named = { kind: "parameter", name: "/backend/token" };

/** An account as these calls see it. */
class Account {
  readonly values = new Map<string, string>();
  readonly written: string[] = [];
  refuses = false;

  private async answer(command: { constructor: { name: string }; input: Record<string, unknown> }): Promise<object> {
    if (this.refuses) throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
    const { input } = command;
    const name = String(
      input.SecretId ?? input.Name ?? (input.ParameterFilters as { Values: string[] }[])?.[0]?.Values[0],
    );
    const value = this.values.get(name);
    const kind = command.constructor.name;
    if (/^(Create|Put)/.test(kind)) {
      if (kind.startsWith("Create") === (value !== undefined) && kind !== "PutParameterCommand") throw new Error(kind);
      this.values.set(name, String(input.SecretString ?? input.Value));
      this.written.push(name);
      return {};
    }
    if (kind === "DescribeParametersCommand") return { Parameters: value === undefined ? [] : [{ Name: name }] };
    if (value === undefined) throw Object.assign(new Error(name), { name: "ResourceNotFoundException" });
    return { SecretString: value, Parameter: { Value: value }, VersionIdsToStages: { one: ["AWSCURRENT"] } };
  }

  get clients(): SecretClients {
    const client = { send: (command: never) => this.answer(command) };
    return { secrets: client, ssm: client } as unknown as SecretClients;
  }
}

it("finds in the synthesized stacks what services and the sign-in read", () => {
  const { compute } = stacksOf(maximalEnvironment, servicesWithSecrets);
  const file = synthesizedStack("full-compute", folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Testing.synth(compute));
  expect(new Set(namedIn(["full-compute"], folder))).toEqual(
    new Set([secret, { kind: "secret", name: "dashboard/client-secret" }, parameter]),
  );
});

describe("on the emulated AWS:", () => {
  const given = new Map([
    [secret.name, "one"],
    [parameter.name, "two"],
  ]);

  it("creates what the file has, and writes no value again", async () => {
    const account = new Account();
    await seed([secret, parameter], given, account.clients, "named");
    await seed([secret, parameter], given, account.clients, "named");
    expect(account.values).toEqual(given);
    expect(account.written).toEqual([secret.name, parameter.name]);
  });

  it("changes a value that the file has another of", async () => {
    const account = new Account();
    await seed([secret, parameter], new Map([...given.keys()].map((name) => [name, "old"])), account.clients, "named");
    await seed([secret, parameter], given, account.clients, "named");
    expect(account.values).toEqual(given);
  });

  it("names all that the file lacks, and takes what somebody created by hand", async () => {
    const account = new Account();
    const other: Named = { kind: "secret", name: "another" };
    account.values.set("another", "by hand");
    const seeding = seed([secret, parameter, other], new Map(), account.clients, "named");
    await expect(seeding).rejects.toThrow(
      /lacks.*\n {2}secret backend\/api-key\n {2}parameter \/backend\/token\nAdd a line for each, .*: backend\/api-key=a value\. Nothing was deployed\./,
    );
    expect(account.values).toEqual(new Map([["another", "by hand"]]));
  });

  it("generates in a proof what the file lacks, once", async () => {
    const account = new Account();
    await seed([secret, parameter], new Map([[secret.name, "one"]]), account.clients, "generated");
    expect(account.values.get(secret.name)).toBe("one");
    expect(account.values.get(parameter.name)).toMatch(/^[0-9a-f]{32}$/);
    await seed([parameter], new Map(), account.clients, "generated");
    expect(account.written).toEqual([secret.name, parameter.name]);
  });
});

describe("on AWS:", () => {
  it("names what is missing, each with its command", async () => {
    const account = new Account();
    account.values.set(secret.name, "one");
    const asserting = assertThere(maximalEnvironment, [secret, parameter], account.clients);
    await expect(asserting).rejects.toThrow(
      /^Account 444444444444 lacks what the services read:\nparameter \/backend\/token: absent\n {2}aws ssm put-parameter .* --name \/backend\/token --value …\nNothing was deployed\.$/,
    );
    account.values.set(parameter.name, "two");
    await assertThere(maximalEnvironment, [secret, parameter], account.clients);
  });

  it("goes on where nothing of it may be read", async () => {
    const account = new Account();
    account.refuses = true;
    await assertThere(maximalEnvironment, [secret], account.clients);
  });
});

describe("the file:", () => {
  const file = join(folder, ".env.emulator");
  const valuesIn = (text: string) => {
    writeFileSync(file, text);
    return [...valuesOf(file)];
  };

  it("has a name and a value in each line, and comments", () => {
    expect(valuesIn("# of the backend\n\nbackend/api-key = a=b \n/backend/token=\n")).toEqual([
      ["backend/api-key", "a=b"],
      ["/backend/token", ""],
    ]);
  });

  it("may be absent", () => expect(valuesOf(join(folder, "none"))).toEqual(new Map()));

  it("may have no other line", () => expect(() => valuesIn("backend/api-key")).toThrow(/line 1 of \.env\.emulator/i));
});
