import type { Arguments } from "../../synthesized";
import { named } from "../policy";
import {
  actions,
  anywhere,
  ec2,
  inRegion,
  linkedRole,
  nameOf,
  passedRoles,
  pike,
  type RequiredActions,
  type World,
  withId,
} from "./required-actions";

const loadBalancing = (names: string) => actions("elasticloadbalancing", names);
const describeBalancing = (names: string) => ({ read: loadBalancing(`${names} DescribeTags`), on: anywhere });
const balancer = ({ name }: Arguments) => withId(`loadbalancer/app/${name}`);
const listener = (world: World, { load_balancer_arn }: Arguments, kind: string) =>
  withId(withId(`${kind}/app/${nameOf(world, load_balancer_arn)}`));
const zone = () => "arn:aws:route53:::hostedzone/Z0123456789";
const rules = (direction: "Ingress" | "Egress"): RequiredActions => ({
  source: pike(`ec2/aws_vpc_security_group_${direction.toLowerCase()}_rule`),
  calls: [
    ...ec2(
      "security-group",
      `AuthorizeSecurityGroup${direction} RevokeSecurityGroup${direction} ModifySecurityGroupRules`,
      "DescribeSecurityGroupRules",
    ),
  ],
});

export const requiredByNetwork: Readonly<Record<string, RequiredActions>> = {
  aws_vpc: {
    source: pike("ec2/aws_vpc"),
    calls: ec2(
      "vpc",
      "CreateVpc DeleteVpc ModifyVpcAttribute",
      "DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls",
    ),
  },
  aws_subnet: {
    source: pike("ec2/aws_subnet"),
    calls: ec2(
      "subnet",
      "CreateSubnet DeleteSubnet ModifySubnetAttribute",
      "DescribeSubnets DescribeNetworkInterfaces",
    ),
  },
  aws_internet_gateway: {
    source: pike("ec2/aws_internet_gateway"),
    calls: ec2(
      "internet-gateway",
      "CreateInternetGateway DeleteInternetGateway AttachInternetGateway DetachInternetGateway",
      "DescribeInternetGateways",
    ),
  },
  aws_nat_gateway: {
    source: pike("ec2/aws_nat_gateway"),
    calls: ec2("natgateway", "CreateNatGateway DeleteNatGateway", "DescribeNatGateways"),
  },
  aws_eip: {
    source: pike("ec2/aws_eip"),
    calls: ec2("elastic-ip", "AllocateAddress ReleaseAddress DisassociateAddress", "DescribeAddresses"),
  },
  aws_route_table: {
    source: pike("ec2/aws_route_table"),
    calls: ec2("route-table", "CreateRouteTable DeleteRouteTable", "DescribeRouteTables"),
  },
  aws_route: {
    source: pike("ec2/aws_route"),
    calls: ec2("route-table", "CreateRoute ReplaceRoute DeleteRoute", "DescribeRouteTables"),
  },
  aws_route_table_association: {
    source: pike("ec2/aws_route_table_association"),
    calls: ec2(
      "route-table",
      "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation",
      "DescribeRouteTables",
    ),
  },
  aws_default_security_group: {
    source: pike("ec2/aws_default_security_group"),
    calls: ec2("security-group", "RevokeSecurityGroupIngress RevokeSecurityGroupEgress", "DescribeSecurityGroups"),
  },
  aws_security_group: {
    source: pike("ec2/aws_security_group"),
    calls: ec2(
      "security-group",
      "CreateSecurityGroup DeleteSecurityGroup RevokeSecurityGroupEgress",
      "DescribeSecurityGroups DescribeNetworkInterfaces",
    ),
  },
  aws_vpc_security_group_ingress_rule: rules("Ingress"),
  aws_vpc_security_group_egress_rule: rules("Egress"),
  aws_vpc_endpoint: {
    source: `${pike("ec2/aws_vpc_endpoint")}; https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (CreateVpcEndpoint: dependent actions); https://github.com/hasura/ddn-docs/pull/1075`,
    calls: [
      ...ec2(
        "vpc-endpoint",
        "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints",
        "DescribeVpcEndpoints DescribePrefixLists DescribeSubnets DescribeSecurityGroups",
      ),
      // Its private DNS name is a hosted zone that AWS makes.
      {
        write: ["route53:AssociateVPCWithHostedZone"],
        on: ({ private_dns_enabled }) => (private_dns_enabled === true ? zone() : []),
      },
    ],
  },
  aws_flow_log: {
    source: pike("ec2/aws_flow_log"),
    calls: [
      ...ec2("vpc-flow-log", "CreateFlowLogs DeleteFlowLogs", "DescribeFlowLogs"),
      passedRoles("vpc-flow-logs.amazonaws.com", "iam_role_arn"),
    ],
  },
  aws_lb: {
    source: `${pike("elasticloadbalancing/aws_lb")}; https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html; https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917`,
    calls: [
      {
        write: loadBalancing(
          "CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets AddTags RemoveTags",
        ),
        on: inRegion("elasticloadbalancing", balancer),
      },
      describeBalancing("DescribeLoadBalancers DescribeLoadBalancerAttributes"),
      { read: actions("ec2", "DescribeNetworkInterfaces DescribeSecurityGroups"), on: anywhere },
      // CreateLoadBalancer with security groups reads those of the VPC with the rights of its caller.
      { write: actions("ec2", "GetSecurityGroupsForVpc"), on: inRegion("ec2", () => withId("vpc")) },
      linkedRole("elasticloadbalancing.amazonaws.com"),
    ],
  },
  aws_lb_listener: {
    source: pike("elasticloadbalancing/aws_lb_listener"),
    calls: [
      {
        write: loadBalancing("CreateListener"),
        on: inRegion("elasticloadbalancing", ({ load_balancer_arn }, world) =>
          balancer({ name: nameOf(world, load_balancer_arn) }),
        ),
      },
      {
        write: loadBalancing("ModifyListener DeleteListener ModifyListenerAttributes AddTags RemoveTags"),
        on: inRegion("elasticloadbalancing", (resource, world) => listener(world, resource, "listener")),
      },
      describeBalancing("DescribeListeners DescribeListenerAttributes"),
    ],
  },
  aws_lb_listener_rule: {
    source: pike("elasticloadbalancing/aws_lb_listener_rule"),
    calls: [
      {
        write: loadBalancing("CreateRule"),
        on: inRegion("elasticloadbalancing", ({ listener_arn }, world) =>
          listener(world, named(world.stacks, listener_arn) ?? {}, "listener"),
        ),
      },
      {
        write: loadBalancing("ModifyRule DeleteRule SetRulePriorities AddTags RemoveTags"),
        on: inRegion("elasticloadbalancing", ({ listener_arn }, world) =>
          withId(listener(world, named(world.stacks, listener_arn) ?? {}, "listener-rule")),
        ),
      },
      describeBalancing("DescribeRules"),
    ],
  },
  aws_lb_target_group: {
    source: pike("elasticloadbalancing/aws_lb_target_group"),
    calls: [
      {
        write: loadBalancing(
          "CreateTargetGroup DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes AddTags RemoveTags",
        ),
        on: inRegion("elasticloadbalancing", ({ name }) => withId(`targetgroup/${name}`)),
      },
      describeBalancing("DescribeTargetGroups DescribeTargetGroupAttributes"),
    ],
  },
  aws_route53_zone: {
    source: `${pike("route53/aws_route53_zone")}; https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html`,
    calls: [
      { write: ["route53:CreateHostedZone"], read: actions("route53", "GetChange"), on: anywhere },
      {
        write: actions("route53", "DeleteHostedZone ChangeTagsForResource"),
        read: actions("route53", "GetHostedZone ListTagsForResource ListResourceRecordSets"),
        on: zone,
      },
      { read: ["ec2:DescribeVpcs"], on: anywhere },
    ],
  },
  aws_route53_record: {
    source: pike("route53/aws_route53_record"),
    calls: [
      {
        write: ["route53:ChangeResourceRecordSets"],
        read: actions("route53", "GetHostedZone ListResourceRecordSets"),
        on: zone,
      },
      { read: ["route53:GetChange"], on: anywhere },
    ],
  },
  aws_acm_certificate: {
    source: pike("acm/aws_acm_certificate"),
    calls: [
      { write: ["acm:RequestCertificate"], on: anywhere },
      {
        write: actions("acm", "DeleteCertificate AddTagsToCertificate RemoveTagsFromCertificate"),
        read: actions("acm", "DescribeCertificate ListTagsForCertificate"),
        on: inRegion("acm", () => withId("certificate")),
      },
    ],
  },
  aws_wafv2_web_acl: {
    source: pike("wafv2/aws_wafv2_web_acl"),
    calls: [
      {
        write: actions("wafv2", "CreateWebACL UpdateWebACL DeleteWebACL TagResource UntagResource"),
        read: actions("wafv2", "GetWebACL ListTagsForResource"),
        on: inRegion("wafv2", ({ name }) => withId(`regional/webacl/${name}`)),
      },
    ],
  },
  aws_wafv2_web_acl_association: {
    source: `${pike("wafv2/aws_wafv2_web_acl_association")}; https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html#security_iam_action-AssociateWebACL; https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html`,
    calls: [
      {
        write: actions("wafv2", "AssociateWebACL DisassociateWebACL"),
        read: ["wafv2:GetWebACLForResource"],
        on: inRegion("wafv2", ({ web_acl_arn }, world) => withId(`regional/webacl/${nameOf(world, web_acl_arn)}`)),
      },
      {
        write: loadBalancing("CreateWebACLAssociation DeleteWebACLAssociation"),
        read: loadBalancing("GetLoadBalancerWebACL"),
        on: inRegion("elasticloadbalancing", ({ resource_arn }, world) =>
          balancer({ name: nameOf(world, resource_arn) }),
        ),
      },
      // The service authorization reference gives it no type of resource.
      { write: loadBalancing("SetWebACL"), on: anywhere },
    ],
  },
  aws_wafv2_web_acl_logging_configuration: {
    source: `${pike("wafv2/aws_wafv2_web_acl_logging_configuration")}; https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html`,
    calls: [
      {
        write: actions("wafv2", "PutLoggingConfiguration DeleteLoggingConfiguration"),
        read: ["wafv2:GetLoggingConfiguration"],
        on: inRegion("wafv2", ({ resource_arn }, world) => withId(`regional/webacl/${nameOf(world, resource_arn)}`)),
      },
      {
        write: actions("logs", "CreateLogDelivery DeleteLogDelivery PutResourcePolicy"),
        read: actions("logs", "DescribeResourcePolicies DescribeLogGroups"),
        on: anywhere,
      },
      linkedRole("wafv2.amazonaws.com"),
    ],
  },
};
