import type { Fault, Replacement } from "./fault";

const docs = "https://docs.aws.amazon.com";
const folder = "stacks/constructs";
const network = "stacks/network-stack.ts";
const flowLog = `${folder}/vpc-flow-log.ts`;
const alarms = `${folder}/observability-permissions.ts`;

/** Takes an action out of a list of actions. */
const without = (file: string, action: string): Replacement => ({ file, from: `"${action}",`, to: "" });
/** Leaves an action to the alarms that have the environment's name. */
const toOwnAlarms = (action: string): Replacement => ({
  file: alarms,
  from: 'Action: ["cloudwatch:TagResource",',
  to: `Action: ["${action}", "cloudwatch:TagResource",`,
});

export const targetTracking: Fault = {
  title: "The deploy role may not put, read and delete the alarms of target tracking",
  source: `${docs}/autoscaling/application/userguide/security_iam_permission_validation.html`,
  variants: [
    {
      name: "puts alarms of the environment's name alone",
      edits: [
        without(`${folder}/compute-permissions.ts`, "cloudwatch:PutMetricAlarm"),
        toOwnAlarms("cloudwatch:PutMetricAlarm"),
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: nobody may cloudwatch:PutMetricAlarm on * breaks "lets whoever puts a scaling policy put, read and delete the alarms that it brings"',
        ],
      },
    },
    {
      name: "deletes alarms of the environment's name alone",
      edits: [
        {
          file: alarms,
          from: '"cloudwatch:PutCompositeAlarm", "cloudwatch:DeleteAlarms"',
          to: '"cloudwatch:PutCompositeAlarm"',
        },
        toOwnAlarms("cloudwatch:DeleteAlarms"),
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: nobody may cloudwatch:DeleteAlarms on * breaks "lets whoever puts a scaling policy put, read and delete the alarms that it brings"',
        ],
      },
    },
    {
      name: "reads alarms of the environment's name alone",
      edits: [
        without(`${folder}/deploy-permissions.ts`, "cloudwatch:DescribeAlarms"),
        toOwnAlarms("cloudwatch:DescribeAlarms"),
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: nobody may cloudwatch:DescribeAlarms on * breaks "lets whoever puts a scaling policy put, read and delete the alarms that it brings"',
          'policies: dev, staging, prod: deploy role: cloudwatch:DescribeAlarms on * breaks "lets the deploy role do what Terraform does with each resource"',
          'policies: dev, staging, prod: plan role: cloudwatch:DescribeAlarms on * breaks "lets the plan role read what Terraform refreshes"',
        ],
      },
    },
  ],
};

export const endpoints: Fault = {
  title: "Environments without NAT gateways lack a permission, or an endpoint",
  source: `${docs}/service-authorization/latest/reference/list_amazonec2.html (CreateVpcEndpoint: dependent actions); ${docs}/systems-manager/latest/userguide/setup-create-vpc.html`,
  calls: ["interface endpoint by a role that may not associate its zone"],
  variants: [
    {
      name: "no route53:AssociateVPCWithHostedZone",
      rows: "full",
      edits: [without(`${folder}/network-permissions.ts`, "route53:AssociateVPCWithHostedZone")],
      caught: {
        printed: [
          'policies: full: deploy role: route53:AssociateVPCWithHostedZone on arn:aws:route53:::hostedzone/Z0123456789 breaks "lets the deploy role do what Terraform does with each resource"',
        ],
      },
    },
    {
      name: "no endpoint for the key of execute-command",
      rows: "full",
      edits: [{ file: network, from: "kms: forSessions,", to: "" }],
      caught: {
        printed: [
          'policies: full: aws_ecs_service.backend-service_97A8D48A: no endpoint for kms breaks "gives tasks a way to the registry, the logs and the secrets that they start with"',
        ],
      },
    },
    {
      name: "no endpoint for the channels of execute-command",
      rows: "full",
      edits: [{ file: network, from: "ssmmessages: forSessions,", to: "" }],
      caught: {
        printed: [
          'policies: full: aws_ecs_service.backend-service_97A8D48A: no endpoint for ssmmessages breaks "gives tasks a way to the registry, the logs and the secrets that they start with"',
        ],
      },
    },
    {
      name: "no endpoint for logs",
      rows: "full",
      edits: [{ file: network, from: "logs: always,", to: "" }],
      caught: {
        printed: [
          'policies: full: aws_ecs_service.backend-service_97A8D48A: no endpoint for logs breaks "gives tasks a way to the registry, the logs and the secrets that they start with"',
          'policies: full: aws_ecs_service.frontend-service_406A40FA: no endpoint for logs breaks "gives tasks a way to the registry, the logs and the secrets that they start with"',
        ],
      },
    },
  ],
};

export const flowLogs: Fault = {
  title: "The role of the flow log lacks a permission",
  source: `${docs}/vpc/latest/userguide/flow-logs-iam-role.html`,
  calls: ["flow log with a role that may not find its log group"],
  variants: [
    {
      name: "logs:DescribeLogGroups",
      edits: [
        { file: flowLog, from: '{ Sid: "FindLogGroup", Action: "logs:DescribeLogGroups", Resource: "*" },', to: "" },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: iam_role_arn: logs:DescribeLogGroups on * breaks "lets each AWS service do what it does with the role that it takes"',
        ],
      },
    },
    {
      name: "logs:DescribeLogStreams",
      edits: [{ file: flowLog, from: ', "logs:DescribeLogStreams"]', to: "]" }],
      caught: {
        printed: [
          `policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: iam_role_arn: logs:DescribeLogStreams on \${aws_cloudwatch_log_group.traffic_logs_E57CD6C1.arn}:log-stream:eni breaks "lets each AWS service do what it does with the role that it takes"`,
        ],
      },
    },
    {
      name: "the streams of the group",
      edits: [{ file: flowLog, from: `[logs.arn, \`\${logs.arn}:*\`]`, to: "logs.arn" }],
      caught: {
        printed: [
          `policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: iam_role_arn: logs:CreateLogStream on \${aws_cloudwatch_log_group.traffic_logs_E57CD6C1.arn}:log-stream:eni breaks "lets each AWS service do what it does with the role that it takes"`,
          `policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: iam_role_arn: logs:PutLogEvents on \${aws_cloudwatch_log_group.traffic_logs_E57CD6C1.arn}:log-stream:eni breaks "lets each AWS service do what it does with the role that it takes"`,
          `policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: iam_role_arn: logs:DescribeLogStreams on \${aws_cloudwatch_log_group.traffic_logs_E57CD6C1.arn}:log-stream:eni breaks "lets each AWS service do what it does with the role that it takes"`,
        ],
      },
    },
    {
      name: "all, for a while: the flow log does not wait for the policy",
      edits: [{ file: flowLog, from: "dependsOn: [policy],", to: "" }],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_flow_log.traffic_flow-log_28689222: not after aws_iam_role_policy.traffic_write_A6597FD7 breaks "creates aws_flow_log after each aws_iam_role_policy that it needs"',
        ],
      },
    },
  ],
};
