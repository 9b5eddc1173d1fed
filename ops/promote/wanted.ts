import { readFileSync } from "node:fs";
import type { Environment } from "../../stacks/environments";
import { synthesizedStack } from "../shell/paths";
import { type ImageReference, parseImage } from "./image";

interface ImagesConfiguration {
  readonly resource: {
    readonly aws_ecr_repository: Readonly<Record<string, { readonly name: string }>>;
    readonly docker_image: Readonly<Record<string, { readonly name: string }>>;
  };
}

/** The images of an environment's task definitions, as this checkout was synthesized. */
export function wantedImages({ name, accountId, region }: Environment): ImageReference[] {
  const { resource }: ImagesConfiguration = JSON.parse(readFileSync(synthesizedStack(`${name}-images`), "utf8"));
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
  const repositoryUrl = /\$\{aws_ecr_repository\.([^.]+)\.repository_url\}/;
  return Object.values(resource.docker_image).map((image) =>
    parseImage(image.name.replace(repositoryUrl, (_, id) => `${registry}/${resource.aws_ecr_repository[id]?.name}`)),
  );
}
