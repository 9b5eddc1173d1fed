import type { Fault } from "./fault";

const docs = "https://docs.aws.amazon.com";
const service = "stacks/constructs/fargate-service.ts";
const roles = "stacks/constructs/service-roles.ts";
const subnets = "stacks/constructs/subnets.ts";
const balancer = "stacks/constructs/load-balancer.ts";
const targets = "stacks/constructs/service-targets.ts";

/** What a service waits for, with something else in place of one of them. */
const waiting = (what: string, instead: string) => ({
  file: service,
  from: `dependsOn: [${what}`,
  to: `dependsOn: [${instead}`,
});
const providers = "capacityProviders, ...roles.policies,";
const natGateway = { file: subnets, from: "      tags,\n      dependsOn,", to: "      tags," };
const address = { file: subnets, from: 'domain: "vpc", tags, dependsOn }', to: 'domain: "vpc", tags }' };
const fixedName = { file: targets, from: `name: \`\${name}-\${port}\`,`, to: "name," };
const destroyedFirst = { file: targets, from: "lifecycle: { createBeforeDestroy: true },", to: "" };

export const capacityProviders: Fault = {
  title: "Services do not wait for the capacity providers of their cluster",
  source: `${docs}/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-capacityproviderstrategyitem.html; https://github.com/aws/containers-roadmap/issues/631`,
  calls: ["service on capacity providers that the cluster does not have"],
  variants: [
    {
      name: "no service waits",
      edits: [waiting(providers, "...roles.policies,")],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_ecs_cluster_capacity_providers.capacity breaks "creates aws_ecs_service after each aws_ecs_cluster_capacity_providers that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.frontend-service_406A40FA: not after aws_ecs_cluster_capacity_providers.capacity breaks "creates aws_ecs_service after each aws_ecs_cluster_capacity_providers that it needs"',
        ],
      },
    },
    {
      name: "services behind a load balancer do not",
      edits: [waiting(providers, "...(targets ? [] : [capacityProviders]), ...roles.policies,")],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_ecs_cluster_capacity_providers.capacity breaks "creates aws_ecs_service after each aws_ecs_cluster_capacity_providers that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.frontend-service_406A40FA: not after aws_ecs_cluster_capacity_providers.capacity breaks "creates aws_ecs_service after each aws_ecs_cluster_capacity_providers that it needs"',
        ],
      },
    },
    {
      name: "workers do not",
      rows: "worker",
      edits: [waiting(providers, "...(targets ? [capacityProviders] : []), ...roles.policies,")],
      caught: {
        printed: [
          'policies: full: aws_ecs_service.backend-service_97A8D48A: not after aws_ecs_cluster_capacity_providers.capacity breaks "creates aws_ecs_service after each aws_ecs_cluster_capacity_providers that it needs"',
        ],
      },
    },
  ],
};

export const internetGateway: Fault = {
  title: "What has a public address does not wait for the internet gateway",
  source: `${docs}/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html#gatewayattachment; https://github.com/openshift/installer/issues/1110`,
  calls: ["public load balancer before the internet gateway", "NAT gateway before the internet gateway"],
  variants: [
    {
      name: "NAT gateways and their addresses",
      edits: [natGateway, address],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_eip.subnets_nat-us-east-1a-address_29611BFE: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
          'policies: prod: aws_eip.subnets_nat-us-east-1b-address_6700B9D6: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
          'policies: prod: aws_eip.subnets_nat-us-east-1c-address_3EAD7353: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
        ],
      },
    },
    {
      name: "addresses of NAT gateways",
      edits: [address],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_eip.subnets_nat-us-east-1a-address_29611BFE: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
          'policies: prod: aws_eip.subnets_nat-us-east-1b-address_6700B9D6: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
          'policies: prod: aws_eip.subnets_nat-us-east-1c-address_3EAD7353: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_eip after each aws_internet_gateway that it needs"',
        ],
      },
    },
    {
      name: "NAT gateways",
      edits: [natGateway],
      caught: { harmless: "a NAT gateway names its address, and that one waits" },
    },
    {
      name: "the public load balancer",
      edits: [{ file: balancer, from: "...(internetGateway && { dependsOn: [internetGateway] }),", to: "" }],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_lb.public_load-balancer_1A989577: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_lb after each aws_internet_gateway that it needs"',
        ],
      },
    },
    {
      name: "the public load balancer where endpoints stand for NAT gateways",
      rows: "full",
      edits: [{ file: balancer, from: "...(internetGateway && { dependsOn: [internetGateway] }),", to: "" }],
      caught: {
        printed: [
          'policies: full: aws_lb.public_load-balancer_1A989577: not after aws_internet_gateway.subnets_internet_D0D318E6 breaks "creates aws_lb after each aws_internet_gateway that it needs"',
        ],
      },
    },
  ],
};

export const rolePolicies: Fault = {
  title: "Services do not wait for the policies of their roles",
  source: `${docs}/AmazonECS/latest/developerguide/task_execution_IAM_role.html; https://github.com/telia-oss/terraform-aws-ecs-fargate/pull/58`,
  variants: [
    {
      name: "no service waits",
      edits: [waiting(providers, "capacityProviders,")],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_start-task_A497F8A1 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_work_21EB2A6F breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.frontend-service_406A40FA: not after aws_iam_role_policy.frontend-service_roles_start-task_52402EB0 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
        ],
      },
    },
    {
      name: "services behind a load balancer do not",
      edits: [waiting(providers, "capacityProviders, ...(targets ? [] : roles.policies),")],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_start-task_A497F8A1 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_work_21EB2A6F breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.frontend-service_406A40FA: not after aws_iam_role_policy.frontend-service_roles_start-task_52402EB0 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
        ],
      },
    },
    {
      name: "workers do not",
      rows: "worker",
      edits: [waiting(providers, "capacityProviders, ...(targets ? roles.policies : []),")],
      caught: {
        printed: [
          'policies: full: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_start-task_A497F8A1 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: full: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_work_21EB2A6F breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
        ],
      },
    },
    {
      name: "they wait for the policy of the task role alone",
      edits: [
        {
          file: roles,
          from: "this.policies.push(new IamRolePolicy(",
          to: "this.policies.push(...[new IamRolePolicy(",
        },
        {
          file: roles,
          from: "role: role.name, policy }));",
          to: 'role: role.name, policy })].filter(() => id === "task"));',
        },
      ],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_ecs_service.backend-service_97A8D48A: not after aws_iam_role_policy.backend-service_roles_start-task_A497F8A1 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
          'policies: dev, staging, prod: aws_ecs_service.frontend-service_406A40FA: not after aws_iam_role_policy.frontend-service_roles_start-task_52402EB0 breaks "creates aws_ecs_service after each aws_iam_role_policy that it needs"',
        ],
      },
    },
  ],
};

export const targetGroups: Fault = {
  title: "A target group has a fixed name, or is destroyed before the next one is there",
  source:
    "https://github.com/hashicorp/terraform-provider-aws/issues/636; https://github.com/hashicorp/terraform-provider-aws/issues/16889",
  calls: ["target group deleted while a listener forwards to it", "target group name taken with another port"],
  variants: [
    {
      name: "both",
      edits: [fixedName, destroyedFirst],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_lb_target_group.backend-service_targets_40716F8E breaks "makes the next one before it removes what others still use"',
          'policies: dev, staging, prod: aws_lb_target_group.frontend-service_targets_E224B36F breaks "makes the next one before it removes what others still use"',
          'policies: dev, staging, prod: aws_lb_target_group.backend-service_targets_40716F8E breaks "leaves the name free for the next one, where both are there for a while"',
          'policies: dev, staging, prod: aws_lb_target_group.frontend-service_targets_E224B36F breaks "leaves the name free for the next one, where both are there for a while"',
        ],
      },
    },
    {
      name: "destroyed first",
      edits: [destroyedFirst],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_lb_target_group.backend-service_targets_40716F8E breaks "makes the next one before it removes what others still use"',
          'policies: dev, staging, prod: aws_lb_target_group.frontend-service_targets_E224B36F breaks "makes the next one before it removes what others still use"',
        ],
      },
    },
    {
      name: "a fixed name",
      edits: [fixedName],
      caught: {
        printed: [
          'policies: dev, staging, prod: aws_lb_target_group.backend-service_targets_40716F8E breaks "leaves the name free for the next one, where both are there for a while"',
          'policies: dev, staging, prod: aws_lb_target_group.frontend-service_targets_E224B36F breaks "leaves the name free for the next one, where both are there for a while"',
        ],
      },
    },
  ],
};
