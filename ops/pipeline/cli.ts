import { ECRClient } from "@aws-sdk/client-ecr";
import { Command, InvalidArgumentError, Option } from "commander";
import type { GithubRole } from "../deploy/github-token";
import { synthesize } from "../deploy/synthesis";
import { findEnvironment } from "../emulator/emulator";
import { missingImages } from "../images/registry";
import { wantedImages } from "../images/wanted";
import { ask, explainFailure } from "../shell/run";
import { accountOutputs } from "./account";
import { awaitAttestation } from "./attested";
import { openChecks } from "./checks";
import { comment } from "./comment";
import { tellDrift } from "./drift";
import { Github } from "./github";
import { History } from "./history";
import { buildImages, imagesOf } from "./images";
import { lintWorkflows } from "./lint";
import { runPipelines } from "./local";
import { setOutputs } from "./outputs";
import { applyReviewed, planEnvironment, showReview, UnreviewedError } from "./plans";
import { pushImages, pushToHub } from "./push";
import { readReviews, reviewNames, reviewsFolder } from "./reviews";

interface Options {
  readonly environment: string;
  readonly service: string;
}

/** What people approve. */
const production = "prod";

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
const whole = (text: string) => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Allowed: a whole number from 1.");
};

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
  .command("account")
  .description("set step outputs: the IAM role, region and account of an environment")
  .addOption(environment())
  .addOption(
    new Option("--role <role>", "which of the two IAM roles for GitHub Actions")
      .choices(["plan", "deploy"])
      .makeOptionMandatory(),
  )
  .action((options: Options & { role: GithubRole }) =>
    setOutputs(accountOutputs(options.role, findEnvironment(options.environment))),
  );

pipelineCommand
  .command("images")
  .description("build the images of a service, and save each as a file")
  .addOption(service())
  .action(async (options: Options) => {
    await buildImages(options.service);
    setOutputs({ images: JSON.stringify(imagesOf(options.service)) });
  });

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
    else setOutputs(await pushImages(options.service, row));
  });

pipelineCommand
  .command("attested")
  .description("wait up to five minutes until another run has attested an image; fail if none has")
  .requiredOption("--digest <digest>", "digest of the image", (text) => {
    if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
    throw new InvalidArgumentError("Allowed: sha256:, then 64 hexadecimal digits.");
  })
  .action(({ digest }: { digest: string }) => awaitAttestation(Github.fromEnvironment(process.env), digest));

pipelineCommand
  .command("ready")
  .description(
    "check whether this checkout of main can be deployed: its images are in ECR, the checks of all pipelines succeeded, and the GitHub environment allows only main; check also whether production requires reviewers. Prints the results and ends with 0 in each case",
  )
  .addOption(environment())
  .action(async (options: Options) => {
    const row = findEnvironment(options.environment);
    await synthesize();
    const missing = await missingImages(new ECRClient({ region: row.region }), wantedImages(row));
    const github = Github.fromEnvironment(process.env);
    const reasons = [
      ...missing.map(({ name, tag }) => `${name}:${tag} is not there.`),
      ...(await openChecks(github, new History())),
      ...(await github.unguarded(row.name)).map((reason) => `${reason}.`),
    ];
    for (const reason of reasons) process.stdout.write(`Not now: ${reason}\n`);
    const unguarded = [...(await github.unguarded(production)), ...(await github.unasked(production))];
    for (const reason of unguarded) process.stdout.write(`Not to ${production}: ${reason}.\n`);
    const commit = (await ask("git", ["rev-parse", "HEAD"])) ?? "";
    setOutputs({ ready: String(reasons.length === 0), commit, guarded: String(unguarded.length === 0) });
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
    "plan the stacks of an environment again, and apply each only if the new plan makes the same changes as the reviewed one; otherwise end with 3",
  )
  .addOption(environment())
  .argument("<stacks...>", "stacks to apply: network, images, compute, observability")
  .action(async (stacks: string[], options: Options) => {
    try {
      await applyReviewed(findEnvironment(options.environment), stacks);
    } catch (error) {
      explainFailure(error);
      if (error instanceof UnreviewedError) process.exitCode = 3;
    }
  });

pipelineCommand
  .command("comment")
  .description("write the reviews of a run into one comment on the pull request; a later run updates it")
  .requiredOption("--head <commit>", "commit that the run belongs to")
  .addOption(plans())
  .option(
    "--pull-request <number>",
    "number of the pull request; if empty, it is read from the file reports/reviews/pull-request",
    (text) => (text ? whole(text) : undefined),
  )
  .action(async ({ head, plans: names, pullRequest }: { head: string; plans: string[]; pullRequest?: number }) => {
    const told = await comment(Github.fromEnvironment(process.env), reviewsFolder, { head, names, pullRequest });
    process.stdout.write(`${told}\n`);
  });

pipelineCommand
  .command("drift")
  .description("open, update or close the issue that lists the differences between main and what is deployed")
  .addOption(plans())
  .action(async ({ plans: names }: { plans: string[] }) => {
    const told = await tellDrift(Github.fromEnvironment(process.env), readReviews(reviewsFolder, names));
    process.stdout.write(`${told}\n`);
  });
