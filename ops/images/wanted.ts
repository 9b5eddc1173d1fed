import { readFileSync } from "node:fs";
import { registryOf } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { synthesizedStack } from "../shell/paths";
import { type ImageReference, parseImage } from "./image";

interface ImagesConfiguration {
  readonly terraform: { readonly backend: { readonly s3: { readonly bucket: string; readonly key: string } } };
  readonly resource: {
    readonly aws_ecr_repository: Readonly<Record<string, { readonly name: string }>>;
    readonly docker_image: Readonly<Record<string, { readonly name: string }>>;
  };
}

/** The images of an environment's task definitions, as this checkout was synthesized. */
export function wantedImages(environment: Environment): ImageReference[] {
  const { resource } = read(`${environment.name}-images`);
  const registry = registryOf(environment);
  const repositoryUrl = /\$\{aws_ecr_repository\.([^.]+)\.repository_url\}/;
  return Object.values(resource.docker_image).map((image) =>
    parseImage(image.name.replace(repositoryUrl, (_, id) => `${registry}/${resource.aws_ecr_repository[id]?.name}`)),
  );
}

/** Where a stack keeps its state. */
export function synthesizedBackend(stack: string): { readonly bucket: string; readonly key: string } {
  return read(stack).terraform.backend.s3;
}

function read(stack: string): ImagesConfiguration {
  return JSON.parse(readFileSync(synthesizedStack(stack), "utf8"));
}
