/** `<registry>/<environment>/<name>:<tag>`, as in a task definition. */
export interface ImageReference {
  readonly registry: string;
  readonly environment: string;
  /** `gateway`, or a service. */
  readonly name: string;
  /** The hash of the sources. Tags are immutable, so each has one digest for ever. */
  readonly tag: string;
}

export function parseImage(reference: string): ImageReference {
  const match = /^([^/]+)\/([^/]+)\/([^/:]+):([^/:]+)$/.exec(reference);
  if (!match) throw new Error(`"${reference}" is not <registry>/<environment>/<name>:<tag>`);
  const [, registry = "", environment = "", name = "", tag = ""] = match;
  return { registry, environment, name, tag };
}

export function formatImage({ registry, environment, name, tag }: ImageReference): string {
  return `${registry}/${environment}/${name}:${tag}`;
}
