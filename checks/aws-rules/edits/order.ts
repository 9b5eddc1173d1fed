import { destroyFirst, unwaitFor } from "./configuration";
import type { Edits } from "./edit";

const service = "aws_ecs_service";
const internetGateway = "aws_internet_gateway";
const rolePolicies = ["aws_iam_role_policy", "aws_iam_role_policy_attachment"];

export const orderEdits: Edits = {
  "service does not wait for its listener": {
    edit: (all) =>
      all.change(
        service,
        unwaitFor("aws_lb_listener", "aws_lb_listener_rule"),
        ({ load_balancer }) => load_balancer !== undefined,
      ),
  },
  "service does not wait for the policy of its execution role": {
    edit: (all) => {
      for (const type of [service, "aws_ecs_task_definition"]) all.change(type, unwaitFor(...rolePolicies));
    },
  },
  "role policy destroyed before its service": {
    edit: (all) => all.change(service, unwaitFor("aws_iam_role_policy")),
  },
  "service does not wait for the capacity providers of its cluster": {
    edit: (all) => all.change(service, unwaitFor("aws_ecs_cluster_capacity_providers")),
  },
  "capacity providers removed before the services that use them": {
    edit: (all) => all.change(service, unwaitFor("aws_ecs_cluster_capacity_providers")),
  },
  "service does not wait for the version of its secret": {
    notHere:
      "The stacks look secrets up, so their values are there before. No aws_secretsmanager_secret_version is in them.",
  },
  "NAT gateway does not wait for the internet gateway": {
    // It waits through its address, too.
    edit: (all) => {
      for (const type of ["aws_nat_gateway", "aws_eip"]) all.change(type, unwaitFor(internetGateway));
    },
  },
  "internet gateway destroyed while elastic addresses are mapped": {
    edit: (all) => {
      for (const type of ["aws_nat_gateway", "aws_eip"]) all.change(type, unwaitFor(internetGateway));
      all.change("aws_lb", unwaitFor(internetGateway), ({ internal }) => internal === false);
    },
  },
  "public load balancer does not wait for the internet gateway": {
    edit: (all) => all.change("aws_lb", unwaitFor(internetGateway, "aws_route"), ({ internal }) => internal === false),
  },
  "load balancer does not wait for the policy of its log bucket": {
    edit: (all) =>
      all.change("aws_lb", (balancer) => {
        all.writeOut(balancer, "aws_s3_bucket_policy", "bucket");
        unwaitFor("aws_s3_bucket_policy")(balancer);
      }),
  },
  "target group replaced in place": {
    edit: (all) => all.change("aws_lb_target_group", destroyFirst),
  },
  "target group replaced under the same name": {
    edit: (all) =>
      all.change("aws_lb_target_group", (group) => {
        delete group.name_prefix;
        Object.assign(group, { name: group.name.replace(/-\d+$/, ""), lifecycle: { create_before_destroy: true } });
      }),
  },
  "two rules swap their priorities": {
    notHere: "It takes two applies: each of the two configurations is right by itself.",
  },
  "listener uses the certificate before its validation": {
    edit: (all) =>
      all.change("aws_lb_listener", (listener) =>
        all.writeOut(listener, "aws_acm_certificate_validation", "certificate_arn"),
      ),
  },
  "certificate replaced while a listener uses it": {
    edit: (all) => all.change("aws_acm_certificate", destroyFirst),
  },
  "composite alarm names its children as text": {
    edit: (all) =>
      all.change("aws_cloudwatch_composite_alarm", (alarm) =>
        all.writeOut(alarm, "aws_cloudwatch_metric_alarm", "alarm_name"),
      ),
  },
  "child alarm removed together with its term in the rule": {
    // What is removed goes after the composite alarm has changed only if it was made before it is destroyed.
    edit: (all) => all.change("aws_cloudwatch_metric_alarm", destroyFirst),
  },
  "metric filter names its log group as text": {
    edit: (all) =>
      all.change("aws_cloudwatch_log_metric_filter", (filter) =>
        all.writeOut(filter, "aws_cloudwatch_log_group", "name"),
      ),
  },
  "scalable target named by text": {
    edit: (all) =>
      all.change("aws_appautoscaling_target", (target) => {
        all.writeOut(target, "aws_ecs_cluster", "name");
        all.writeOut(target, service, "name");
      }),
  },
  "security group replaced while another group names it": {
    edit: (all) =>
      all.change("aws_security_group", destroyFirst, (_, id) => all.isNamedBy([service], `aws_security_group.${id}`)),
  },
  "image repository destroyed with images in it": {
    edit: (all) =>
      all.change(
        "aws_ecr_repository",
        (repository) => {
          delete repository.force_delete;
        },
        ({ force_delete }) => force_delete === true,
      ),
  },
  "bucket of access logs destroyed with logs in it": {
    edit: (all) =>
      all.change(
        "aws_s3_bucket",
        (bucket) => {
          delete bucket.force_destroy;
        },
        ({ force_destroy }, id) =>
          force_destroy === true && (all.isNamedBy(["aws_lb"], `aws_s3_bucket.${id}`) || id.startsWith("access-logs")),
      ),
  },
};
