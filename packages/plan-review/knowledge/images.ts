import { deploys, type Effect, givesAccess, look, words } from "../effects/effect";
import type { Json } from "../read/plan";
import type { Place } from "./knowledge";

export interface Image {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** `123.dkr.ecr.us-east-1.amazonaws.com/staging/backend:abc` is `backend` in `abc`. */
export function imageOf(image: Json | undefined): Image {
  const [reference = "", digest] = words(image).split("@");
  const [, repository = reference, tag = "latest"] = /^(.*?)(?::([^/:]+))?$/.exec(reference) ?? [];
  const version = digest?.replace(/^sha256:/, "") ?? tag;
  return { repository, name: repository.split("/").at(-1) ?? repository, version: version.slice(0, 19) };
}

/** What a release changes, in a line: `deploy backend abc → def`. */
export function image(place: Place): Effect {
  const { before, after, isLater } = place;
  if (isLater) return deploys(`deploy ${imageOf(before).name} in a version that the apply will tell`);
  const [old, now] = [imageOf(before), imageOf(after)];
  if (before === undefined || after === undefined) return look(`Runs ${words(after)} instead of ${words(before)}`);
  if (old.repository !== now.repository) {
    return givesAccess(`Runs an image from elsewhere: ${words(after)} instead of ${words(before)}`);
  }
  if (now.version === "latest") {
    return look(`Runs whatever was pushed last as ${words(after)}: nobody can say what runs, or roll it back`);
  }
  return deploys(`deploy ${now.name} ${old.version} → ${now.version}`);
}

/** Variables by which an app trusts other certificates, goes by another way or loads other code. */
const risky =
  /^(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|GIT_SSL_NO_VERIFY|\w*_PROXY|\w*ENDPOINT(_URL\w*)?|LD_PRELOAD|LD_LIBRARY_PATH|NODE_OPTIONS|JAVA_TOOL_OPTIONS|PYTHONPATH|RUBYOPT)$/i;

export function isRiskyVariable(name: string): boolean {
  return risky.test(name);
}
