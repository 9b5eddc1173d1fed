/**
 * Minutes of a job by its command, without the setting up of a runner. Measured on a machine of two cores, as small as a runner of a private
 * repository: `make ci` prints seconds for each command. Update a figure when it is off by a fifth.
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
