import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Service, services } from "../../stacks/services";
import { root } from "../shell/paths";
import { targetOf } from "./local";
import { type Job, readAction, readWorkflows, type Workflow } from "./workflows";

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
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

/** What GitHub calls when a stranger opens a pull request, and everything that it starts in turn. */
const ofPullRequests = closure(workflows.filter(({ on }) => "pull_request" in on));

function closure(from: readonly Workflow[]): { name: string; job: Job }[] {
  return from.flatMap((workflow) =>
    Object.entries(workflow.jobs).flatMap(([id, job]) => {
      if (isForMainAlone(job) || neededMainAlone(workflow, job)) return [];
      const called = job.uses ? closure([workflowNamed(nameOf(job.uses))]) : [];
      return [{ name: `${workflow.name}/${id}`, job }, ...called];
    }),
  );
}

/** The ref of a pull request is that of its merge. */
function isForMainAlone(job: Job): boolean {
  return /^github\.ref == 'refs\/heads\/main'( && |$)/.test(job.if ?? "") && !job.if?.includes("||");
}

/** A job is skipped when one is that it needs, unless its condition asks how those ended. */
function neededMainAlone(workflow: Workflow, job: Job): boolean {
  return (
    !/\b(always|cancelled|failure)\(/.test(job.if ?? "") &&
    [job.needs ?? []].flat().some((needed) => isForMainAlone(workflow.jobs[needed] as Job))
  );
}

function nameOf(uses: string): string {
  return uses.replace("./.github/workflows/", "").replace(".yml", "");
}

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
      "comment/comment: contents read, actions read, pull-requests write",
      "deploy-environment/plan: contents read, id-token write",
      "deploy-environment/apply: contents read, id-token write",
      "deploy-staging/ready: contents read, actions read, id-token write",
      "deploy-staging/record: contents read, id-token write",
      "drift/plan: contents read, id-token write",
      "drift/tell: contents read, issues write",
      "infra-ci/plan: contents read, id-token write",
      "service-check/scan: contents read, actions read, security-events write",
      "service-push/push: contents read, id-token write, attestations write",
    ]);
    expect(given.filter((line) => !writes.includes(line) && !line.endsWith(": contents read"))).toEqual([]);
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
    expect(afterRuns.map(({ name }) => name)).toEqual(["comment-for-forks"]);
    // Both ways to the comment read the reviews with main's code.
    const checkout = workflowNamed("comment").jobs.comment?.steps?.find(({ uses }) =>
      uses?.startsWith("actions/checkout@"),
    );
    expect(checkout?.with?.ref).toBe("main");
    expect(afterRuns.flatMap(({ jobs: own }) => Object.values(own).map(({ uses }) => uses))).toEqual([
      "./.github/workflows/comment.yml",
    ]);
  });
});

describe("a pull request", () => {
  it("reaches no secret", () => {
    expect(ofPullRequests.length).toBeGreaterThan(8);
    expect(ofPullRequests.filter(({ job }) => /\bsecrets\b/.test(JSON.stringify(job)))).toEqual([]);
  });

  it("reaches no environment, and becomes a role only to read, and not from a fork", () => {
    expect(ofPullRequests.filter(({ job }) => job.environment !== undefined)).toEqual([]);
    const identity = ofPullRequests.filter(({ job }) => job.permissions?.["id-token"]);
    expect(identity.map(({ name }) => name)).toEqual(["infra-ci/plan"]);
    const [{ job } = { job: {} as Job }] = identity;
    expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    expect(job.steps?.find(({ uses }) => uses === "./.github/actions/account")?.with?.role).toBe("plan");
  });
});

it("takes its one secret from an environment, where GitHub refuses other branches", () => {
  const using = jobs.filter(({ job }) => job.steps && /\bsecrets\./.test(JSON.stringify(job)));
  expect(using.map(({ name, job }) => `${name}: ${job.environment}`)).toEqual(["docker-hub/copy: docker-hub"]);
  const passing = jobs.filter(({ job }) => job.secrets !== undefined);
  expect(passing.map(({ job }) => Object.keys(job.secrets ?? {}).join())).toEqual(
    services.map(() => "DOCKER_HUB_TOKEN"),
  );
});

describe("a pipeline of main", () => {
  const pipelines = ["infra-ci", ...services.map(({ name }) => `${name}-ci`)].map(workflowNamed);

  it("can be started by hand, and pushes and deploys from no other branch", () => {
    for (const { on, jobs: own } of pipelines) {
      expect(Object.keys(on)).toContain("workflow_dispatch");
      expect(isForMainAlone((own.push ?? own.deploy) as Job)).toBe(true);
    }
  });

  it("looks each week for what has become known of a service's images, and does no more", () => {
    for (const { name } of services) {
      const { on, jobs: own } = workflowNamed(`${name}-ci`);
      expect(Object.keys(on)).toContain("schedule");
      expect(own.push?.if).toMatch(/ && github\.event_name != 'schedule'$/);
      expect(["docker-hub", "deploy"].map((id) => own[id]?.needs)).toEqual(["push", "push"]);
    }
  });

  it("looks into each image that it built, and tells its findings from those of other pipelines", () => {
    const { images, scan } = workflowNamed("service-check").jobs;
    expect(images?.outputs?.images).toContain("steps.images.outputs.images");
    expect(scan?.strategy?.matrix.image).toContain("fromJSON(needs.images.outputs.images)");
    const upload = scan?.steps?.find(({ uses }) => uses?.startsWith("github/codeql-action/upload-sarif@"));
    expect(upload?.with?.category).toMatch(/^trivy-\$\{\{ inputs\.service \}\}-\$\{\{ matrix\.image \}\}$/);
  });

  it("builds and tests a service on the architecture of its row", () => {
    for (const { name, architecture } of services as readonly Service[]) {
      const runner = workflowNamed(`${name}-ci`).jobs.check?.with?.runner ?? "ubuntu-24.04";
      expect(runner).toBe(architecture === "ARM64" ? "ubuntu-24.04-arm" : "ubuntu-24.04");
    }
  });

  it("is not cut off by its next run, as that of a pull request is", () => {
    for (const { name, concurrency } of pipelines) {
      expect(concurrency?.group).toBe(`${name}-\${{ github.event.pull_request.number || github.run_id }}`);
    }
  });
});

describe("a deploy", () => {
  const applying = jobs.filter(({ job }) =>
    job.steps?.some(({ run }) => run !== undefined && targetOf(run) === "apply"),
  );

  it("is the only one in its environment, and none is cut off", () => {
    expect(applying.map(({ name }) => name)).toEqual(["deploy-environment/apply"]);
    const isAlone = ({ concurrency }: Job, group: RegExp) => {
      expect(concurrency).toEqual({ group: expect.stringMatching(group), "cancel-in-progress": false });
    };
    for (const { job } of applying) {
      isAlone(job, /^apply-\$\{\{ inputs\.environment \}\}$/);
      expect(job.environment).toMatch(/^\$\{\{ inputs\.environment \}\}$/);
    }
    // Staging's has the look at main and the record of what runs in it.
    const { staging } = workflowNamed("deploy").jobs;
    isAlone(staging as Job, /^deploy-staging$/);
    expect(staging?.uses).toBe("./.github/workflows/deploy-staging.yml");
    expect(Object.keys(workflowNamed("deploy-staging").jobs)).toEqual(["ready", "deploy", "record"]);
  });

  it("is of the newest main, whose whole history is there to be asked", () => {
    const { ready, deploy } = workflowNamed("deploy-staging").jobs;
    expect(ready?.steps?.[0]?.with).toMatchObject({ ref: "main", "fetch-depth": 0 });
    expect(deploy?.with?.commit).toMatch(/^\$\{\{ needs\.ready\.outputs\.commit \}\}$/);
  });

  it("becomes the deploying role in an environment alone, where GitHub asks people", () => {
    const deploying = jobs.filter(({ job }) => job.steps?.some(({ with: given }) => given?.role === "deploy"));
    expect(deploying.length).toBeGreaterThan(2);
    expect(deploying.filter(({ job }) => job.environment === undefined)).toEqual([]);
  });

  it("gives production what staging ran, after it ran", () => {
    const { deploy, record } = workflowNamed("deploy-staging").jobs;
    const { prod } = workflowNamed("deploy").jobs;
    expect(deploy?.with).toMatchObject({ environment: "staging" });
    expect(record?.needs).toContain("deploy");
    expect(prod?.needs).toBe("staging");
    for (const output of ["ready", "guarded"]) expect(prod?.if).toContain(`needs.staging.outputs.${output} == 'true'`);
    expect(prod?.with).toMatchObject({ environment: "prod", from: "staging" });
    const order = workflowNamed("deploy-environment").jobs.apply?.steps?.flatMap(({ run }) => run ?? []);
    expect(order?.map(targetOf)).toEqual(["apply", "promote", "apply"]);
  });
});

it("lets no image go on that no run has attested", () => {
  const steps = workflowNamed("service-push").jobs.push?.steps ?? [];
  for (const image of ["app", "gateway"]) {
    const isOurs = (answer: string) => `steps.pushed.outputs.${image}-is-ours == '${answer}'`;
    expect(steps.find(({ if: condition }) => condition === isOurs("true"))?.uses).toBe("./.github/actions/attest");
    const other = steps.find(({ if: condition }) => condition === isOurs("false"));
    expect(other?.run).toBe('ops/run pipeline attested --digest="$DIGEST"');
    expect(other?.env?.DIGEST).toContain(`steps.pushed.outputs.${image}-digest`);
  }
});

it("tells a pull request that its review failed, a fork's too", () => {
  const upload = workflowNamed("infra-ci").jobs.change?.steps?.at(-1);
  expect(upload).toMatchObject({
    if: expect.stringContaining("!cancelled()"),
    with: { name: "reviews-offline", path: "reports/reviews" },
  });
  const condition = workflowNamed("comment-for-forks").jobs.comment?.if;
  expect(condition).toContain(`contains(fromJSON('["success", "failure"]'), github.event.workflow_run.conclusion)`);
});

it("looks for drift from main alone", () => {
  const { plan, tell } = workflowNamed("drift").jobs;
  expect(isForMainAlone(plan as Job)).toBe(true);
  expect(tell?.if).toContain("&& github.ref == 'refs/heads/main'");
});

it("plans what it then tells", () => {
  const environmentsOf = (workflow: string) =>
    [workflowNamed(workflow).jobs.plan?.strategy?.matrix.environment ?? []].flat().join(" ");
  expect(workflowNamed("drift").jobs.tell?.steps?.at(-1)?.run).toBe(
    `ops/run pipeline drift --plans="${environmentsOf("drift")}"`,
  );
  expect(workflowNamed("infra-ci").jobs.comment?.with?.plans).toBe(`offline ${environmentsOf("infra-ci")}`);
});

test("each step of an action says in which shell it runs", () => {
  const all: readonly { run?: string; shell?: string }[] = actions.flatMap((action) => readAction(action));
  expect(all.filter(({ run, shell }) => run && shell !== "bash")).toEqual([]);
});
