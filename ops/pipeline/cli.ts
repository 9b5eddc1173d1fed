import { ECSClient } from "@aws-sdk/client-ecs";
import { Command, InvalidArgumentError, Option } from "commander";
import { environments } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { type GithubRole, roleArn } from "../deploy/github-token";
import { findEnvironment } from "../emulator/emulator";
import { parseImage } from "../images/image";
import { ensureCrane } from "../install/crane";
import { steadyImages } from "../promote/running";
import { ask, run, SetupError } from "../shell/run";
import { neededPipelines } from "./changes";
import { comment } from "./comment";
import { costOfChanges } from "./cost";
import { deployedCommits, tellDrift } from "./drift";
import { Github } from "./github";
import { archiveOf, buildImages, imagesOf } from "./images";
import { lintWorkflows } from "./lint";
import { runPipelines } from "./local";
import { proposeLocks } from "./locks";
import { setOutputs } from "./outputs";
import { applyStacks, planEnvironment, showReview } from "./plans";
import { digestOf, pushImages, pushToHub } from "./push";
import { reasonsAgainst } from "./ready";
import { readReviews, reviewNames, reviewsFolder } from "./reviews";
import { missingSettings } from "./settings";
import { summarize, verdictOnChange, verdictOnDeploy } from "./verdict";

interface Options {
  readonly environment: string;
  readonly service: string;
}

/** The environments that a repository variable switches on; none in a fork or a fresh clone. */
const switchedOn = (): string[] => JSON.parse(process.env.DEPLOY_TO || "[]");
const github = () => Github.fromEnvironment(process.env);

export const pipelineCommand = new Command("pipeline").description(
  "commands of the workflows in .github; `run` runs them on this machine",
);
const environment = () =>
  new Option("--environment <name>", "environment: a row of stacks/environments.ts").makeOptionMandatory();
const service = () => new Option("--service <name>", "service: a row of stacks/services.ts").makeOptionMandatory();
const plans = () =>
  new Option(
    "--plans <names>",
    `reviews that the run should have made, separated by spaces: some of ${reviewNames.join(", ")}`,
  )
    .argParser((text) => {
      const names = text.split(" ").filter(Boolean);
      if (names.length > 0 && names.every((name) => reviewNames.includes(name))) return names;
      throw new InvalidArgumentError(`Allowed: some of ${reviewNames.join(", ")}, separated by spaces.`);
    })
    .makeOptionMandatory();

pipelineCommand
  .command("lint")
  .description("check the workflows with actionlint and zizmor")
  .action(async () => {
    if (!(await lintWorkflows())) process.exitCode = 1;
  });

pipelineCommand
  .command("run")
  .description("run, on this machine, the commands of the workflows that need neither AWS nor GitHub")
  .argument("[jobs...]", "workflows, or jobs as <workflow>/<job>; without any, all except the long proofs")
  .option("--list", "only list what would run here, and what would not, with the reason", false)
  .action(async (jobs: string[], { list }: { list: boolean }) => {
    if (!(await runPipelines(jobs, list))) process.exitCode = 1;
  });

pipelineCommand
  .command("cost")
  .description("print the jobs and minutes of a change of words, of one app and of a stack")
  .action(async () => {
    process.stdout.write(`${await costOfChanges()}\n`);
  });

pipelineCommand
  .command("settings")
  .description(
    "list what the rules of main and the GitHub environments lack, with the command that sets it; needs GITHUB_REPOSITORY and GITHUB_TOKEN. Ends with 1 when something is missing",
  )
  .action(async () => {
    const missing = await missingSettings(
      github(),
      environments.filter(({ name }) => name !== "dev"),
    );
    for (const { what, how } of missing) process.stdout.write(`${what}\n  ${how}\n`);
    process.stdout.write(missing.length === 0 ? "Nothing is missing.\n" : "");
    if (missing.length > 0) process.exitCode = 1;
  });

pipelineCommand
  .command("changes")
  .description("set step outputs: which pipelines a change needs, and whether any")
  .requiredOption("--base <commit>", "what to compare with; if empty, the newest commit of main that passed")
  .action(async ({ base }: { base: string }) => {
    const isByHand = process.env.GITHUB_EVENT_NAME === "workflow_dispatch";
    const needed = await neededPipelines(isByHand ? "" : base, github, isByHand);
    const outputs = { ...needed, any: Object.values(needed).includes(true) };
    setOutputs(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, String(value)])));
  });

pipelineCommand
  .command("verdict")
  .description("print the results of the jobs in NEEDS; with --of ci, end with 1 unless every needed job passed")
  .addOption(
    new Option("--of <what>", "ci: a change; deploy: a deployment").choices(["ci", "deploy"]).makeOptionMandatory(),
  )
  .action(({ of }: { of: string }) => {
    const needs = JSON.parse(process.env.NEEDS ?? "{}");
    const { isGreen, summary } = of === "ci" ? verdictOnChange(needs) : verdictOnDeploy(needs, switchedOn());
    summarize(summary);
    if (!isGreen) process.exitCode = 1;
  });

pipelineCommand
  .command("account")
  .description("set step outputs: the IAM role, region and account of an environment")
  .addOption(environment())
  .addOption(
    new Option("--role <role>", "which of the two IAM roles for GitHub Actions")
      .choices(["plan", "deploy"])
      .makeOptionMandatory(),
  )
  .action((options: Options & { role: GithubRole }) => {
    const row = findEnvironment(options.environment);
    setOutputs({ role: roleArn(options.role, row), region: row.region, account: row.accountId });
  });

pipelineCommand
  .command("images")
  .description("build the images of a service, and save each as a file")
  .addOption(service())
  .action(async (options: Options) => {
    await buildImages(options.service);
    setOutputs({ gateway: String(imagesOf(options.service).includes("gateway")) });
    summarize(`Built: ${imagesOf(options.service).join(", ")}`);
  });

pipelineCommand
  .command("digest")
  .description("set the step output digest: the digest of a saved image")
  .requiredOption("--image <name>", "a service, or gateway")
  .action(async ({ image }: { image: string }) => setOutputs({ digest: await digestOf(archiveOf(image)) }));

pipelineCommand
  .command("push")
  .description(
    "push the saved images of a service to the ECR repositories of an environment, except tags that exist there",
  )
  .addOption(service())
  .addOption(environment())
  .option("--docker-hub <namespace>", "push to this namespace of Docker Hub instead")
  .action(async (options: Options & { dockerHub?: string }) => {
    const row = findEnvironment(options.environment);
    if (options.dockerHub) await pushToHub(options.service, options.dockerHub, row);
    else await pushImages(options.service, row);
  });

pipelineCommand
  .command("running")
  .description("set the step output image: the image of this name that an environment runs, by digest")
  .addOption(environment())
  .requiredOption("--image <name>", "a service, or gateway")
  .action(async ({ environment: name, image }: { environment: string; image: string }) => {
    const { region } = findEnvironment(name);
    const names = services.map((each) => each.name);
    const found = await steadyImages(new ECSClient({ region }), name, names);
    const running = found.find((each) => parseImage(each).name === image);
    if (!running) throw new SetupError(`${name} runs no ${image}; it runs ${found.join(", ")}.`);
    const digest = (await run("running", await ensureCrane(), ["digest", running])).trim();
    setOutputs({ image: `${running.slice(0, running.lastIndexOf(":"))}@${digest}` });
  });

pipelineCommand
  .command("ready")
  .description(
    "set the step output ready: whether the checked-out commit may be deployed to an environment now. Checks settings of GitHub, newer commits, the gate and the images. Ends with 0 in each case; the reasons are warnings",
  )
  .addOption(environment())
  .option("--from <name>", "environment whose images it gets; empty when they were pushed to it", "")
  .option("--approval <name>", "GitHub environment in which people approve; empty when nobody is asked", "")
  .action(async (options: Options & { from: string; approval: string }) => {
    const commit = (await ask("git", ["rev-parse", "HEAD"])) ?? "";
    const reasons = await reasonsAgainst(findEnvironment(options.environment), commit, options, github());
    for (const reason of reasons) {
      process.stdout.write(`::warning title=Not deployed to ${options.environment}::${reason}\n`);
      summarize(`**Not deployed to ${options.environment}:** ${reason}`);
    }
    if (reasons.length === 0 && options.approval)
      summarize(`Waits for an approval in ${options.approval}, if this changes something.`);
    setOutputs({ ready: String(reasons.length === 0) });
  });

pipelineCommand
  .command("plan")
  .description("plan the stacks of an environment without locking their states, and review the plans")
  .addOption(environment())
  .action(async (options: Options) => {
    const review = await planEnvironment(findEnvironment(options.environment));
    showReview(review);
    setOutputs({ changes: String(review.changes.length + review.outputs.length) });
  });

pipelineCommand
  .command("apply")
  .description(
    "plan each stack of an environment again and apply it. With --approval, stop at the first plan whose changes differ from the reviewed ones: set the step output rest, or with --is-last true end with 3",
  )
  .addOption(environment())
  .option("--from <name>", "environment whose saved images it gets", "")
  .option("--approval <name>", "GitHub environment in which people approved", "")
  .option("--is-last <boolean>", "true: no further approval follows in this run", "false")
  .action(async (options: Options & { from: string; approval: string; isLast: string }) => {
    const row = findEnvironment(options.environment);
    const rest = await applyStacks(row, { from: options.from, isReviewed: options.approval !== "" });
    if (!rest) return;
    showReview(rest);
    if (options.isLast === "true") process.exitCode = 3;
    else setOutputs({ rest: `seen-${row.name}-rest` });
  });

pipelineCommand
  .command("comment")
  .description("write the reviews of a run into one comment on the pull request; a later run updates it")
  .requiredOption("--head <commit>", "commit that the run belongs to")
  .addOption(plans())
  .action(async ({ head, plans: names }: { head: string; plans: string[] }) => {
    process.stdout.write(`${await comment(github(), reviewsFolder, { head, names })}\n`);
  });

pipelineCommand
  .command("deployed")
  .description("set step outputs: the commit that was deployed last to each environment in DEPLOY_TO")
  .action(async () => {
    const ahead = async (commit: string) => Number(await ask("git", ["rev-list", "--count", `${commit}..HEAD`]));
    const { plans: found, lines } = await deployedCommits(github(), switchedOn(), ahead);
    summarize(lines.map((line) => `- ${line}`).join("\n"));
    setOutputs({ plans: JSON.stringify(found), names: found.map((each) => each.environment).join(" ") });
  });

pipelineCommand
  .command("drift")
  .description("open, update or close the issue that lists what was changed outside of main")
  .option("--plans <names>", "environments that were planned, separated by spaces", "")
  .action(async ({ plans: names }: { plans: string }) => {
    summarize(await tellDrift(github(), readReviews(reviewsFolder, names.split(" ").filter(Boolean))));
  });

pipelineCommand
  .command("lock")
  .description("open a pull request with the checksums of the official builds of Terraform's providers")
  .action(async () => {
    summarize(await proposeLocks(github(), process.env.GITHUB_REF_NAME ?? "main"));
  });
