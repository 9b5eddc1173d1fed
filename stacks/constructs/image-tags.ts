import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { type ITerraformDependable, TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceImage } from "./service-image";

export interface ImageTagsProps {
  /** Every image that a service runs. */
  readonly images: readonly ServiceImage[];
}

/**
 * The tag of each image that services run: the hash of its sources in this checkout, or what the Terraform variable `image_tags` has.
 * `ops/run rollback` sets the variable, so that it needs no other checkout, and no stack but this one.
 */
export class ImageTags extends Construct {
  constructor(scope: Construct, id: string, { images }: ImageTagsProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const built = Object.fromEntries(images.map(({ name, tag }) => [name, tag]));
    const names = Object.keys(built).join(", ");
    new TerraformVariable(stack, "image_tags", {
      type: "map(string)",
      default: {},
      nullable: false,
      description: "Tags to run instead of those of this checkout's sources, by image",
      validation: [
        {
          condition: expression("alltrue([for name in keys(var.image_tags) : contains(keys(local.built_tags), name)])"),
          errorMessage: `The images are ${names}.`,
        },
        {
          condition: expression('alltrue([for tag in values(var.image_tags) : can(regex("^[0-9a-f]{16}$", tag))])'),
          errorMessage: "A tag is the hash of an image's sources: 16 digits from 0 to 9 and a to f.",
        },
      ],
    });
    new TerraformLocal(stack, "built_tags", built);
    new TerraformLocal(stack, "deployed_tags", expression("merge(local.built_tags, var.image_tags)"));
  }

  /** What a task definition names. */
  reference({ name, repositoryUrl }: ServiceImage): string {
    return `${repositoryUrl}:${expression(`local.deployed_tags.${name}`)}`;
  }

  /**
   * Writes the tags to a parameter when all services are steady: each of its versions is a release. Parameter Store keeps the newest 100:
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html. Free in the standard tier.
   */
  record(parameter: string, services: ITerraformDependable[]): void {
    new SsmParameter(this, "record", {
      name: parameter,
      description: "The tags of the images that run; its versions are the releases",
      type: "String",
      tier: "Standard",
      // Where no state has it any more, it is written over: an import of `insecure_value` leaves a change in every plan,
      // https://github.com/hashicorp/terraform-provider-aws/issues/37733.
      overwrite: true,
      // Unlike `value`, it is shown in plans.
      insecureValue: expression("jsonencode(local.deployed_tags)"),
      dependsOn: services,
    });
  }
}

/** Of Terraform. */
function expression(text: string): string {
  return `\${${text}}`;
}
