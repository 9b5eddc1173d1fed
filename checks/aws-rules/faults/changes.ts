import type { Fault } from "./fault";

const docs = "https://docs.aws.amazon.com";
const elb = `${docs}/elasticloadbalancing/latest/APIReference`;

/** What goes wrong only when something that is deployed changes, or in time. */
export const priorities: Fault = {
  title: "A listener rule has its row's number for a priority: other rows change it, and AWS has each number once",
  source: `${elb}/API_SetRulePriorities.html`,
  calls: ["rule priority used twice"],
  variants: [
    {
      name: "numbers of rows",
      edits: [
        {
          file: "stacks/compute-stack.ts",
          from: "const route = { priority: rulePriority(service.name), condition };",
          to: "const route = { priority: (this.props.services as readonly Service[]).indexOf(service) + 1, condition };",
        },
      ],
      caught: {
        test: "stacks/compute-stack.test.ts",
        title: "stays the same when a row is inserted before it, or moved",
      },
    },
  ],
};

export const blocks: Fault = {
  title: "A subnet has the block of its zone's place in the row: without a zone, others take its block",
  source: `${docs}/vpc/latest/userguide/subnet-sizing.html`,
  variants: [
    {
      name: "blocks by place",
      edits: [
        {
          file: "stacks/constructs/subnets.ts",
          from: "blockOf(kind, zone)",
          to: '(kind === "public" ? 0 : 8) + availabilityZones.indexOf(zone)',
        },
      ],
      caught: {
        test: "stacks/network-stack.test.ts",
        title: "gives a zone the same addresses, whichever other zones the row has",
      },
    },
  ],
};

export const expiry: Fault = {
  title: "Access logs stay for twice as long as the row says: an expired object becomes a noncurrent version",
  source: `${docs}/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html`,
  variants: [
    {
      name: "as many days again",
      edits: [
        {
          file: "stacks/constructs/private-bucket.ts",
          from: "noncurrentDays: 1 }",
          to: "noncurrentDays: expiry.objectsAfterDays }",
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_s3_bucket_lifecycle_configuration.access-logs_expiry_E784F488 breaks "deletes objects that expire a day later for good"',
        ],
      },
    },
  ],
};

export const sessionLogs: Fault = {
  title: "A cluster whose sessions end keeps their settings: ECS keeps what an update leaves out",
  source: "https://github.com/hashicorp/terraform-provider-aws/pull/45785",
  variants: [
    {
      name: "no settings without sessions",
      edits: [
        {
          file: "stacks/compute-stack.ts",
          from: "configuration: { executeCommandConfiguration: sessionSettings(this.sessions, this.keyArn) },",
          to: "...(this.sessions && { configuration: { executeCommandConfiguration: sessionSettings(this.sessions, this.keyArn) } }),",
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_cluster.cluster breaks "says in each cluster how sessions are logged, also where none is allowed"',
        ],
      },
    },
  ],
};

export const idleEndpoints: Fault = {
  title: "Environments without NAT gateways pay for endpoints that no task needs",
  source: "https://aws.amazon.com/privatelink/pricing/",
  variants: [
    {
      name: "Secrets Manager without secrets",
      rows: "worker",
      edits: [
        {
          file: "stacks/network-stack.ts",
          from: '(secrets) => secrets.some((source) => "secretsManager" in source)',
          to: "always",
        },
      ],
      caught: {
        printed: [
          'policies: full: aws_vpc_endpoint.endpoints_secretsmanager_AE7E3BA3 breaks "has no endpoint but those that tasks need"',
        ],
      },
    },
  ],
};
