import { list } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  look,
  type Subject,
  unknownAfter,
  weakens,
  words,
} from "../../effects/effect";
import { targetsOf } from "../../effects/targets";
import { at, type Json } from "../../read/plan";
import { any, deletionProtection, each, either, fewer, harmless, less, off, toRead, when } from "../arguments";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { on as onExisting, serves, sets } from "../roles";
import { matches } from "./policies/pattern";

type Change = Parameters<typeof after>[0];

const loginGone = exposes(
  "Asks for no login any more: whoever reaches it gets through",
  "keep the login, or say first what may be public",
);

/** `authenticate-oidc` and `authenticate-cognito`. */
function hasLogin(actions: Json | undefined): boolean {
  return list(actions).some((action) => words(at(action, "type")).startsWith("authenticate-"));
}

function actions({ change, path }: Place) {
  const isLoginGone = ["action", "default_action"].some(
    (name) => hasLogin(before(change, name)) && !hasLogin(after(change, name)) && !unknownAfter(change, name),
  );
  return isLoginGone ? loginGone : drains(`Leads requests elsewhere (${path})`);
}

/** The 2 of `ELBSecurityPolicy-TLS13-1-2-2021-06`, which accepts TLS 1.2 and 1.3; those without a number accept TLS 1.0. */
function oldestTls(policy: Json | undefined): number {
  return Number(/(?:TLS13|TLS|FS)-1-(\d)/.exec(words(policy))?.[1] ?? 0);
}

const tls = either(
  when(({ before: old, after: now }) => oldestTls(now) < oldestTls(old), {
    ...weakens("Accepts older versions of TLS"),
    verdict: "look",
  }),
  when(
    ({ before: old, after: now }) => oldestTls(now) > oldestTls(old),
    drains("Refuses older versions of TLS: who speaks no newer one cannot connect"),
  ),
  any(drains("Accepts other ciphers of TLS")),
);

const elsewhere = cutsOff(
  "Moves the load balancer to another port: nobody answers on the one that clients know",
  "add a second listener, move the clients, then remove the first",
);

const listener: Arguments = {
  default_action: actions,
  protocol: either(
    when(
      ({ before: old, after: now }) => ["HTTPS", "TLS"].includes(words(old)) && ["HTTP", "TCP"].includes(words(now)),
      cutsOff("Serves without encryption from now on, and nobody answers HTTPS"),
    ),
    any(elsewhere),
  ),
  port: any(elsewhere),
  ssl_policy: tls,
  certificate_arn: any(drains("Shows clients another certificate")),
  ...toRead(
    "routing_http_request_x_amzn_mtls_clientcert_header_name routing_http_request_x_amzn_mtls_clientcert_issuer_header_name routing_http_request_x_amzn_mtls_clientcert_leaf_header_name routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name routing_http_request_x_amzn_mtls_clientcert_subject_header_name routing_http_request_x_amzn_mtls_clientcert_validity_header_name routing_http_response_access_control_allow_credentials_header_value routing_http_response_access_control_allow_headers_header_value routing_http_response_access_control_allow_methods_header_value routing_http_response_access_control_allow_origin_header_value routing_http_response_access_control_expose_headers_header_value routing_http_response_access_control_max_age_header_value routing_http_response_content_security_policy_header_value routing_http_response_x_content_type_options_header_value routing_http_response_x_frame_options_header_value",
  ),
  ...toRead("alpn_policy mutual_authentication tcp_idle_timeout_seconds"),
  ...harmless(`routing_http_response_server_enabled routing_http_response_strict_transport_security_header_value
    routing_http_request_x_amzn_tls_version_header_name routing_http_request_x_amzn_tls_cipher_suite_header_name`),
};

/** Plain HTTP that is not only sent on to HTTPS. */
const newListener: Meaning = onExisting(["load_balancer_arn"], (change, subject) => {
  const balancers = targetsOf(change, "load_balancer_arn", subject);
  const isInternal = balancers.length > 0 && balancers.every(({ values }) => values.internal === true);
  const isPlain =
    after(change, "protocol") === "HTTP" &&
    list(after(change, "default_action")).some((action) => at(action, "type") === "forward");
  return !isInternal && isPlain
    ? {
        ...weakens(`Serves without encryption on port ${words(after(change, "port"))}`, "let it redirect to HTTPS"),
        verdict: "look",
      }
    : undefined;
});

const newRule: Meaning = onExisting(["listener_arn"], (change, subject) => {
  const isAny = (condition: Json) =>
    ["path_pattern", "host_header"].some((kind) =>
      list(at(condition, kind, 0, "values")).some((value) => value === "/*" || value === "*"),
    );
  const conditions = list(after(change, "condition"));
  if (conditions.length > 0 && conditions.every(isAny)) return drains("Leads every request of the listener elsewhere");
  return passesLogin(change, subject)
    ? givesAccess(
        "Asks for no login on some paths, as a rule after it does",
        "let it authenticate, too, or put it after that rule",
      )
    : undefined;
});

/** Whether it goes before a rule of the same listener for the same paths, and leaves out that rule's question who asks. */
function passesLogin(change: Change, { resourcesAfter }: Subject): boolean {
  if (hasLogin(after(change, "action"))) return false;
  const own = pathsIn(list(after(change, "condition")));
  return resourcesAfter
    .ofType("aws_lb_listener_rule", "aws_alb_listener_rule")
    .filter(({ values }) => values.listener_arn === after(change, "listener_arn") && hasLogin(values.action))
    .filter(({ values }) => Number(values.priority) > Number(after(change, "priority")))
    .some(({ values }) =>
      pathsIn(list(values.condition)).some((path) => own.some((one) => matches(path, one) || matches(one, path))),
    );
}

/** Without one, every path. */
function pathsIn(conditions: readonly Json[]): string[] {
  const paths = conditions.flatMap((condition) => list(at(condition, "path_pattern", 0, "values"))).map(words);
  return paths.length > 0 ? paths : ["*"];
}

const recorded = off(weakens("Stops recording who asks for what"));

const balancer: Arguments = {
  enable_deletion_protection: deletionProtection,
  access_logs: either(
    when(
      ({ path, before: old, after: now }) => /enabled$/.test(path) && old === true && now !== true,
      weakens("Stops recording who asks for what"),
    ),
    when(
      ({ before: old, after: now, change }) =>
        old !== undefined && now === undefined && list(after(change, "access_logs")).length === 0,
      weakens("Stops recording who asks for what"),
    ),
    when(({ path }) => !/enabled$/.test(path), look("Changes where access is recorded")),
  ),
  connection_logs: recorded,
  subnets: fewer(
    cutsOff("Removes the load balancer from a subnet: its addresses there are gone", "add the new subnet first"),
  ),
  subnet_mapping: fewer(cutsOff("Removes the load balancer from a subnet: its addresses there are gone")),
  security_groups: fewer(look("Leaves a security group: who came in by it is refused")),
  idle_timeout: any(
    drains(
      "Cuts connections without traffic after another time",
      "keep the app's keep-alive longer than the load balancer's",
    ),
  ),
  ...each("drop_invalid_header_fields", off({ ...weakens("Lets invalid headers through"), verdict: "look" })),
  desync_mitigation_mode: any(look("Treats malformed requests otherwise")),
  internal: undefined,
  ...toRead(`client_keep_alive enable_cross_zone_load_balancing enable_http2 enable_waf_fail_open enable_xff_client_port
    preserve_host_header xff_header_processing_mode ip_address_type enable_zonal_shift enforce_security_group_inbound_rules_on_private_link_traffic
    dns_record_client_routing_policy customer_owned_ipv4_pool minimum_load_balancer_capacity enable_tls_version_and_cipher_suite_headers
    instances listener health_check cross_zone_load_balancing connection_draining connection_draining_timeout`),
  ...harmless(
    "arn_suffix dns_name zone_id vpc_id name_prefix load_balancer_type source_security_group source_security_group_id ipam_pools",
  ),
};

const healthCheck = either(
  when(
    ({ path }) => /health_check\.(path|port|protocol|matcher|enabled)$/.test(path),
    drains(
      "Checks health in another way: an answer that does not fit takes every target out",
      "deploy an app that answers both ways first",
    ),
  ),
  any(look("Notices an unhealthy target after another time")),
);

const targetGroup: Arguments = {
  health_check: healthCheck,
  deregistration_delay: less(drains("Gives targets that leave less time to finish")),
  stickiness: any(drains("Changes which target answers whom")),
  ...toRead(`connection_termination lambda_multi_value_headers_enabled load_balancing_algorithm_type load_balancing_anomaly_mitigation
    load_balancing_cross_zone_enabled preserve_client_ip proxy_protocol_v2 slow_start target_failover target_group_health target_health_state`),
  ...harmless("arn_suffix load_balancer_arns name_prefix"),
};

const balancerRole = serves(
  "load balancer",
  "make a second load balancer, move the DNS name, then remove the old one",
  "all traffic through it",
);
const listenerRole = serves(
  "listener",
  "use a moved block, or add the new one under another port or priority first",
  "what answers by it",
);
const groupRole = serves(
  "target group",
  "use name_prefix with create_before_destroy, so that the new group takes over first",
  "traffic to it",
);

const rule = {
  ...serves("listener rule", undefined, "what it leads to"),
  created: newRule,
  arguments: { action: actions, condition: actions, priority: actions, ...toRead("transform") },
};

export const elb: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb",
  types: {
    aws_lb: { ...balancerRole, arguments: balancer },
    aws_alb: { ...balancerRole, arguments: balancer },
    aws_elb: { ...balancerRole, arguments: balancer },
    aws_lb_listener: { ...listenerRole, created: newListener, arguments: listener },
    aws_alb_listener: { ...listenerRole, created: newListener, arguments: listener },
    aws_lb_listener_rule: rule,
    aws_alb_listener_rule: rule,
    aws_lb_listener_certificate: {
      ...serves("certificate of a listener", undefined, "HTTPS for its names"),
      arguments: {},
    },
    aws_lb_target_group: { ...groupRole, arguments: targetGroup },
    aws_alb_target_group: { ...groupRole, arguments: targetGroup },
    aws_lb_target_group_attachment: { ...serves("target", undefined, "traffic to it"), arguments: {} },
    aws_alb_target_group_attachment: { ...serves("target", undefined, "traffic to it"), arguments: {} },
    aws_lb_trust_store: {
      ...serves("trust store", undefined, "mutual TLS"),
      arguments: toRead(
        "ca_certificates_bundle_s3_key ca_certificates_bundle_s3_object_version ca_certificates_bundle_s3_bucket",
      ),
    },
    aws_lb_trust_store_revocation: { ...sets("list of revoked certificates"), arguments: {} },
    aws_lb_cookie_stickiness_policy: { ...sets("stickiness"), arguments: {} },
    aws_placement_group: { ...sets("placement group"), arguments: {} },
  },
};
