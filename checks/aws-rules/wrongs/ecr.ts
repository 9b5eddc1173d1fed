import { createHash } from "node:crypto";
import { account, caller, policy, root } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const layer = Buffer.from("a layer of an image that nobody runs");
const config = Buffer.from(
  JSON.stringify({ architecture: "amd64", os: "linux", rootfs: { type: "layers", diff_ids: [] } }),
);

const digest = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

const manifest = (parts: Buffer[], note: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", size: config.length, digest: digest(config) },
    layers: parts.map((one) => ({
      mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      size: one.length,
      digest: digest(one),
    })),
    annotations: { note },
  });

const repository = (name: string, more: object = {}): Call => ({
  client: "ecr",
  command: "CreateRepositoryCommand",
  input: { repositoryName: name, ...more },
});

const noRepository = (name: string, force = true): Call => ({
  client: "ecr",
  command: "DeleteRepositoryCommand",
  input: { repositoryName: name, force },
});

const upload = (name: string, bytes: Buffer, as: string): Call[] => [
  { client: "ecr", command: "InitiateLayerUploadCommand", input: { repositoryName: name }, as },
  {
    client: "ecr",
    command: "UploadLayerPartCommand",
    input: (made) => ({
      repositoryName: name,
      uploadId: made[as].uploadId,
      partFirstByte: 0,
      partLastByte: bytes.length - 1,
      layerPartBlob: bytes,
    }),
  },
  {
    client: "ecr",
    command: "CompleteLayerUploadCommand",
    input: (made) => ({ repositoryName: name, uploadId: made[as].uploadId, layerDigests: [digest(bytes)] }),
  },
];

const image = (name: string, tag: string, note: string, parts: Buffer[] = [layer]): Call => ({
  client: "ecr",
  command: "PutImageCommand",
  input: {
    repositoryName: name,
    imageTag: tag,
    imageManifest: manifest(parts, note),
    imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
  },
});

const pushed = (name: string, tag: string, note = "first"): Call[] => [
  ...upload(name, layer, "layerUpload"),
  ...upload(name, config, "configUpload"),
  image(name, tag, note),
];

const rules = (name: string, rule: object[]): Call => ({
  client: "ecr",
  command: "PutLifecyclePolicyCommand",
  input: { repositoryName: name, lifecyclePolicyText: JSON.stringify({ rules: rule }) },
});

const keep = (priority: number, more: object): object => ({
  rulePriority: priority,
  selection: { countType: "imageCountMoreThan", countNumber: 10, ...more },
  action: { type: "expire" },
});

const document = (name: string, statement: (made: Made) => object): Call => ({
  client: "ecr",
  command: "SetRepositoryPolicyCommand",
  input: (made) => ({ repositoryName: name, policyText: policy(statement(made)) }),
});

export const ecr: Wrong[] = [
  {
    name: "tag pushed again to an immutable repository",
    service: "ecr",
    kind: "argument",
    before: [
      repository("wrong-ecr-immutable", { imageTagMutability: "IMMUTABLE" }),
      ...pushed("wrong-ecr-immutable", "v1"),
    ],
    wrong: image("wrong-ecr-immutable", "v1", "second"),
    answer: {
      error: "ImageTagAlreadyExistsException",
      message: "cannot be overwritten because the repository is immutable",
    },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    explanation: "Each new image needs a new tag. A build that always pushes latest fails on its second run.",
    right: image("wrong-ecr-immutable", "v2", "second"),
    after: [noRepository("wrong-ecr-immutable")],
  },
  {
    name: "repository deleted with images in it",
    service: "ecr",
    kind: "order",
    before: [repository("wrong-ecr-full"), repository("wrong-ecr-empty"), ...pushed("wrong-ecr-full", "v1")],
    wrong: noRepository("wrong-ecr-full", false),
    answer: { error: "RepositoryNotEmptyException" },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html (Errors)",
    explanation: "The images must go first, or the call must say force. Terraform says it with force_delete.",
    right: noRepository("wrong-ecr-empty", false),
    after: [noRepository("wrong-ecr-full")],
  },
  {
    name: "image pushed before its layers",
    service: "ecr",
    kind: "order",
    before: [
      repository("wrong-ecr-layers"),
      ...upload("wrong-ecr-layers", layer, "a"),
      ...upload("wrong-ecr-layers", config, "b"),
    ],
    wrong: image("wrong-ecr-layers", "v1", "first", [layer, Buffer.from("a layer that was never uploaded")]),
    answer: { error: "LayersNotFoundException" },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html (Errors)",
    explanation: "The manifest comes last. All layers that it names must be in the repository.",
    right: image("wrong-ecr-layers", "v1", "first"),
    after: [noRepository("wrong-ecr-layers")],
  },
  {
    name: "repository name taken",
    service: "ecr",
    kind: "order",
    before: [repository("wrong-ecr-taken")],
    wrong: repository("wrong-ecr-taken"),
    answer: { error: "RepositoryAlreadyExistsException", message: "already exists" },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (Errors)",
    explanation: "Creation is not idempotent.",
    right: repository("wrong-ecr-free"),
    after: [noRepository("wrong-ecr-taken"), noRepository("wrong-ecr-free")],
  },
  {
    name: "repository name with a capital letter",
    service: "ecr",
    kind: "argument",
    before: [],
    wrong: repository("Wrong-Ecr-Name"),
    answer: { error: "InvalidParameterException", message: "repositoryName" },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName)",
    explanation: "Only small letters, digits, and - _ . / between them.",
    right: repository("wrong-ecr-name"),
    after: [noRepository("wrong-ecr-name")],
  },
  {
    name: "lifecycle rule for tagged images without a prefix",
    service: "ecr",
    kind: "argument",
    before: [repository("wrong-ecr-tagged")],
    wrong: rules("wrong-ecr-tagged", [keep(1, { tagStatus: "tagged" })]),
    answer: { error: "InvalidParameterException", message: "Lifecycle policy validation failure" },
    source:
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html (tagPrefixList, tagPatternList)",
    explanation: "A rule for tagged images needs tagPrefixList or tagPatternList.",
    right: rules("wrong-ecr-tagged", [keep(1, { tagStatus: "tagged", tagPrefixList: ["v"] })]),
    after: [noRepository("wrong-ecr-tagged")],
  },
  {
    name: "lifecycle rule for any image before another rule",
    service: "ecr",
    kind: "argument",
    before: [repository("wrong-ecr-any")],
    wrong: rules("wrong-ecr-any", [keep(1, { tagStatus: "any" }), keep(2, { tagStatus: "untagged" })]),
    answer: { error: "InvalidParameterException", message: "Lifecycle policy validation failure" },
    source:
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html (tagStatus: a rule with any must have the highest rulePriority value)",
    explanation: "The rule for any image must have the highest number, so it is evaluated last.",
    right: rules("wrong-ecr-any", [keep(1, { tagStatus: "untagged" }), keep(2, { tagStatus: "any" })]),
    after: [noRepository("wrong-ecr-any")],
  },
  {
    name: "repository policy with a resource",
    service: "ecr",
    kind: "argument",
    before: [caller, repository("wrong-ecr-resource")],
    wrong: document("wrong-ecr-resource", (made) => ({
      Effect: "Allow",
      Principal: { AWS: root(made) },
      Action: "ecr:BatchGetImage",
      Resource: "*",
    })),
    answer: { error: "InvalidParameterException", message: "Invalid repository policy provided" },
    source: "https://github.com/awsdocs/amazon-ecr-user-guide/pull/20",
    explanation: "The resource is the repository itself, so the field is not allowed.",
    right: document("wrong-ecr-resource", (made) => ({
      Effect: "Allow",
      Principal: { AWS: root(made) },
      Action: "ecr:BatchGetImage",
    })),
    after: [noRepository("wrong-ecr-resource")],
  },
  {
    name: "repository policy for a role that is not there yet",
    service: "ecr",
    kind: "order",
    before: [caller, repository("wrong-ecr-principal")],
    wrong: document("wrong-ecr-principal", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:role/wrong-ecr-not-there` },
      Action: "ecr:BatchGetImage",
    })),
    answer: { error: "InvalidParameterException", message: "Invalid repository policy provided" },
    source: "https://github.com/aws/aws-cdk/issues/14818",
    explanation: "ECR looks each principal up when the policy is set.",
    right: document("wrong-ecr-principal", (made) => ({
      Effect: "Allow",
      Principal: { AWS: root(made) },
      Action: "ecr:BatchGetImage",
    })),
    after: [noRepository("wrong-ecr-principal")],
  },
  {
    name: "a new repository protects its tags",
    service: "ecr",
    kind: "answer",
    before: [],
    wrong: repository("wrong-ecr-default"),
    answer: {
      result: ({ repository: one }) =>
        one.imageTagMutability === "MUTABLE" &&
        one.imageScanningConfiguration.scanOnPush === false &&
        one.encryptionConfiguration.encryptionType === "AES256",
      says: "MUTABLE, no scan on push, AES256",
    },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (defaults)",
    explanation: "Without arguments, tags can be moved and images are not scanned.",
    right: repository("wrong-ecr-set", {
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
    }),
    after: [noRepository("wrong-ecr-default"), noRepository("wrong-ecr-set")],
  },
];
