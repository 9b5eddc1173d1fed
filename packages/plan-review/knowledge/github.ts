import {
  after,
  before,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  givesControl,
  look,
  weakens,
  weakensABit,
  words,
} from "../effects/effect";
import {
  any,
  each,
  either,
  fewer,
  further,
  harmless,
  less,
  none,
  off,
  on,
  opens,
  read,
  toRead,
  when,
} from "./arguments";
import type { Arguments, Meaning, Provider } from "./knowledge";
import { grants, guards, hasNoState, holds, on as onExisting, serves, sets } from "./roles";

const unprotected = "Removes the protection of a branch: everybody who may push can change it unseen";
const ofRepository = ["repository", "repository_id"];

const review: Arguments = {
  ...each(
    "enforce_admins require_signed_commits required_linear_history require_conversation_resolution lock_branch",
    off(weakens("Weakens the protection of the branch")),
  ),
  ...each(
    "allows_force_pushes allows_deletions",
    on(weakens("Weakens the protection of the branch: its history can be rewritten or deleted")),
  ),
  "required_pull_request_reviews.required_approving_review_count": either(
    none(weakens("Asks for no review any more")),
    less(weakens("Asks for fewer reviews")),
  ),
  required_pull_request_reviews: either(
    when(
      ({ before: old, after: now }) => now === undefined || (old === true && now === false),
      weakens("Weakens the protection of the branch: reviews are asked for no more, or by fewer"),
    ),
    read,
  ),
  required_status_checks: either(
    fewer(weakens("Weakens the protection of the branch: a check is no longer needed")),
    read,
  ),
  ...each("restrict_pushes restrictions", either(fewer(weakens("Lets more people push to the branch")), read)),
  ...each("force_push_bypassers push_restrictions", read),
  ...harmless("etag node_id"),
};

const role: Meaning = onExisting(ofRepository, (change) => {
  const permission = words(after(change, "permission"));
  return ["admin", "maintain"].includes(permission)
    ? { ...givesControl(`Gives somebody ${permission} of the repository`), verdict: "look" }
    : givesAccess(`Gives somebody ${permission} of the repository`);
});

const member = (place: { after?: unknown }) =>
  place.after === "admin"
    ? givesControl("Makes somebody an owner of the organization")
    : look("Changes somebody's role in the organization");

/** A new environment or ruleset protects; what it asks for is asked at once. */
const protects: Meaning = onExisting(ofRepository, look("Asks more of changes to a branch that is there"));

const secret: Arguments = {
  ...each("plaintext_value encrypted_value value", any(drains("Changes what workflows read"))),
  ...harmless("created_at updated_at remote_updated_at key_id destroy_on_drift"),
};

export const github: Provider = {
  common: harmless("id etag node_id timeouts"),
  services: [
    {
      source: "https://registry.terraform.io/providers/integrations/github/latest/docs",
      types: {
        github_repository: {
          ...holds("repository", "its code, issues and pull requests", "archive it: archive_on_destroy = true"),
          deleted: (change) =>
            before(change, "archive_on_destroy") === true
              ? look("Archives this repository: nobody can change it")
              : cutsOffData(),
          created: (change) =>
            after(change, "visibility") === "public" ||
            (after(change, "private") === false && after(change, "visibility") === undefined)
              ? { ...exposes("Makes a repository that everybody can read"), verdict: "look" }
              : undefined,
          arguments: {
            visibility: either(
              when(
                ({ after: now }) => now === "public",
                exposes(
                  "Publishes this repository: everybody can read its code and history",
                  "look for secrets in its history first",
                ),
              ),
              any(cutsOff("Hides this repository: who read it from outside is refused")),
            ),
            private: either(
              off(exposes("Publishes this repository: everybody can read its code and history")),
              any(cutsOff("Hides this repository")),
            ),
            archived: on(cutsOff("Archives this repository: nobody can change it")),
            vulnerability_alerts: off(weakensABit("Warns no more of known weaknesses")),
            security_and_analysis: either(off(weakens("Switches a scan for secrets or weaknesses off")), read),
            pages: either(further(exposes("Publishes pages from this repository")), read),
            name: any(
              drains(
                "Renames the repository: links and clones are led on by GitHub, as long as nobody takes the old name",
              ),
            ),
            ...each(
              "allow_merge_commit allow_squash_merge allow_rebase_merge allow_auto_merge allow_update_branch delete_branch_on_merge web_commit_signoff_required squash_merge_commit_title squash_merge_commit_message merge_commit_title merge_commit_message allow_forking has_issues has_projects has_wiki has_discussions has_downloads is_template archive_on_destroy default_branch template gitignore_template license_template auto_init",
              read,
            ),
            ...harmless(
              "description homepage_url topics full_name git_clone_url html_url http_clone_url ssh_clone_url svn_url repo_id primary_language ignore_vulnerability_alerts_during_read",
            ),
          },
        },
        github_branch: {
          ...holds("branch", "its commits that are nowhere else"),
          arguments: harmless("ref sha source_sha source_branch"),
        },
        github_branch_default: {
          ...sets(
            "default branch",
            onExisting(ofRepository, look("Changes the branch that people and workflows start from")),
          ),
          arguments: { branch: any(look("Changes the branch that people and workflows start from")), rename: read },
        },
        github_branch_protection: {
          ...guards("protection of a branch", unprotected, protects),
          replaced: weakens(`${unprotected}, until the new one is there`),
          arguments: { ...review, pattern: any(weakens("Protects another branch, and the old one no more")) },
        },
        github_branch_protection_v3: { ...guards("protection of a branch", unprotected, protects), arguments: review },
        github_repository_ruleset: {
          ...guards("rules for branches", unprotected, protects),
          arguments: {
            enforcement: when(({ after: now }) => now !== "active", weakens("Enforces the rules for branches no more")),
            bypass_actors: either(further(weakens("Lets somebody pass the rules by")), read),
            rules: either(fewer(weakens("Asks less of changes to branches")), read),
            conditions: any(look("Holds for other branches")),
            ...harmless("name ruleset_id"),
          },
        },
        github_organization_ruleset: {
          ...guards("rules for branches", unprotected),
          created: look("Asks more of changes in every repository"),
          arguments: {
            enforcement: when(({ after: now }) => now !== "active", weakens("Enforces the rules for branches no more")),
            bypass_actors: either(further(weakens("Lets somebody pass the rules by")), read),
            rules: either(fewer(weakens("Asks less of changes to branches")), read),
            conditions: read,
          },
        },
        github_repository_environment: {
          ...guards(
            "environment",
            "Removes an environment with its protection and its secrets",
            onExisting(ofRepository, look("Sets how an environment is deployed to")),
          ),
          arguments: {
            reviewers: either(fewer(weakens("Lets deployments pass without a review")), read),
            ...each("can_admins_bypass", on(weakens("Lets administrators deploy without a review"))),
            ...toRead("wait_timer deployment_branch_policy prevent_self_review"),
          },
        },
        github_repository_collaborator: {
          ...grants("collaborator", "somebody loses the repository", role),
          deleted: { ...cutsOff("Removes access to the repository"), verdict: "look" },
          arguments: { permission: opensAdmin(), ...harmless("permission_diff_suppression invitation_id") },
        },
        github_repository_collaborators: {
          ...grants(
            "collaborators",
            "who is named loses the repository",
            onExisting(ofRepository, cutsOff("Removes access to the repository from everybody who is not named here")),
          ),
          arguments: each(
            "user team",
            either(
              fewer(cutsOff("Removes access to the repository")),
              any(givesAccess("Gives somebody the repository")),
            ),
          ),
        },
        github_team: {
          ...grants("team", "its members lose what the team may"),
          arguments: {
            privacy: read,
            parent_team_id: any(look("Gives the team what another one may")),
            ...harmless(
              "name description slug members_count parent_team_read_id parent_team_read_slug create_default_maintainer ldap_dn",
            ),
          },
        },
        github_team_membership: {
          ...grants(
            "team membership",
            "somebody leaves a team",
            onExisting(["team_id"], givesAccess("Puts somebody into a team")),
          ),
          arguments: { role: any(givesAccess("Changes somebody's role in a team")) },
        },
        github_team_members: {
          ...grants(
            "team members",
            "somebody leaves a team",
            onExisting(["team_id"], look("Sets who is in a team: who is not named leaves it")),
          ),
          arguments: {
            members: either(
              fewer(cutsOff("Removes somebody from a team")),
              any(givesAccess("Puts somebody into a team")),
            ),
          },
        },
        github_team_repository: {
          ...grants("team's repository", "a team loses the repository", role),
          arguments: { permission: opensAdmin() },
        },
        github_membership: {
          ...grants("membership", "somebody leaves the organization", (change) =>
            after(change, "role") === "admin"
              ? givesControl("Makes somebody an owner of the organization")
              : givesAccess("Invites somebody to the organization"),
          ),
          arguments: { role: member, downgrade_on_destroy: read },
        },
        github_organization_settings: {
          ...sets("settings of the organization", settings),
          arguments: {
            default_repository_permission: opens(
              ["write", "admin"],
              givesControl("Lets every member change every repository"),
            ),
            ...each(
              "members_can_create_public_repositories members_can_fork_private_repositories members_can_create_public_pages",
              on(weakens("Lets members publish code")),
            ),
            ...each(
              "advanced_security_enabled_for_new_repositories dependabot_alerts_enabled_for_new_repositories secret_scanning_enabled_for_new_repositories secret_scanning_push_protection_enabled_for_new_repositories dependabot_security_updates_enabled_for_new_repositories dependency_graph_enabled_for_new_repositories web_commit_signoff_required",
              off(weakens("Switches a scan off for new repositories")),
            ),
            ...toRead(
              "billing_email company email name location blog description has_organization_projects has_repository_projects members_can_create_internal_repositories members_can_create_private_repositories members_can_create_repositories members_can_create_pages members_can_create_private_pages twitter_username",
            ),
          },
        },
        github_actions_organization_permissions: {
          ...guards("rules for workflows", "Lets every repository run every action"),
          created: look("Limits which actions workflows may run"),
          arguments: {
            allowed_actions: opens(["all"], weakens("Lets workflows run every action")),
            ...toRead("enabled_repositories allowed_actions_config enabled_repositories_config"),
          },
        },
        github_actions_repository_permissions: {
          ...guards("rules for workflows", "Lets the repository run every action"),
          created: look("Limits which actions workflows may run"),
          arguments: {
            allowed_actions: opens(["all"], weakens("Lets workflows run every action")),
            enabled: off(cutsOff("Switches workflows off")),
            ...toRead("allowed_actions_config"),
          },
        },
        ...Object.fromEntries(
          [
            "actions_secret",
            "actions_environment_secret",
            "dependabot_secret",
            "codespaces_secret",
            "actions_organization_secret",
          ].map((type) => [
            `github_${type}`,
            {
              ...serves("secret", undefined, "workflows that use it"),
              replaced: drains("Replaces a secret that workflows use"),
              arguments: {
                ...secret,
                visibility: opens(["all"], { ...weakens("Gives the secret to every repository"), verdict: "look" }),
                selected_repository_ids: read,
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          ["actions_variable", "actions_environment_variable", "actions_organization_variable"].map((type) => [
            `github_${type}`,
            { ...serves("variable", undefined, "workflows that use it"), arguments: secret },
          ]),
        ),
        github_repository_file: {
          ...holds("file", "what it says"),
          created: onExisting(ofRepository, look("Writes a file into a repository that is there")),
          arguments: {
            content: any(look("Changes a file of the repository")),
            ...harmless(
              "commit_author commit_email commit_message commit_sha sha ref overwrite_on_create autocreate_branch",
            ),
          },
        },
        github_repository_deploy_key: {
          ...grants("deploy key", "who uses this key is refused", (change) =>
            after(change, "read_only") === false
              ? { ...givesControl("Lets whoever has a key change the repository"), verdict: "look" }
              : givesAccess("Lets whoever has a key read the repository"),
          ),
          arguments: {},
        },
        github_repository_webhook: {
          ...serves("webhook", undefined, "what it calls"),
          deleted: { ...drains("Calls no longer what waits for events of the repository") },
          created: onExisting(ofRepository, givesAccess("Tells an address what happens in the repository")),
          arguments: {
            active: off(drains("Calls nobody any more")),
            configuration: either(
              when(
                ({ path, after: now }) => /insecure_ssl$/.test(path) && now === true,
                weakens("Verifies no longer whom it tells"),
              ),
              any(givesAccess("Tells another address what happens in the repository")),
            ),
            events: read,
            ...harmless("url"),
          },
        },
        github_organization_webhook: {
          ...serves("webhook", undefined, "what it calls"),
          deleted: drains("Calls no longer what waits for events"),
          created: givesAccess("Tells an address what happens in every repository"),
          arguments: {
            active: off(drains("Calls nobody any more")),
            configuration: any(givesAccess("Tells another address what happens")),
            events: read,
            ...harmless("url"),
          },
        },
        github_issue_label: {
          ...hasNoState("label"),
          deleted: look("Deletes this label from every issue"),
          arguments: harmless("name color description url"),
        },
        github_issue_labels: { ...hasNoState("labels"), arguments: toRead("label") },
        github_user_ssh_key: {
          ...grants("SSH key", "who uses this key is refused", givesAccess("Lets whoever has a key be this user")),
          arguments: {},
        },
        github_app_installation_repository: {
          ...grants(
            "app",
            "the app loses the repository",
            onExisting(ofRepository, givesAccess("Lets an app into the repository")),
          ),
          arguments: {},
        },
        github_repository_dependabot_security_updates: {
          ...guards("security updates", "Makes no security updates any more"),
          arguments: { enabled: off(weakens("Makes no security updates any more")) },
        },
        github_repository_autolink_reference: { ...hasNoState("links"), arguments: {} },
        github_repository_topics: { ...hasNoState("topics"), arguments: harmless("topics") },
        github_repository_milestone: {
          ...hasNoState("milestone"),
          arguments: harmless("title description due_date state"),
        },
        github_repository_project: { ...holds("project", "its cards"), arguments: harmless("name body url") },
      },
    },
  ],
};

function cutsOffData() {
  return {
    ...cutsOff(
      "Deletes this repository and its code, issues and pull requests",
      "archive it: archive_on_destroy = true",
    ),
    kind: "loses-data" as const,
    outage: "data loss" as const,
  };
}

function opensAdmin() {
  return either(
    when(({ after: now }) => now === "admin" || now === "maintain", {
      ...givesControl("Gives control of the repository"),
      verdict: "look",
    }),
    any(look("Changes what somebody may do in the repository")),
  );
}

function settings(change: Parameters<typeof after>[0]) {
  const permission = words(after(change, "default_repository_permission"));
  if (["write", "admin"].includes(permission))
    return givesControl(`Lets every member change every repository (${permission})`, "read, or none");
  return look("Takes over the settings of the whole organization");
}
