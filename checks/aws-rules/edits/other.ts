import type { Arguments } from "../../../stacks/synthesized";
import { inContainers } from "../../policies/mutants/operator";
import type { Configuration } from "./configuration";
import type { Edits } from "./edit";

const service = "aws_ecs_service";
const ingress = "aws_vpc_security_group_ingress_rule";

/** Whether an argument names a security group that resources of this type have. */
function isGroupOf(all: Configuration, type: string, reference: unknown): boolean {
  return all.resources(type).some(([, resource]) => JSON.stringify(resource).includes(String(reference)));
}

function tagImages(all: Configuration, tag: string): void {
  all.change(
    "aws_ecs_task_definition",
    inContainers((container) => {
      container.image = container.image.replace(/:[^:}]+$/, `:${tag}`);
    }),
  );
}

export const otherEdits: Edits = {
  "image pushed again under an immutable tag": {
    edit: (all) =>
      all.change("docker_registry_image", (image) => {
        image.name = image.name.replace(/:[^:}]+$/, ":release");
      }),
  },
  "new image under the same tag is not deployed": {
    edit: (all) => {
      all.change("aws_ecr_repository", (repository) => {
        repository.image_tag_mutability = "MUTABLE";
      });
      tagImages(all, "latest");
    },
  },
  "apply resets the count that auto scaling set": {
    edit: (all) =>
      all.change(service, ({ lifecycle }) => {
        delete lifecycle.ignore_changes;
      }),
  },
  "apply succeeds while the deployment fails": {
    edit: (all) => {
      all.change(service, (resource) => {
        resource.wait_for_steady_state = false;
      });
      tagImages(all, "0123456789abcdef");
    },
  },
  "failing deployment that never ends": {
    edit: (all) =>
      all.change(service, (resource) => {
        delete resource.deployment_circuit_breaker;
        delete resource.alarms;
      }),
  },
  "service group does not admit the load balancer": {
    edit: (all) =>
      all.remove(
        ingress,
        ({ referenced_security_group_id: from, security_group_id: to }) =>
          isGroupOf(all, "aws_lb", from) && isGroupOf(all, service, to),
      ),
  },
  "tasks in private subnets without a way to the registry": {
    edit: (all) => {
      all.remove("aws_route", ({ nat_gateway_id }) => nat_gateway_id !== undefined);
      if (all.resources("aws_nat_gateway").length > 0) return;
      const isS3 = ({ service_name }: Arguments) => service_name.endsWith(".s3");
      all.change("aws_vpc_endpoint", (endpoint) => Object.assign(endpoint, { prefix_list_id: "pl-63a5400a" }), isS3);
      all.change("aws_vpc_security_group_egress_rule", (rule) =>
        all.writeOut(rule, "aws_vpc_endpoint", "prefix_list_id"),
      );
      all.remove("aws_vpc_endpoint", isS3);
    },
  },
  "endpoint group without port 443": {
    edit: (all) =>
      all.remove(
        ingress,
        ({ security_group_id: to, from_port }) => from_port === 443 && isGroupOf(all, "aws_vpc_endpoint", to),
      ),
  },
  "inline rules and rule resources on one group": {
    edit: (all) =>
      all.change(
        "aws_security_group",
        (group) => {
          group.ingress = [{ protocol: "tcp", from_port: 8080, to_port: 8080, cidr_blocks: ["10.0.0.0/8"] }];
        },
        (_, id) => isGroupOf(all, ingress, `aws_security_group.${id}.`),
      ),
  },
  "security group without egress rules": {
    edit: (all) =>
      all.remove("aws_vpc_security_group_egress_rule", ({ security_group_id: from }) => isGroupOf(all, service, from)),
  },
  "validation record that two certificates share": {
    // The second certificate may be of another stack, or of another account.
    edit: (all) =>
      all.change(
        "aws_route53_record",
        (record) => {
          delete record.allow_overwrite;
        },
        (record) => JSON.stringify(record).includes("domain_validation_options"),
      ),
  },
  "firewall logs to a group with a free name": {
    edit: (all) =>
      all.change(
        "aws_cloudwatch_log_group",
        (group) => {
          group.name = group.name.replace("aws-waf-logs-", "");
        },
        (_, id) => all.isNamedBy(["aws_wafv2_web_acl_logging_configuration"], `aws_cloudwatch_log_group.${id}`),
      ),
  },
  "secret destroyed and applied again": {
    notHere: "The stacks look secrets up. No aws_secretsmanager_secret is in them that a destroy would take away.",
  },
};
