import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import { isSecretName } from "../../classify/secret-names";
import { differencesAt, eachChange, type Flag, type Rule, words } from "../rule";

const variables = /^container_definitions\[[^\]]+\]\.environment(\[|$)/;
/** Variables by which an app trusts other certificates, goes by another way or loads other code. */
const riskyVariables =
  /\[(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|GIT_SSL_NO_VERIFY|\w*_PROXY|\w*ENDPOINT(_URL\w*)?|LD_PRELOAD|LD_LIBRARY_PATH|NODE_OPTIONS|JAVA_TOOL_OPTIONS|PYTHONPATH|RUBYOPT)\]$/i;
const images = /^container_definitions\[[^\]]+\]\.image$/;
const protections = /\.(user|readonlyRootFilesystem|privileged|linuxParameters|securityOptions)/;

function isTask({ type, action }: ClassifiedChange): boolean {
  return type === "aws_ecs_task_definition" && (action === "replace" || action === "update");
}

/** What a release changes, in a line: `deploy backend abc → def`. */
export const deploys: Rule = {
  id: "deploys",
  severity: "low",
  why: "A new image alone is what most plans are about.",
  check: eachChange((change) =>
    releases(change).flatMap(([old, now]) =>
      old.repository === now.repository ? [{ says: `deploy ${now.name} ${old.version} → ${now.version}` }] : [],
    ),
  ),
};

export const imageFromElsewhere: Rule = {
  id: "image-from-elsewhere",
  severity: "medium",
  about: "security",
  why: "Who may push there decides what runs here, whatever the image is called.",
  check: eachChange((change) =>
    releases(change).flatMap(([old, now]) =>
      old.repository === now.repository
        ? []
        : [{ says: `runs ${now.repository} in ${now.version} instead of ${old.repository} in ${old.version}` }],
    ),
  ),
};

interface Image {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** Each image that is replaced by another, and that one. */
export function releases(change: ClassifiedChange): readonly (readonly [Image, Image])[] {
  if (!isTask(change)) return [];
  return differencesAt(change, images)
    .filter(({ before, after }) => before !== undefined && after !== undefined)
    .map(({ before, after }) => [imageOf(before), imageOf(after)]);
}

/** `123.dkr.ecr.us-east-1.amazonaws.com/staging/backend:abc` is `backend` in `abc`. */
function imageOf(image: Difference["before"]): Image {
  const [reference = "", digest] = words(image).split("@");
  const [, repository = reference, tag = "latest"] = /^(.*?)(?::([^/:]+))?$/.exec(reference) ?? [];
  const version = digest?.replace(/^sha256:/, "") ?? tag;
  return { repository, name: repository.split("/").at(-1) ?? repository, version: version.slice(0, 19) };
}

export const containerChanged: Rule = {
  id: "container-changed",
  severity: "medium",
  why: "A release that starts and passes its health check can still be wrong in what it was told.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    if (!isTask(change)) return [];
    if (change.unknown.some((path) => path.startsWith("container_definitions")))
      return [{ says: "its containers change, and only the apply will tell how" }];
    const told = differencesAt(change, /^container_definitions/).filter(
      ({ path, before }) =>
        !images.test(path) &&
        !protections.test(path) &&
        !(variables.test(path) && before === undefined && !riskyVariables.test(path)),
    );
    const floating = differencesAt(change, images).filter(({ after }) => imageOf(after).version === "latest");
    return [
      ...floating.map(({ after }) => ({
        says: `${words(after)} is whatever was pushed last: nobody can tell what runs, or roll it back`,
      })),
      ...told.map(({ path, before, after }) => ({
        says: `${path.replace(/^container_definitions\[([^\]]+)\]\./, "container $1: ")}: ${words(before)} → ${words(after)}`,
      })),
    ];
  }),
};

export const containerUnprotected: Rule = {
  id: "container-unprotected",
  severity: "medium",
  about: "security",
  why: "Whoever breaks into the app can do more in its container.",
  check: eachChange((change) => [
    ...(change.type === "aws_ecs_task_definition" ? holdsMachine(change) : []),
    ...(isTask(change) ? lessProtected(change) : []),
  ]),
};

function lessProtected(change: ClassifiedChange): Omit<Flag, "change">[] {
  return differencesAt(change, protections)
    .filter(
      ({ path, after }) =>
        path.startsWith("container_definitions") && !(path.endsWith("readonlyRootFilesystem") && after === true),
    )
    .map(({ path, before, after }) => ({
      says: `${path.replace(/^.*\]\./, "")}: ${words(before)} → ${words(after)}`,
    }));
}

/** Also in a new task. */
function holdsMachine({ action, differences }: ClassifiedChange): Omit<Flag, "change">[] {
  const isPrivileged = differences.some(
    ({ path, after }) => action === "create" && /^container_definitions.*\.privileged$/.test(path) && after === true,
  );
  const isInDocker = differences.some(
    ({ path, after }) => /^volume.*host_path$/.test(path) && /^\/$|(docker|containerd)\.sock$/.test(words(after)),
  );
  return isPrivileged || isInDocker ? [{ says: "whoever is in the container is root of the machine" }] : [];
}

export const secretInVariable: Rule = {
  id: "secret-in-variable",
  severity: "medium",
  about: "security",
  why: "Whoever may describe the task, or read the state, reads the secret.",
  check: eachChange((change) =>
    (change.type === "aws_ecs_task_definition" ? differencesAt(change, variables) : []).flatMap(({ path, after }) => {
      const [, name = ""] = /\[([^\][]+)\]$/.exec(path) ?? [];
      return after !== undefined && isSecretName(name)
        ? [
            {
              says: `the variable ${name} holds a secret in plain text`,
              instead: "keep it in Secrets Manager, and name it under secrets",
            },
          ]
        : [];
    }),
  ),
};
