import { execFileSync } from "node:child_process";
import { environments } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { root } from "../shell/paths";
import { pipelineCommand } from "./cli";
import { choose, elsewhere, targetOf } from "./local";
import { commandsOf, readWorkflows, startsByItself } from "./workflows";

describe("the commands", () => {
  const commands = readWorkflows()
    .filter(startsByItself)
    .flatMap((workflow) => commandsOf(workflow));

  it("know the value of each variable that they use, but for what an event or a step brings", () => {
    const fromEvents = ["PULL_REQUEST", "HEAD", "DOCKER_HUB", "BASE", "PLANS"];
    const unknown = commands.flatMap(({ job, run, env }) =>
      [...run.matchAll(/\$(\w+)/g)].flatMap(([, name = ""]) =>
        name in env || fromEvents.includes(name) ? [] : [`${job}: ${name}`],
      ),
    );
    expect(unknown).toEqual([]);
  });

  it("name environments, services and stages that exist", () => {
    const known = { ENVIRONMENT: environments.map(({ name }) => name), SERVICE: services.map(({ name }) => name) };
    for (const { env } of commands) {
      for (const [variable, allowed] of Object.entries(known)) {
        if (env[variable] !== undefined) expect(allowed).toContain(env[variable]);
      }
    }
  });

  /** What the shell makes of a command that was changed so that it only prints. */
  function printedBy(run: string, env: Record<string, string>): string {
    const sample = { PULL_REQUEST: "7", HEAD: "0123abc", DOCKER_HUB: "example", BASE: "HEAD^1", PLANS: "offline" };
    return execFileSync("bash", ["-c", run], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, MAKEFLAGS: "", ...sample, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  const distinct = [
    ...new Map(commands.map((command) => [`${command.run} ${JSON.stringify(command.env)}`, command])).values(),
  ];

  it("are understood by make", () => {
    const ofMake = distinct.filter(({ run }) => run.startsWith("make "));
    expect(ofMake.length).toBeGreaterThan(5);
    for (const { run, env } of ofMake) {
      const printed = printedBy(run.replace(/^make /, "make --dry-run --no-print-directory "), env);
      expect(printed).toMatch(/node_modules\/\.bin\/|node --import tsx ops/);
      expect(printed).not.toMatch(/''/);
    }
  });

  it("are understood by ops", () => {
    const ofOps = distinct.filter(({ run }) => run.startsWith("ops/run pipeline "));
    expect(ofOps.length).toBeGreaterThan(5);
    for (const { run, env } of ofOps) {
      const [name, ...given] = printedBy(run.replace("ops/run pipeline", "printf '%s\\n'"), env).trim().split("\n");
      const command = pipelineCommand.commands.find((each) => each.name() === name)?.exitOverride();
      expect(command?.parseOptions(given).unknown).toEqual([]);
      const missing = command?.options.filter(
        (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
      );
      expect(missing).toEqual([]);
    }
  });

  it("run here, all but those that need AWS or GitHub", () => {
    const here = new Set(commands.map(({ run }) => targetOf(run)).filter((target) => elsewhere[target] === undefined));
    expect([...here].sort()).toEqual(["account", "check", "images", "prove", "review", "synth", "test"]);
    const used = new Set(commands.map(({ run }) => targetOf(run)));
    expect(Object.keys(elsewhere).filter((target) => !used.has(target))).toEqual([]);
  });
});

describe("a choice of jobs", () => {
  it("runs each command once, for all jobs that have it", () => {
    const texts = choose([]).map(({ run, env }) => run.replace(/\$(\w+)/g, (_, name) => env[name] ?? ""));
    expect(new Set(texts).size).toBe(texts.length);
    const plan = choose([]).find(({ run, env }) => targetOf(run) === "plan" && env.ENVIRONMENT === "staging");
    expect(plan?.jobs).toEqual(
      expect.arrayContaining(["drift/plan/plan", "infra-ci/plan/plan", "ci/deploy/staging/plan"]),
    );
  });

  it("is by workflow or by job", () => {
    expect(choose(["frontend-ci/service/images"]).map(({ env }) => env.SERVICE)).toEqual(["frontend"]);
    expect(choose(["drift"]).map(({ run }) => targetOf(run))).toEqual([
      ...["deployed", "account", "plan", "account", "plan", "drift"],
    ]);
  });

  it("names the jobs that there are when it is told another", () => {
    expect(() => choose(["frontend"])).toThrow(/No such job: frontend; there are backend-ci\/service\/test, /);
  });
});
