import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyDocument, trustService } from "./policy-document";

export interface VpcFlowLogProps {
  readonly prefix: string;
  readonly accountId: string;
  readonly vpcId: string;
  readonly keyArn: string;
  readonly permissionsBoundary: string;
  readonly retentionDays: number;
}

/** Who talked to whom in the VPC, in CloudWatch Logs, written with a role that can do nothing else. 0.50 USD per GB. */
export class VpcFlowLog extends Construct {
  constructor(scope: Construct, id: string, props: VpcFlowLogProps) {
    super(scope, id);
    const { prefix, accountId, vpcId, keyArn, permissionsBoundary, retentionDays } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/${prefix}/flow-logs`,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
    });
    const role = new IamRole(this, "role", {
      name: `${prefix}-flow-logs`,
      assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com", accountId),
      permissionsBoundary,
    });
    const policy = new IamRolePolicy(this, "write", {
      name: "write-flow-logs",
      role: role.name,
      // All that https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html asks for but logs:CreateLogGroup: the group is there,
      // and records that arrive after a destroy would make another one, without retention and key.
      policy: policyDocument(
        {
          Sid: "WriteFlowLogs",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [logs.arn, `${logs.arn}:*`],
        },
        { Sid: "FindLogGroup", Action: "logs:DescribeLogGroups", Resource: "*" },
      ),
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags: { Name: prefix },
      dependsOn: [policy],
    });
  }
}
