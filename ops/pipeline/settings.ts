import type { Environment } from "../../stacks/environments";
import { type Github, gate } from "./github";

/** Something that GitHub's settings lack, and the command that sets it. */
export interface Missing {
  readonly what: string;
  readonly how: string;
}

export const approvalOf = (environment: string) => `${environment}-approval`;

/** What an environment needs so that main alone uses it; one in which people approve also needs people who are asked. */
export async function missingInEnvironment(
  github: Github,
  name: string,
  asks = name.endsWith(approvalOf("")),
): Promise<Missing[]> {
  const path = `repos/${github.repository}/environments/${name}`;
  const reviewers = asks
    ? ` -F 'reviewers[][type]=Team' -F 'reviewers[][id]=<team id>' -F prevent_self_review=true -F can_admins_bypass=false`
    : "";
  const create = `gh api -X PUT ${path} -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'${reviewers}`;
  const found = await github.environment(name);
  if (!found) return [{ what: `GitHub has no environment ${name}`, how: create }];
  const allowed = await github.allowedIn(found);
  const rule = found.protection_rules.find(({ type }) => type === "required_reviewers");
  const lacks: [boolean, string, string][] = [
    [
      allowed !== "branch main",
      `GitHub's environment ${name} is for ${allowed}, and has to be for branch main alone`,
      `${create} && gh api -X POST ${path}/deployment-branch-policies -f name=main -f type=branch`,
    ],
    [asks && !rule, `GitHub's environment ${name} has no required reviewers`, create],
    [asks && rule?.prevent_self_review === false, `In ${name} people may approve what they started themselves`, create],
    [asks && found.can_admins_bypass === true, `In ${name} administrators may go on without an approval`, create],
  ];
  return lacks.flatMap(([isMissing, what, how]) => (isMissing ? [{ what, how }] : []));
}

/** The same for main: a pull request, and the gate. */
async function missingInRules(github: Github): Promise<Missing[]> {
  const rules = await github.rulesOf("main");
  const checks = rules
    .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
    .map(({ context }) => context);
  const how = `gh api -X POST repos/${github.repository}/rulesets --input docs/ruleset.json`;
  const needed = ["pull_request", "non_fast_forward", "deletion"].filter(
    (type) => !rules.some((rule) => rule.type === type),
  );
  return [
    ...needed.map((type) => ({ what: `No ruleset of main has the rule ${type}`, how })),
    ...(checks.includes(gate) ? [] : [{ what: `No ruleset of main requires the check ${gate}`, how }]),
  ];
}

/** Everything that the pipelines rely on, for the environments that are to be switched on. */
export async function missingSettings(
  github: Github,
  rows: readonly Pick<Environment, "name" | "githubRepository">[],
): Promise<Missing[]> {
  const others = rows.filter(({ githubRepository }) => githubRepository !== github.repository);
  const names = rows.flatMap(({ name }) => (name === "prod" ? [name, approvalOf(name)] : [name]));
  return [
    ...others.map(({ name, githubRepository }) => ({
      what: `The row ${name} is for ${githubRepository}, not for ${github.repository}`,
      how: "set githubRepository and githubIds in stacks/environments.ts",
    })),
    ...(await missingInRules(github)),
    ...(await Promise.all(names.map((name) => missingInEnvironment(github, name)))).flat(),
  ];
}
