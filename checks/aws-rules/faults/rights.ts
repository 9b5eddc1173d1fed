import type { Fault } from "./fault";

const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference";
const roles = "stacks/constructs/roles-permissions.ts";
const network = "stacks/constructs/network-permissions.ts";
const promise = "lets the deploy role do what Terraform does with each resource";
const missing = (request: string) => `deploy role: ${request} breaks "${promise}"`;
const accounts = { dev: "111111111111", staging: "222222222222", prod: "333333333333" };
const scalingRole =
  "role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";

/** A line for each environment: the request names its account. */
const inEach = (request: (account: string) => string) =>
  Object.entries(accounts).map(([name, account]) => `policies: ${name}: ${missing(request(account))}`);

export const groupsOfVpc: Fault = {
  title: "The deploy role may not read the security groups of a VPC, which load balancers are created with",
  source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917",
  calls: ["load balancer by a role that may not read the security groups of its VPC"],
  variants: [
    {
      name: "no ec2:GetSecurityGroupsForVpc",
      edits: [{ file: network, from: '"ec2:GetSecurityGroupsForVpc",', to: "" }],
      caught: {
        printed: inEach(
          (account) => `ec2:GetSecurityGroupsForVpc on arn:aws:ec2:us-east-1:${account}:vpc/0123456789abcdef`,
        ),
      },
    },
  ],
};

export const scalingRoles: Fault = {
  title: "The deploy role may not pass the role that Terraform names when it changes a scalable target",
  source: `${reference}/list_application-autoscaling.html`,
  calls: ["scalable target with a role that the caller may not pass"],
  variants: [
    {
      name: "passed to ECS and flow logs alone",
      edits: [
        {
          file: roles,
          from: '{ "iam:PassedToService": "application-autoscaling.amazonaws.com" }',
          to: '{ "iam:PassedToService": "ecs.application-autoscaling.amazonaws.com" }',
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_iam_policy.github_deploy-roles_244F320A breaks "lets a deploy make bounded roles only, and pass roles only to the services that take them"',
          ...inEach((account) => `iam:PassRole on arn:aws:iam::${account}:${scalingRole}`),
        ],
      },
    },
  ],
};

export const webAcls: Fault = {
  title: "The deploy role may attach a web ACL to its own load balancers by an action that names no resource",
  source: `${reference}/list_awselasticloadbalancingv2.html`,
  variants: [
    {
      name: "elasticloadbalancing:SetWebACL on load balancers",
      edits: [
        {
          file: network,
          from: `Action: "elasticloadbalancing:SetWebACL",\n      Resource: "*",`,
          to: `Action: "elasticloadbalancing:SetWebACL",\n      Resource: \`\${loadBalancing}:loadbalancer/app/\${name}-*\`,`,
        },
      ],
      caught: { printed: [`policies: prod: ${missing("elasticloadbalancing:SetWebACL on *")}`] },
    },
  ],
};
