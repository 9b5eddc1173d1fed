import { readFileSync } from "node:fs";
import { CommentError, type Place } from "./github";

export interface PlaceOptions {
  readonly repository?: string;
  readonly pullRequest?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line says, or else what GitHub Actions says of the job. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function placeOf({ repository, pullRequest }: PlaceOptions, env: Environment): Place {
  const number = Number(pullRequest ?? numberOfEvent(env) ?? /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1]);
  const name = repository ?? env.GITHUB_REPOSITORY;
  const token = env.GITHUB_TOKEN ?? env.GH_TOKEN;
  const missing = [
    ...(token ? [] : ["a token: set GITHUB_TOKEN"]),
    ...(name && /^[\w.-]+\/[\w.-]+$/.test(name) ? [] : ["a repository: --repository owner/name"]),
    ...(Number.isInteger(number) && number > 0 ? [] : ["a pull request: --pull-request 7"]),
  ];
  if (missing.length > 0) throw new CommentError(`No comment was posted. Missing: ${missing.join("; ")}.`);
  return {
    api: env.GITHUB_API_URL ?? "https://api.github.com",
    repository: name ?? "",
    pullRequest: number,
    token: token ?? "",
  };
}

function numberOfEvent({ GITHUB_EVENT_PATH: path }: Environment): number | undefined {
  if (!path) return undefined;
  try {
    const event = JSON.parse(readFileSync(path, "utf8")) as {
      number?: number;
      pull_request?: { number?: number };
      issue?: { number?: number };
    };
    return event.pull_request?.number ?? event.issue?.number ?? event.number;
  } catch {
    return undefined;
  }
}
