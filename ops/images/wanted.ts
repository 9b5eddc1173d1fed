import { readFileSync } from "node:fs";
import { registryOf } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { root, synthesizedStack } from "../shell/paths";
import { type ImageReference, parseImage } from "./image";

interface ImagesConfiguration {
  readonly terraform: { readonly backend: { readonly s3: { readonly bucket: string; readonly key: string } } };
  readonly resource: {
    readonly aws_ecr_repository: Readonly<Record<string, { readonly name: string }>>;
    readonly docker_image: Readonly<Record<string, { readonly name: string; readonly build: ImageBuild }>>;
  };
}

export interface ImageBuild {
  /** Seen from a stack's folder. */
  readonly context: string;
  readonly platform: string;
}

/** The images of an environment's task definitions, as a checkout was synthesized. */
export function wantedImages(environment: Environment, folder = root): ImageReference[] {
  return wantedBuilds(environment, folder).map(({ image }) => image);
}

/** With how each is built. */
export function wantedBuilds(
  environment: Environment,
  folder = root,
): { readonly image: ImageReference; readonly build: ImageBuild }[] {
  const { resource } = read(`${environment.name}-images`, folder);
  const registry = registryOf(environment);
  const repositoryUrl = /\$\{aws_ecr_repository\.([^.]+)\.repository_url\}/;
  const nameOf = (id: string) => `${registry}/${resource.aws_ecr_repository[id]?.name}`;
  return Object.values(resource.docker_image).map(({ name, build }) => ({
    image: parseImage(name.replace(repositoryUrl, (_, id) => nameOf(id))),
    build,
  }));
}

/** Where a stack keeps its state. */
export function synthesizedBackend(stack: string): { readonly bucket: string; readonly key: string } {
  return read(stack).terraform.backend.s3;
}

function read(stack: string, folder = root): ImagesConfiguration {
  return JSON.parse(readFileSync(synthesizedStack(stack, folder), "utf8"));
}
