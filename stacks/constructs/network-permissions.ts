import type { Environment } from "../environments";
import { buckets, inRegion } from "./permission-scope";
import type { Statement } from "./policy-document";

/** Most actions of EC2 that create have no resource to name yet. */
export function manageNetwork(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  const loadBalancing = `arn:aws:elasticloadbalancing:${region}:${accountId}`;
  return [
    {
      Sid: "ManageVpc",
      Action: [
        "ec2:CreateVpc",
        "ec2:CreateSubnet",
        "ec2:CreateInternetGateway",
        "ec2:CreateNatGateway",
        "ec2:CreateRouteTable",
        "ec2:CreateRoute",
        "ec2:DeleteVpc",
        "ec2:DeleteSubnet",
        "ec2:DeleteInternetGateway",
        "ec2:DeleteNatGateway",
        "ec2:DeleteRouteTable",
        "ec2:DeleteRoute",
        "ec2:CreateSecurityGroup",
        "ec2:CreateVpcEndpoint*",
        "ec2:CreateFlowLogs",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVpcEndpoint*",
        "ec2:DeleteFlowLogs",
        "ec2:DeleteTags",
        "ec2:AttachInternetGateway",
        "ec2:DetachInternetGateway",
        "ec2:AssociateRouteTable",
        "ec2:AssociateAddress",
        "ec2:DisassociateRouteTable",
        "ec2:DisassociateAddress",
        "ec2:AllocateAddress",
        "ec2:ReleaseAddress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:ModifyVpcAttribute",
        "ec2:ModifySubnetAttribute",
        "ec2:ModifyVpcEndpoint",
        "ec2:ModifySecurityGroupRules",
        // A load balancer is created with security groups by who may read those of the VPC:
        // https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917
        "ec2:GetSecurityGroupsForVpc",
        "ec2:ReplaceRoute",
        "ec2:ReplaceRouteTableAssociation",
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "ManageLoadBalancers",
      Action: [
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:SetRulePriorities",
        "elasticloadbalancing:CreateWebACLAssociation",
        "elasticloadbalancing:DeleteWebACLAssociation",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:RemoveTags",
      ],
      Resource: [
        ...["loadbalancer", "listener", "listener-rule"].map((kind) => `${loadBalancing}:${kind}/app/${name}-*`),
        `${loadBalancing}:targetgroup/${name}-*`,
      ],
    },
    {
      // WAF's guide names a load balancer for it, but it has no type of resource:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
      Sid: "AttachWebAcl",
      Action: "elasticloadbalancing:SetWebACL",
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "ManageNames",
      Action: [
        "route53:CreateHostedZone",
        "route53:DeleteHostedZone",
        "route53:ChangeResourceRecordSets",
        "route53:ChangeTagsForResource",
        // An endpoint with a private DNS name brings a zone of AWS's.
        "route53:AssociateVPCWithHostedZone",
      ],
      Resource: "*",
    },
    {
      Sid: "ManageCertificateAndWebAcl",
      Action: [
        "acm:RequestCertificate",
        "acm:DeleteCertificate",
        "acm:AddTagsToCertificate",
        "acm:RemoveTagsFromCertificate",
        "wafv2:CreateWebACL",
        "wafv2:UpdateWebACL",
        "wafv2:DeleteWebACL",
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:PutLoggingConfiguration",
        "wafv2:DeleteLoggingConfiguration",
        "wafv2:TagResource",
        "wafv2:UntagResource",
        // WAF sets its log up in the name of who asks.
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
  ];
}

export function manageBuckets(environment: Environment): Statement[] {
  return [
    {
      Sid: "ManageBuckets",
      Action: [
        "s3:CreateBucket",
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:ListBucketVersions",
      ],
      Resource: buckets(environment),
    },
    // Only where a destroy takes the contents along.
    ...(environment.deletionProtection
      ? []
      : [
          {
            Sid: "EmptyBuckets",
            Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            Resource: buckets(environment).map((bucket) => `${bucket}/*`),
          },
        ]),
  ];
}
