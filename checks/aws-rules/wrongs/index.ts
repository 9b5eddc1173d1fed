import { acm } from "./acm.js";
import { autoscaling } from "./autoscaling.js";
import { budgets } from "./budgets.js";
import { cloudwatch } from "./cloudwatch.js";
import { ec2 } from "./ec2.js";
import { ec2Default } from "./ec2-default.js";
import { ec2Route } from "./ec2-route.js";
import { ecr } from "./ecr.js";
import { ecsAnswer } from "./ecs-answer.js";
import { ecsArgument } from "./ecs-argument.js";
import { ecsOrder } from "./ecs-order.js";
import { elb } from "./elb.js";
import { elbMore } from "./elb-more.js";
import { events } from "./events.js";
import { iam } from "./iam.js";
import { iamMore } from "./iam-more.js";
import { inTerraform } from "./in-terraform.js";
import { kms } from "./kms.js";
import { logs } from "./logs.js";
import { permissionKey } from "./permission-key.js";
import { permissionPass } from "./permission-pass.js";
import { permissionResourceName } from "./permission-resource-name.js";
import { permissionSession } from "./permission-session.js";
import { route53 } from "./route53.js";
import { s3 } from "./s3.js";
import { s3Answer } from "./s3-answer.js";
import { secrets } from "./secrets.js";
import { sns } from "./sns.js";
import { sqs } from "./sqs.js";
import { ssm } from "./ssm.js";
import { waf } from "./waf.js";
import type { Wrong } from "./wrong.js";

export { inTerraform };

/** All wrong calls. */
export const wrongs: Wrong[] = [
  ...ecsOrder,
  ...ecsArgument,
  ...ecsAnswer,
  ...elb,
  ...elbMore,
  ...ec2,
  ...ec2Route,
  ...ec2Default,
  ...iam,
  ...iamMore,
  ...permissionPass,
  ...permissionResourceName,
  ...permissionSession,
  ...permissionKey,
  ...kms,
  ...s3,
  ...s3Answer,
  ...ecr,
  ...cloudwatch,
  ...logs,
  ...autoscaling,
  ...route53,
  ...acm,
  ...sns,
  ...sqs,
  ...events,
  ...budgets,
  ...secrets,
  ...ssm,
  ...waf,
];
