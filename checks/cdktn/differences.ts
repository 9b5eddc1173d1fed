import type { Explanation } from "./review";

/** What changes in the synthesized Terraform when cdktn takes cdktf's place: reviewed by a person, each with its reason. */
export const differences: readonly Explanation[] = [
  {
    path: ["*", "terraform", "required_providers", "aws", "version"],
    before: "5.100.0",
    after: "6.66.0",
    reason: "What one leaves for: the bindings name the AWS provider that they were generated from.",
  },
  {
    path: ["*", "terraform", "required_providers", "aws", "source"],
    before: "aws",
    after: "hashicorp/aws",
    reason: "The same provider: Terraform reads a source without a namespace as one of hashicorp's.",
  },
];
