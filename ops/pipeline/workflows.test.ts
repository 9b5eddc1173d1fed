import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Service, services } from "../../stacks/services";
import { root } from "../shell/paths";
import { gate } from "./github";
import { targetOf } from "./local";
import { type Job, readAction, readWorkflows, type Step, type Workflow } from "./workflows";

const workflows = readWorkflows();
const actions = readdirSync(join(root, ".github/actions")).map((name) => `./.github/actions/${name}`);
const jobs = workflows.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${workflow.name}/${id}`, workflow, job })),
);
const steps = [
  ...jobs.flatMap(({ name, job }) => (job.steps ?? []).map((step) => ({ place: name, step }))),
  ...actions.flatMap((action) => readAction(action).map((step) => ({ place: action, step }))),
];
const workflowNamed = (name: string): Workflow => {
  const found = workflows.find((workflow) => workflow.name === name);
  if (!found) throw new Error(`There is no workflow ${name}.`);
  return found;
};
const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ".github"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((file) => existsSync(join(root, file)))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

describe("every workflow", () => {
  it("runs nothing but targets of make and commands of ops", () => {
    const targets = new Set(
      [...readFileSync(join(root, "Makefile"), "utf8").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name),
    );
    const wrong = steps.flatMap(({ place, step: { run } }) =>
      run === undefined ||
      /^ops\/run pipeline [a-z]+( --[a-z-]+=("[^"]*"|[\w-]+))*( [a-z]+)*$/.test(run) ||
      (/^make [a-z-]+( [A-Z_]+=("[^"]*"|[\w^.-]+))*$/.test(run) && targets.has(targetOf(run)))
        ? []
        : [`${place}: ${run}`],
    );
    expect(wrong).toEqual([]);
    expect(steps.filter(({ step }) => step.run !== undefined).length).toBeGreaterThan(10);
  });

  it("hands values to the shell as variables, never as text", () => {
    expect(steps.filter(({ step }) => step.run?.includes("${{"))).toEqual([]);
  });

  it("pins what is not ours by commit, and says which version that is; one commit for each action", () => {
    const pins = new Map<string, string>();
    for (const { file, text } of sources) {
      for (const [line, used = ""] of text.matchAll(/^.*\buses: +(\S+).*$/gm)) {
        if (used.startsWith("./")) continue;
        const [, action = "", pin = ""] = /uses: ([\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(line) ?? [];
        expect(`${file}: ${line.trim()}: ${pin}`).toMatch(/: [0-9a-f]{40} # v/);
        expect(pins.get(action) ?? pin).toBe(pin);
        pins.set(action, pin);
      }
    }
    expect(pins.size).toBeGreaterThan(5);
  });

  it("gives no permission but to single jobs", () => {
    expect(workflows.filter(({ permissions }) => JSON.stringify(permissions) !== "{}")).toEqual([]);
    expect(jobs.filter(({ job }) => job.permissions === undefined)).toEqual([]);
  });

  it("gives each job what it needs, and nothing more", () => {
    const given = jobs
      .filter(({ job }) => job.steps)
      .map(
        ({ name, job }) =>
          `${name}: ${Object.entries(job.permissions ?? {})
            .map(([scope, level]) => `${scope} ${level}`)
            .join(", ")}`,
      );
    const writes = given.filter((line) => line.includes("write"));
    expect(writes).toEqual([
      "apply/apply: contents read, attestations read, id-token write",
      "comment/comment: contents read, actions read, pull-requests write",
      "deploy-environment/plan: contents read, actions read, deployments read, id-token write",
      "deploy-environment/record: contents read, id-token write",
      "drift/report: contents read, issues write",
      "plan/plan: contents read, id-token write",
      "provider-locks/lock: contents write, pull-requests write",
      "scan/scan: contents read, actions read, id-token write, security-events write",
      "service/push: contents read, id-token write, attestations write",
    ]);
    expect(given.filter((line) => !writes.includes(line) && !/: (contents read)?$/.test(line))).toEqual([
      "ci/changes: contents read, actions read",
      "drift/deployed: contents read, deployments read",
    ]);
    const identity = jobs.filter(({ job }) => job.steps && job.permissions?.["id-token"]);
    expect(identity.filter(({ job }) => !job.steps?.some(({ uses }) => uses === "./.github/actions/account"))).toEqual(
      [],
    );
  });

  it("has a limit of time for each job, and leaves no credential of git behind", () => {
    expect(jobs.filter(({ job }) => job.steps && job["timeout-minutes"] === undefined)).toEqual([]);
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter(({ step }) => String(step.with?.["persist-credentials"]) !== "false")).toEqual([]);
  });

  it("never runs a stranger's code with a right to write", () => {
    expect(workflows.filter(({ on }) => "pull_request_target" in on)).toEqual([]);
    const afterRuns = workflows.filter(({ on }) => "workflow_run" in on);
    expect(afterRuns.map(({ name }) => name)).toEqual(["comment"]);
    // It reads the reviews with main's code.
    const checkout = workflowNamed("comment").jobs.comment?.steps?.find(({ uses }) =>
      uses?.startsWith("actions/checkout@"),
    );
    expect(checkout?.with?.ref).toBe("main");
  });
});

it("takes its one secret from an environment, where GitHub refuses other branches", () => {
  const using = jobs.filter(({ job }) => job.steps && /\bsecrets\./.test(JSON.stringify(job)));
  expect(using.map(({ name, job }) => `${name}: ${nameIn(job)}`)).toEqual(["service/copy: docker-hub"]);
  const passing = jobs.filter(({ job }) => job.secrets !== undefined);
  expect(new Set(passing.flatMap(({ job }) => Object.keys(job.secrets ?? {})))).toEqual(new Set(["DOCKER_HUB_TOKEN"]));
});

describe("a service", () => {
  it("has a workflow of its name, which the gate calls and waits for", () => {
    const { jobs: own } = workflowNamed("ci");
    for (const { name } of services) {
      expect(workflowNamed(`${name}-ci`).jobs.service).toMatchObject({
        uses: "./.github/workflows/service.yml",
        with: { service: name },
      });
      expect(own[name]).toMatchObject({
        uses: `./.github/workflows/${name}-ci.yml`,
        if: `needs.changes.outputs.${name} == 'true'`,
      });
    }
    expect(own.gate).toMatchObject({
      name: gate,
      if: "always()",
      needs: ["changes", ...services.map(({ name }) => name).sort(), "infra"],
    });
  });

  it("is tested where there is a browser, and its images are built on the architecture of its row", () => {
    const { test, images } = workflowNamed("service").jobs;
    expect([test, images].map((job) => job?.["runs-on"])).toEqual([
      "ubuntu-24.04",
      expect.stringContaining("inputs.runner"),
    ]);
    for (const { name, architecture } of services as readonly Service[]) {
      const runner = workflowNamed(`${name}-ci`).jobs.service?.with?.runner ?? "ubuntu-24.04";
      expect(runner).toBe(architecture === "ARM64" ? "ubuntu-24.04-arm" : "ubuntu-24.04");
    }
  });

  it("signs for its images before it pushes them", () => {
    const steps = workflowNamed("service").jobs.push?.steps ?? [];
    const place = (found: (step: Step) => boolean | undefined) => steps.map(found).lastIndexOf(true);
    const attested = place(({ uses }) => uses === "./.github/actions/attest");
    expect(attested).toBeGreaterThan(0);
    expect(place(({ run }) => run?.startsWith("ops/run pipeline push"))).toBeGreaterThan(attested);
  });
});

describe("a scan", () => {
  it("is of each image that runs, by digest, under a name that no other build has", () => {
    const { scan } = workflowNamed("scan").jobs;
    expect([...(scan?.strategy?.matrix.image ?? [])].sort()).toEqual(
      ["gateway", ...services.map(({ name }) => name)].sort(),
    );
    const [trivy, upload] = ["aquasecurity/trivy-action@", "github/codeql-action/upload-sarif@"].map((action) =>
      scan?.steps?.find(({ uses }) => uses?.startsWith(action)),
    );
    expect(trivy?.with?.["image-ref"]).toContain("steps.running.outputs.image");
    expect(upload?.with?.category).toMatch(/^running-\$\{\{ matrix\.environment \}\}-\$\{\{ matrix\.image \}\}$/);
    const uploads = steps.filter(({ step }) => step.uses?.startsWith("github/codeql-action/upload-sarif@"));
    expect(uploads.map(({ place }) => place)).toEqual(["scan/scan"]);
  });
});

describe("a deployment", () => {
  it("is alone in its environment from plan to record, waits in a queue, and is never cut off", () => {
    const { staging, prod } = workflowNamed("deploy").jobs;
    for (const [name, job] of Object.entries({ staging, prod })) {
      expect(job?.concurrency).toEqual({ group: name, "cancel-in-progress": false, queue: "max" });
      expect(job?.uses).toBe("./.github/workflows/deploy-environment.yml");
    }
    expect(Object.keys(workflowNamed("deploy-environment").jobs)).toEqual(["plan", "apply", "rest", "record"]);
    const applying = jobs.filter(({ job }) =>
      job.steps?.some(({ run }) => run !== undefined && targetOf(run) === "apply"),
    );
    expect(applying.map(({ name, job }) => `${name} ${job.concurrency}`)).toEqual(["apply/apply undefined"]);
  });

  it("ends only jobs that wait for an approval", () => {
    const cancelling = jobs.filter(({ job }) => job.concurrency?.["cancel-in-progress"] === true);
    expect(cancelling.map(({ name }) => name)).toEqual(["apply/approve", "deploy/give-way"]);
    expect(cancelling.filter(({ job }) => job.steps?.some(({ run }) => run))).toEqual([]);
    expect(workflowNamed("deploy").jobs["give-way"]?.concurrency?.group).toBe("approve-prod");
    expect(workflowNamed("apply").jobs.approve?.concurrency?.group).toMatch(
      /^approve-\$\{\{ inputs\.environment \}\}$/,
    );
  });

  it("is of the run's own commit: nothing but the comment and the look for drift checks out another", () => {
    const others = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@") && step.with?.ref);
    expect(others.map(({ place }) => place)).toEqual(["comment/comment", "plan/plan"]);
    const planning = jobs.filter(({ job }) => job.uses === "./.github/workflows/plan.yml");
    expect(planning.map(({ name, job }) => `${name} ${job.with?.ref}`)).toEqual([
      expect.stringMatching(/^drift\/plan \$\{\{ matrix\.commit \}\}$/),
      "infra-ci/plan undefined",
    ]);
  });

  it("is recorded only where something is deployed", () => {
    const recorded = jobs.filter(({ job }) => job.environment && deploymentOf(job) !== false);
    expect(recorded.map(({ name }) => name)).toEqual(["apply/apply"]);
  });
});

it("keeps every artifact for a month at most, images that are pushed for a day", () => {
  const uploads = steps.filter(({ step }) => step.uses?.startsWith("actions/upload-artifact@"));
  expect(uploads.length).toBeGreaterThan(6);
  expect(uploads.filter(({ step }) => !(Number(step.with?.["retention-days"]) <= 30))).toEqual([]);
  const images = uploads.find(({ step }) => step.with?.path === "reports/images")?.step;
  expect(images).toMatchObject({ if: "github.ref == 'refs/heads/main'", with: { "retention-days": 1 } });
});

it("tells a pull request that its review failed, a fork's too", () => {
  const upload = workflowNamed("infra-ci").jobs.change?.steps?.at(-1);
  expect(upload).toMatchObject({
    if: expect.stringContaining("!cancelled()"),
    with: { name: "reviews-offline", path: "reports/reviews" },
  });
  const condition = workflowNamed("comment").jobs.comment?.if;
  expect(condition).toContain(`contains(fromJSON('["success", "failure"]'), github.event.workflow_run.conclusion)`);
});

test("each step of an action says in which shell it runs", () => {
  const all: readonly { run?: string; shell?: string }[] = actions.flatMap((action) => readAction(action));
  expect(all.filter(({ run, shell }) => run && shell !== "bash")).toEqual([]);
});

function nameIn({ environment }: Job): string | undefined {
  return typeof environment === "object" ? environment.name : environment;
}

function deploymentOf({ environment }: Job): boolean | undefined {
  return typeof environment === "object" ? environment.deployment : undefined;
}
