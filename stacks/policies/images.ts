import { each, named, type Policy } from "./policy";

/** Which images a deployment builds and pushes. */
export const imagePolicies: readonly Policy[] = [
  {
    // ECR refuses a tag that it has, in a repository whose tags are immutable, and the provider pushes what is not in the state:
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html; https://github.com/aws/containers-roadmap/issues/2179
    promise: "builds and pushes no image that is said to be in ECR already",
    violations: (stacks) =>
      ["docker_image", "docker_registry_image"].flatMap((type) =>
        each(stacks, type, ({ name, count }) => {
          const [, tag] = /:([^:}]+)$/.exec(name) ?? [];
          const listed = `contains(var.images_in_ecr, "${named(stacks, name)?.name}:${tag}")`;
          return [listed, "var.prebuilt", " ? 0 : 1}"].every((part) => String(count).includes(part));
        }),
      ),
  },
];
