import type { Fault } from "./fault";

const docs = "https://docs.aws.amazon.com";
const definition = "stacks/constructs/container-definition.ts";
const image = "stacks/constructs/service-image.ts";
const capabilities = 'capabilities: { add: [], drop: ["ALL"] }';

const dockerfiles = {
  backend: "apps/backend/Dockerfile",
  frontend: "apps/frontend/Dockerfile",
  gateway: "nginx/Dockerfile",
};
/** Declares fewer folders. */
const volume = (image: keyof typeof dockerfiles, from: string, to: string) => [{ file: dockerfiles[image], from, to }];

export const capabilityLists: Fault = {
  title: "A task definition says less than ECS answers: each plan has a difference, each deployment replaces all tasks",
  source: `${docs}/AmazonECS/latest/APIReference/API_KernelCapabilities.html; https://github.com/hashicorp/terraform-provider-aws/issues/11526`,
  calls: ["capabilities come back with both lists"],
  variants: [
    {
      name: "capabilities without the list of those that are added",
      edits: [{ file: definition, from: capabilities, to: 'capabilities: { drop: ["ALL"] }' }],
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container gateway breaks "leaves out neither list of capabilities: each plan would replace the task definition, each deployment all tasks"',
          'policies: dev, staging, prod: backend-service_task_F79514A6: container app breaks "leaves out neither list of capabilities: each plan would replace the task definition, each deployment all tasks"',
          'policies: dev, staging, prod: frontend-service_task_92809130: container gateway breaks "leaves out neither list of capabilities: each plan would replace the task definition, each deployment all tasks"',
          'policies: dev, staging, prod: frontend-service_task_92809130: container app breaks "leaves out neither list of capabilities: each plan would replace the task definition, each deployment all tasks"',
        ],
      },
    },
  ],
};

export const images: Fault = {
  title: "Images are pushed again under immutable tags",
  source: `${docs}/AmazonECR/latest/userguide/image-tag-mutability.html; https://github.com/aws/containers-roadmap/issues/2179`,
  calls: ["tag pushed again to an immutable repository"],
  variants: [
    {
      name: "what is in ECR is built and pushed",
      edits: [
        {
          file: "stacks/images-stack.ts",
          from: `(\${prebuilt} || contains(\${imagesInEcr}, "\${image}"))\``,
          to: `\${prebuilt || image}\``,
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: docker_image.backend-image_91095F08 breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_image.frontend-image_BA3E1930 breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_image.gateway-image_0FD5DE07 breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_registry_image.backend-image_pushed_13C3653D breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_registry_image.frontend-image_pushed_6CAA16C3 breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_registry_image.gateway-image_pushed_E1439AE9 breaks "builds and pushes no image that is said to be in ECR already"',
        ],
      },
    },
    {
      name: "what is in ECR is pushed",
      edits: [{ file: image, from: `\${isThere} || !\${pushes} ? 0 : 1`, to: `!\${pushes} ? 0 : 1` }],
      caught: {
        printed: [
          'policies: dev, staging, prod: docker_registry_image.backend-image_pushed_13C3653D breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_registry_image.frontend-image_pushed_6CAA16C3 breaks "builds and pushes no image that is said to be in ECR already"',
          'policies: dev, staging, prod: docker_registry_image.gateway-image_pushed_E1439AE9 breaks "builds and pushes no image that is said to be in ECR already"',
        ],
      },
    },
    {
      name: "what is in ECR is looked up, and Terraform is not given it",
      edits: [
        {
          file: "ops/deploy/deployment.ts",
          from: "return { ...env, TF_VAR_images_in_ecr: JSON.stringify(left) };",
          to: "return env;",
        },
      ],
      caught: {
        test: "ops/deploy/deployment.test.ts",
        title: "leaves the images that ECR has: a tag is refused twice",
      },
    },
    {
      name: "one tag for all images",
      edits: [
        {
          file: image,
          from: 'this.tag = contentHash(join(__dirname, "../..", folder), platform)',
          to: 'this.tag = contentHash(join(__dirname, "../..", folder), platform) && "release"',
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container gateway breaks "runs images by the hash of their sources"',
          'policies: dev, staging, prod: backend-service_task_F79514A6: container app breaks "runs images by the hash of their sources"',
          'policies: dev, staging, prod: frontend-service_task_92809130: container gateway breaks "runs images by the hash of their sources"',
          'policies: dev, staging, prod: frontend-service_task_92809130: container app breaks "runs images by the hash of their sources"',
          'policies: dev, staging, prod: docker_registry_image.backend-image_pushed_13C3653D breaks "pushes each image that containers run, built under the same tag, and no other tag"',
          'policies: dev, staging, prod: docker_registry_image.frontend-image_pushed_6CAA16C3 breaks "pushes each image that containers run, built under the same tag, and no other tag"',
          'policies: dev, staging, prod: docker_registry_image.gateway-image_pushed_E1439AE9 breaks "pushes each image that containers run, built under the same tag, and no other tag"',
        ],
      },
    },
  ],
};

export const volumes: Fault = {
  title: "A folder that an app writes to is root's on Fargate",
  source: `${docs}/AmazonECS/latest/developerguide/bind-mounts.html; https://github.com/aws/containers-roadmap/issues/938`,
  variants: [
    {
      name: "/tmp of the backend",
      edits: volume("backend", "VOLUME /tmp /data", "VOLUME /data"),
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container app: /tmp breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
    {
      name: "/data of the backend",
      edits: volume("backend", "VOLUME /tmp /data", "VOLUME /tmp"),
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container app: /data breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
    {
      name: "/tmp of the frontend",
      edits: volume("frontend", "VOLUME /tmp /srv/static", "VOLUME /srv/static"),
      caught: {
        printed: [
          'policies: dev, staging, prod: frontend-service_task_92809130: container app: /tmp breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
    {
      name: "static files of the frontend",
      edits: volume("frontend", "VOLUME /tmp /srv/static", "VOLUME /tmp"),
      caught: {
        printed: [
          'policies: dev, staging, prod: frontend-service_task_92809130: container app: /srv/static breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
    {
      name: "/tmp of the gateway",
      edits: volume("gateway", "VOLUME /tmp", ""),
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container gateway: /tmp breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
          'policies: dev, staging, prod: frontend-service_task_92809130: container gateway: /tmp breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
    {
      name: "a folder of the row that no image declares",
      edits: [
        {
          file: "stacks/services.ts",
          from: 'writablePaths: ["/tmp", "/data"]',
          to: 'writablePaths: ["/tmp", "/data", "/cache"]',
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: backend-service_task_F79514A6: container app: /cache breaks "mounts writable and shared folders only where the image declares them with VOLUME"',
        ],
      },
    },
  ],
};

const everyContainer = [
  'policies: dev, staging, prod: backend-service_task_F79514A6: container gateway breaks "says what becomes of log lines that cannot be delivered at once"',
  'policies: dev, staging, prod: backend-service_task_F79514A6: container app breaks "says what becomes of log lines that cannot be delivered at once"',
  'policies: dev, staging, prod: frontend-service_task_92809130: container gateway breaks "says what becomes of log lines that cannot be delivered at once"',
  'policies: dev, staging, prod: frontend-service_task_92809130: container app breaks "says what becomes of log lines that cannot be delivered at once"',
];

export const logMode: Fault = {
  title: "Log lines can be dropped without anybody having decided it",
  source: `${docs}/AmazonECS/latest/APIReference/API_LogConfiguration.html (mode)`,
  variants: [
    {
      name: "no mode",
      edits: [{ file: definition, from: 'mode: "non-blocking",', to: "" }],
      caught: {
        printed: everyContainer,
      },
    },
    {
      name: "no size of the buffer",
      edits: [{ file: definition, from: '"max-buffer-size": "25m",', to: "" }],
      caught: {
        printed: everyContainer,
      },
    },
  ],
};
