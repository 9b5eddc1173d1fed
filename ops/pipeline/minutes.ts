/**
 * Minutes of a job by its command, without the setting up of a runner. `make prove` and `make review` as the Makefile says, which is measured on
 * two cores; tests are shares of the 40 minutes of `make test`; what calls AWS or builds images is an estimate until it has run on GitHub.
 * `ops/run pipeline run` prints the seconds of each command: correct a figure that is off by a fifth.
 */
export const commandMinutes: Readonly<Record<string, number>> = {
  "make prove": 35,
  "make review": 10,
  "make synth": 1,
  "make record": 1,
  "make test STAGES=emulator": 20,
  "make test STAGES=stages": 8,
  "make test STAGES=service": 5,
  "ops/run pipeline images": 4,
  "ops/run pipeline plan": 3,
  "ops/run pipeline apply": 8,
};

/** What every job with a checkout begins with: Node, Terraform, npm packages. */
export const setupMinutes = 1;
