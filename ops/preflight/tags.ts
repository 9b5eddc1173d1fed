import { project } from "../../stacks/constructs/names";

export interface Tagged {
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** Without what the stacks of an environment made: they tag all of it. */
export function notOurs<T extends Tagged>(items: readonly T[], environment: string): T[] {
  const wanted = { Project: project, Environment: environment };
  return items.filter(
    ({ Tags: tags = [] }) =>
      !Object.entries(wanted).every(([key, value]) => tags.some((tag) => tag.Key === key && tag.Value === value)),
  );
}
