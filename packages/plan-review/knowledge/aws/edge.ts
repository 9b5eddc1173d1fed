import { after, before, cutsOff, drains, exposes, interrupts, look, weakens, words } from "../../effects/effect";
import { isCreated } from "../../effects/resources";
import { targetsOf } from "../../effects/targets";
import { any, each, either, fewer, gone, harmless, off, on, opens, read, toRead, when } from "../arguments";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { guards, hasNoState, isKnownBy, on as onExisting, serves, sets } from "../roles";
import { newZone } from "./network";

const filterGone = weakens("Filters nothing any more of what comes from the internet");

/** By which a certificate's owner is proved: nobody else asks for it. https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html */
function isProof(name: string): boolean {
  return name.startsWith("_");
}

/** It may overwrite one that Terraform did not know, or shares the answers with one that was there. */
const newRecord: Meaning = onExisting(["zone_id"], (change, subject) => {
  const name = words(after(change, "name"));
  const isOfCertificate =
    isProof(name) ||
    ["name", "records"].some((argument) =>
      targetsOf(change, argument, subject).some(({ type }) => type === "aws_acm_certificate"),
    );
  // A name that is not known yet comes from something new.
  const isLater = after(change, "name") === undefined || after(change, "name") === null;
  if (isOfCertificate || isLater) return undefined;
  const type = words(after(change, "type"));
  const hasNamesake = subject.resourcesAfter
    .called(name)
    .some((each) => each.type === change.type && each.values.type === type && !isCreated(each));
  if (hasNamesake || after(change, "allow_overwrite") === true)
    return drains("Leads a name that may be in use elsewhere, or to one more place");
  const isOfDomain =
    ["MX", "NS", "CAA", "DS", "SOA"].includes(type) ||
    name.startsWith("*") ||
    /v=(spf1|DMARC1|STSv1)/i.test(words(after(change, "records")));
  return isOfDomain ? look(`Speaks for a whole domain (${type} of ${name})`) : undefined;
});

const leadsElsewhere = any(drains("Leads a name elsewhere; resolvers remember the old answer for a while"));

const recordGone: Meaning = (change) => {
  const name = words(before(change, "name"));
  return isProof(name)
    ? look("Removes the proof by which a certificate is renewed")
    : interrupts(
        `Deletes the name ${name}: who asks for it finds nothing`,
        "remove it when nobody asks for it any more",
      );
};

const distribution: Arguments = {
  enabled: off(cutsOff("Switches the distribution off: it answers nobody", "move its names to another one first")),
  web_acl_id: either(gone(filterGone), any(drains("Filters requests by other rules"))),
  aliases: either(
    when(({ before: old, after: now }) => old !== undefined && now === undefined, {
      ...cutsOff("Answers no longer for a name"),
      verdict: "look",
    }),
    read,
  ),
  viewer_certificate: any(drains("Shows clients another certificate, or accepts other versions of TLS")),
  logging_config: fewer(weakens("Stops recording who asks for what")),
  default_root_object: any(look("Answers another page at /")),
  ...each(
    "default_cache_behavior.viewer_protocol_policy ordered_cache_behavior.viewer_protocol_policy",
    when(({ after: now }) => now === "allow-all", weakens("Serves without encryption, too")),
  ),
  ...each(
    "default_cache_behavior.function_association default_cache_behavior.lambda_function_association ordered_cache_behavior.function_association",
    any(look("Runs other code on requests")),
  ),
  ...each(
    "default_cache_behavior.trusted_key_groups default_cache_behavior.trusted_signers ordered_cache_behavior.trusted_key_groups",
    fewer(exposes("Asks for no signed URL any more: everybody may read")),
  ),
  origin: any(drains("Gets its answers from elsewhere, or in another way")),
  ...toRead(
    "default_cache_behavior ordered_cache_behavior custom_error_response restrictions price_class http_version is_ipv6_enabled origin_group continuous_deployment_policy_id staging anycast_ip_list_id retain_on_delete viewer_mtls_config connection_function_association trusted_key_groups trusted_signers",
  ),
  ...harmless(
    "comment etag last_modified_time caller_reference in_progress_validation_batches status wait_for_deployment domain_name hosted_zone_id logging_v1_enabled",
  ),
};

/** A rule that blocked and only counts. */
function ruleWeaker({ path, before: old, after: now }: Place) {
  if (/\.action\.block|override_action\.none/.test(path) && now === undefined)
    return weakens("Counts what a rule has blocked");
  if (/\.action\.(count|allow)/.test(path) && old === undefined) return weakens("Lets through what a rule has blocked");
  if (/\.limit$/.test(path))
    return Number(now) > Number(old)
      ? look(`Blocks only above a higher rate (${path})`)
      : look(`Blocks at a lower rate (${path})`);
  return look(`Changes what is filtered (${path})`);
}

export const edge: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution",
  types: {
    aws_cloudfront_distribution: {
      ...serves("distribution", "make a second one, move its names, then remove the old one", "what it serves"),
      arguments: distribution,
    },
    aws_cloudfront_origin_access_identity: {
      ...serves("origin's identity", undefined, "reading from the bucket"),
      arguments: harmless("comment etag caller_reference cloudfront_access_identity_path iam_arn s3_canonical_user_id"),
    },
    aws_cloudfront_origin_access_control: {
      ...serves("origin's access", undefined, "reading from the origin"),
      arguments: {
        ...toRead("signing_behavior signing_protocol origin_access_control_origin_type"),
        ...harmless("description etag"),
      },
    },
    ...Object.fromEntries(
      ["cache_policy", "origin_request_policy", "response_headers_policy"].map((name) => [
        `aws_cloudfront_${name}`,
        {
          ...sets(name.replaceAll("_", " ")),
          arguments: {
            ...toRead(
              "default_ttl max_ttl min_ttl parameters_in_cache_key_and_forwarded_to_origin cookies_config headers_config query_strings_config cors_config custom_headers_config remove_headers_config security_headers_config server_timing_headers_config",
            ),
            ...harmless("comment etag"),
          },
        },
      ]),
    ),
    aws_cloudfront_function: {
      ...serves("function", undefined, "what it did with requests"),
      arguments: {
        code: any(look("Runs other code on requests")),
        ...toRead("runtime publish key_value_store_associations"),
        ...harmless("comment etag live_stage_etag status"),
      },
    },
    aws_cloudfront_connection_function: {
      ...serves("function"),
      arguments: toRead("connection_function_code connection_function_config publish"),
    },
    aws_cloudfront_vpc_origin: { ...serves("way to an origin"), arguments: toRead("vpc_origin_endpoint_config") },
    aws_cloudfront_monitoring_subscription: { ...hasNoState("metrics"), arguments: toRead("monitoring_subscription") },
    aws_cloudfront_key_group: {
      ...serves("key group", undefined, "signed URLs"),
      arguments: {
        items: either(fewer(cutsOff("Refuses URLs that a removed key has signed")), any(look("Accepts one more key"))),
        ...harmless("comment etag"),
      },
    },
    aws_cloudfront_public_key: {
      ...serves("key", undefined, "signed URLs"),
      arguments: harmless("comment etag caller_reference"),
    },
    aws_cloudfront_trust_store: { ...serves("trust store"), arguments: toRead("ca_certificates_bundle_source") },
    aws_cloudfront_realtime_log_config: {
      ...guards("log", "Stops recording who asks for what"),
      arguments: toRead("sampling_rate fields endpoint"),
    },
    aws_globalaccelerator_accelerator: {
      ...isKnownBy("accelerator", "its addresses"),
      arguments: {
        enabled: off(cutsOff("Switches the accelerator off")),
        ...toRead("ip_address_type attributes"),
        ...harmless("dns_name dual_stack_dns_name hosted_zone_id ip_sets"),
      },
    },
    aws_route53_zone: {
      ...isKnownBy("zone", "its name servers", "keep the zone: domains point to its name servers"),
      created: newZone,
      deleted: interrupts("Deletes this zone: no name in it is found any more", "keep the zone"),
      arguments: {
        vpc: either(
          fewer(cutsOff("Removes the zone from a network: its names no longer resolve there")),
          any(look("Answers in another network")),
        ),
        force_destroy: on({ ...weakens("Lets the next destroy take the names along"), verdict: "look" }),
        enable_accelerated_recovery: read,
        ...harmless("comment name_servers primary_name_server zone_id delegation_set_id"),
      },
    },
    aws_route53_zone_association: {
      ...serves("zone in a network", undefined, "finding its names"),
      created: onExisting(
        ["vpc_id"],
        look("Answers for the zone inside a network that is there: names that it lacks are not found"),
      ),
      arguments: {},
    },
    aws_route53_record: {
      ...serves("name", undefined, "finding it"),
      created: newRecord,
      deleted: recordGone,
      arguments: {
        ttl: read,
        allow_overwrite: undefined,
        fqdn: undefined,
        ...Object.fromEntries(
          [
            "records",
            "alias",
            "weighted_routing_policy",
            "failover_routing_policy",
            "geolocation_routing_policy",
            "latency_routing_policy",
            "multivalue_answer_routing_policy",
            "cidr_routing_policy",
            "geoproximity_routing_policy",
            "health_check_id",
            "name",
            "type",
            "set_identifier",
          ].map((name) => [name, leadsElsewhere]),
        ),
      },
    },
    aws_route53_health_check: {
      ...serves("health check", undefined, "failing over"),
      arguments: {
        disabled: on(look("Switches the health check off")),
        inverted: any(cutsOff("Takes healthy for unhealthy")),
        ...toRead(
          "fqdn ip_address port resource_path failure_threshold search_string measure_latency regions child_health_threshold child_healthchecks cloudwatch_alarm_name cloudwatch_alarm_region insufficient_data_health_status enable_sni routing_control_arn triggers invert_healthcheck type request_interval",
        ),
      },
    },
    aws_route53_query_log: { ...guards("log", "Stops recording questions to DNS"), arguments: {} },
    aws_route53_resolver_firewall_rule: {
      ...guards("DNS firewall rule", "Blocks no more what this rule blocked"),
      created: look("Changes which names are answered inside networks"),
      arguments: {
        action: either(
          when(
            ({ before: old, after: now }) => old === "BLOCK" && now !== "BLOCK",
            weakens("Answers names that were blocked"),
          ),
          any(look("Blocks other names")),
        ),
        ...toRead(
          "priority block_response block_override_domain block_override_ttl q_type firewall_domain_redirection_action",
        ),
      },
    },
    aws_route53_hosted_zone_dnssec: {
      ...guards("signatures of a zone", "Signs answers no more: names fail until the registrar is told"),
      arguments: {
        signing_status: when(
          ({ after: now }) => now === "NOT_SIGNING",
          weakens("Signs answers no more: names fail until the registrar is told"),
        ),
      },
    },
    aws_route53_resolver_endpoint: {
      ...isKnownBy("resolver", "its addresses"),
      arguments: toRead("ip_address protocols security_group_ids resolver_endpoint_type"),
    },
    aws_route53_resolver_rule: {
      ...serves("resolver rule", undefined, "finding names of its domain"),
      arguments: toRead("target_ip resolver_endpoint_id"),
    },
    aws_route53_resolver_rule_association: {
      ...serves("resolver rule in a network", undefined, "finding names of its domain"),
      created: onExisting(
        ["vpc_id"],
        drains("Asks other servers for the names of a domain, in a network that is there"),
      ),
      arguments: {},
    },
    aws_acm_certificate: {
      ...serves("certificate", "use create_before_destroy", "HTTPS with it"),
      arguments: {
        ...toRead(
          "options certificate_body private_key certificate_chain early_renewal_duration validation_option key_algorithm certificate_authority_arn",
        ),
        ...harmless(
          "domain_validation_options not_after not_before pending_renewal renewal_eligibility renewal_summary status validation_emails validation_method type",
        ),
      },
    },
    aws_acm_certificate_validation: {
      ...hasNoState("validation"),
      arguments: harmless("validation_record_fqdns certificate_arn"),
    },
    aws_wafv2_web_acl: {
      ...guards("web ACL", "Deletes the web ACL with its rules"),
      replaced: filterGone,
      arguments: {
        rule: ruleWeaker,
        default_action: either(
          when(
            ({ path, before: old, after: now }) => /block/.test(path) && now === undefined && old !== undefined,
            weakens("Lets through what no rule names"),
          ),
          any(cutsOff("Changes what happens to requests that no rule names")),
        ),
        ...toRead(
          "captcha_config challenge_config custom_response_body token_domains association_config data_protection_config rule_json",
        ),
        visibility_config: read,
        ...harmless("description capacity lock_token application_integration_url name_prefix"),
      },
    },
    aws_wafv2_web_acl_association: {
      ...guards(
        "web ACL in front",
        "Filters nothing any more of what comes from the internet",
        look(
          "Passes requests through a filter, which can block good ones",
          "let its rules count for a week before they block",
        ),
      ),
      replaced: filterGone,
      arguments: {},
    },
    aws_wafregional_web_acl_association: {
      ...guards(
        "web ACL in front",
        "Filters nothing any more of what comes from the internet",
        look("Passes requests through a filter, which can block good ones"),
      ),
      arguments: {},
    },
    aws_wafv2_ip_set: {
      ...sets("list of addresses"),
      arguments: {
        addresses: opens(
          (value) => ["0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/0", "::/0"].includes(String(value)),
          exposes("Puts every address into a list of the filter"),
        ),
        ...toRead("ip_address_version"),
        ...harmless("description lock_token"),
      },
    },
    aws_wafv2_rule_group: {
      ...guards("rules of a web ACL", "Deletes rules of a web ACL"),
      arguments: {
        rule: ruleWeaker,
        ...toRead("visibility_config capacity custom_response_body"),
        ...harmless("description lock_token"),
      },
    },
    aws_wafv2_web_acl_logging_configuration: {
      ...guards("log", "Stops recording what the web ACL blocks"),
      arguments: toRead("log_destination_configs logging_filter redacted_fields"),
    },
    aws_shield_protection: { ...guards("protection", "Protects no more against floods of requests"), arguments: {} },
  },
};
