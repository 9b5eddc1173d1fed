import { ECRClient } from "@aws-sdk/client-ecr";
import { Command, InvalidArgumentError, Option } from "commander";
import { synthesize } from "../deploy/deployment";
import type { GithubRole } from "../deploy/github-token";
import { findEnvironment } from "../emulator/emulator";
import { missingImages } from "../promote/registry";
import { wantedImages } from "../promote/wanted";
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
  "what the workflows in .github run, and what runs them here",
);
const environment = () => new Option("--environment <name>", "a row of stacks/environments.ts").makeOptionMandatory();
const service = () => new Option("--service <name>", "a row of stacks/services.ts").makeOptionMandatory();
const plans = () =>
  new Option("--plans <names>", `those that were to be reviewed: some of ${reviewNames.join(", ")}`)
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
  .description("actionlint and zizmor over .github")
  .action(async () => {
    if (!(await lintWorkflows())) process.exitCode = 1;
  });

pipelineCommand
  .command("run")
  .description("the commands of the workflows' jobs, all that need neither AWS nor GitHub")
  .argument("[jobs...]", "workflows or <workflow>/<job>; all of them if none is named")
  .option("--list", "only say what would run, and what would not", false)
  .action(async (jobs: string[], { list }: { list: boolean }) => {
    if (!(await runPipelines(jobs, list))) process.exitCode = 1;
  });

pipelineCommand
  .command("account")
  .description("the role, the region and the account of an environment, for the steps that follow")
  .addOption(environment())
  .addOption(new Option("--role <role>").choices(["plan", "deploy"]).makeOptionMandatory())
  .action((options: Options & { role: GithubRole }) =>
    setOutputs(accountOutputs(options.role, findEnvironment(options.environment))),
  );

pipelineCommand
  .command("images")
  .description("build a service's images, and keep each in a file")
  .addOption(service())
  .action(async (options: Options) => {
    await buildImages(options.service);
    setOutputs({ images: JSON.stringify(imagesOf(options.service)) });
  });

pipelineCommand
  .command("push")
  .description("push a service's images, as they are in their files, to an environment; what is there already stays")
  .addOption(service())
  .addOption(environment())
  .option("--docker-hub <namespace>", "push there instead")
  .action(async (options: Options & { dockerHub?: string }) => {
    const row = findEnvironment(options.environment);
    if (options.dockerHub) await pushToHub(options.service, options.dockerHub, row);
    else setOutputs(await pushImages(options.service, row));
  });

pipelineCommand
  .command("attested")
  .description("wait until an image that another run pushed is attested, up to five minutes; fails when it is not")
  .requiredOption("--digest <digest>", "of the image", (text) => {
    if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
    throw new InvalidArgumentError("Allowed: sha256:, then 64 hexadecimal digits.");
  })
  .action(({ digest }: { digest: string }) => awaitAttestation(Github.fromEnvironment(process.env), digest));

pipelineCommand
  .command("ready")
  .description(
    "whether this checkout of main can be deployed: all images that its stacks name are there, its checks passed, and main alone may deploy; and whether people are asked before production is",
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
  .description("plan an environment's stacks with reading rights, and review the plans")
  .addOption(environment())
  .action(async (options: Options) => {
    const review = await planEnvironment(findEnvironment(options.environment));
    showReview(review);
    setOutputs({ changes: String(review.changes.length + review.outputs.length) });
  });

pipelineCommand
  .command("apply")
  .description(
    "plan an environment's stacks anew and apply each only if its plan is the one that was reviewed; otherwise ends with 3",
  )
  .addOption(environment())
  .argument("<stacks...>", "network, images, compute, observability")
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
  .description("put the reviews of a run into the one comment of its pull request")
  .requiredOption("--head <commit>", "which the run was of")
  .addOption(plans())
  .option("--pull-request <number>", "empty where the run itself does not have it", (text) =>
    text ? whole(text) : undefined,
  )
  .action(async ({ head, plans: names, pullRequest }: { head: string; plans: string[]; pullRequest?: number }) => {
    const told = await comment(Github.fromEnvironment(process.env), reviewsFolder, { head, names, pullRequest });
    process.stdout.write(`${told}\n`);
  });

pipelineCommand
  .command("drift")
  .description("open, change or close the one issue that says what differs between main and what runs")
  .addOption(plans())
  .action(async ({ plans: names }: { plans: string[] }) => {
    const told = await tellDrift(Github.fromEnvironment(process.env), readReviews(reviewsFolder, names));
    process.stdout.write(`${told}\n`);
  });
