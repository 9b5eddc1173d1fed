/** Where a comment goes. */
export interface Place {
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
}

/** Something that keeps a comment from being posted, in words for who runs the job. */
export class CommentError extends Error {}

interface Comment {
  readonly id: number;
  readonly body?: string;
}

/** GitHub's own most. https://docs.github.com/rest/issues/comments */
const perPage = 100;

/** Updates the comment that this tool has posted under the same name, or posts one. Gives what it did. */
export async function postComment(place: Place, name: string, markdown: string): Promise<"posted" | "updated"> {
  // Names come from a command line: nothing in one may end the comment of the markup.
  const mark = `<!-- plan-review ${name.replace(/[^\w./-]/g, "-").replaceAll("--", "-")} -->`;
  const body = `${mark}\n${markdown}`;
  const comments = `/repos/${place.repository}/issues/${place.pullRequest}/comments`;
  const own = await find(place, comments, mark);
  if (own === undefined) {
    await call(place, "POST", comments, { body });
    return "posted";
  }
  await call(place, "PATCH", `/repos/${place.repository}/issues/comments/${own.id}`, { body });
  return "updated";
}

async function find(place: Place, path: string, mark: string): Promise<Comment | undefined> {
  for (let page = 1; ; page++) {
    const comments = (await call(place, "GET", `${path}?per_page=${perPage}&page=${page}`)) as readonly Comment[];
    const own = comments.find(({ body = "" }) => body.startsWith(mark));
    if (own !== undefined || comments.length < perPage) return own;
  }
}

async function call({ api, token }: Place, method: string, path: string, body?: object): Promise<unknown> {
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "user-agent": "plan-review",
  };
  const response = await fetch(api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(
    (error: Error) => {
      throw new CommentError(
        `${api} cannot be reached: ${(error.cause as Error | undefined)?.message ?? error.message}.`,
      );
    },
  );
  if (response.ok) return response.json();
  throw new CommentError(
    `GitHub answered ${response.status} to ${method} ${path.replace(/\?.*/, "")}: ${hints.get(response.status) ?? "try again"}.`,
  );
}

const hints = new Map([
  [401, "the token is not valid: set GITHUB_TOKEN"],
  [403, "the token may not comment: give the job the permission pull-requests: write"],
  [404, "there is no such repository or pull request, or the token may not read it"],
  [422, "the comment is too long, or empty"],
]);
