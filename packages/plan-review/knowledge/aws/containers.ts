import type { ClassifiedChange } from "../../classify/classify";
import { isSecretName } from "../../classify/secret-names";
import { type Effect, look, type Subject, weakensABit, words } from "../../effects/effect";
import { type Image, image, imageOf, isRiskyVariable } from "../images";
import type { Place, WithNew } from "../knowledge";

const images = /^container_definitions\[[^\]]+\]\.image$/;
const variables = /^container_definitions\[[^\]]+\]\.environment(\[|$)/;
const protections = /\.(user|readonlyRootFilesystem|privileged|linuxParameters|securityOptions)/;

/** The containers of a task. */
export const containers: WithNew = {
  changed: (place) =>
    place.isLater ? look("Changes containers: how will be known only after the apply") : changed(place),
  whenNew: (place) => [...secretInVariable(place), ...holdsMachine(place)],
};

function changed(place: Place): readonly Effect[] {
  const { path, before, after } = place;
  const own = path.replace(/^container_definitions\[([^\]]+)\]\./, "container $1: ");
  if (images.test(path)) return [image(place)];
  if (protections.test(path)) {
    const isSafer = path.endsWith("readonlyRootFilesystem") && after === true;
    return isSafer ? [] : [weakensABit(`Protects a container less (${own}: ${words(before)} → ${words(after)})`)];
  }
  if (variables.test(path) && before === undefined && !isRiskyVariable(nameIn(path))) return secretInVariable(place);
  return [look(`Changes ${own}: ${words(before)} → ${words(after)}`), ...secretInVariable(place)];
}

function nameIn(path: string): string {
  return /\[([^\][]+)\]$/.exec(path)?.[1] ?? "";
}

/** Whoever may describe the task, or read the state, reads the secret. */
function secretInVariable({ path, after }: Place): Effect[] {
  const name = nameIn(path);
  return variables.test(path) && after !== undefined && isSecretName(name)
    ? [
        weakensABit(
          `Holds a secret in plain text: the variable ${name}`,
          "keep it in Secrets Manager, and name it under secrets",
        ),
      ]
    : [];
}

function holdsMachine({ path, after }: Place): Effect[] {
  const isPrivileged = /^container_definitions.*\.privileged$/.test(path) && after === true;
  return isPrivileged ? [isRoot] : [];
}

const isRoot = weakensABit("Makes whoever is in the container root of the machine");

export const hostPath: WithNew = {
  changed: (place) => (isMachine(place) ? isRoot : look(`Mounts ${place.path} in another way`)),
  whenNew: (place) => (isMachine(place) ? isRoot : undefined),
};

function isMachine({ path, after }: Place): boolean {
  return path.endsWith("host_path") && /^\/$|(docker|containerd)\.sock$/.test(words(after));
}

/** Each image that is replaced by another, and that one. */
function releases({ differences }: ClassifiedChange): readonly (readonly [Image, Image])[] {
  return differences
    .filter(({ path, before, after }) => images.test(path) && before !== undefined && after !== undefined)
    .map(({ before, after }) => [imageOf(before), imageOf(after)]);
}

/** Whether a value only repeats the version of an image that the same plans deploy. */
export function isRecordOfRelease({ before, after }: Place, { changes }: Subject): boolean {
  return changes.flatMap(releases).some(([old, now]) => old.version === words(before) && now.version === words(after));
}
