import { after, cutsOff, drains, exposes, look, weakens, words } from "../effects/effect";
import { any, asNew, each, either, fewer, further, harmless, off, on, opens, read, toRead, when } from "./arguments";
import type { Arguments, Meaning, Place, Provider } from "./knowledge";
import { grants, guards, hasNoState, holds, isKnownBy, serves, sets } from "./roles";

const ofWholeDomain = ["MX", "NS", "CAA", "DS", "SOA"];

const newRecord: Meaning = (change) => {
  const [type, name, content] = ["type", "name", "content"].map((argument) =>
    words(after(change, argument) ?? after(change, "value")),
  );
  const isOfDomain =
    ofWholeDomain.includes(type ?? "") ||
    name === "*" ||
    name?.startsWith("*.") === true ||
    name === "@" ||
    /v=(spf1|DMARC1|STSv1)/i.test(content ?? "");
  if (isOfDomain) return look(`Speaks for a whole domain (${type} of ${name})`);
  return after(change, "allow_overwrite") === true ? drains("Leads a name that may be in use elsewhere") : undefined;
};

const record: Arguments = {
  proxied: either(
    off(exposes("Exposes the origin's address: requests pass no filter any more")),
    any(drains("Leads requests through Cloudflare from now on")),
  ),
  ...each("content value data", any(cutsOff("Leads a name elsewhere: who asks for it gets another answer"))),
  type: any(cutsOff("Answers otherwise for a name")),
  name: any(cutsOff("Answers for another name, and for the old one no more")),
  priority: any(look("Prefers another server")),
  ...harmless(
    "ttl comment created_on modified_on metadata proxiable hostname zone_name allow_overwrite settings comment_modified_on meta tags_modified_on private_routing",
  ),
};

const recordRole = { ...serves("name", undefined, "finding it"), created: newRecord };

function everyone(value: unknown, { path }: Place): boolean {
  return /everyone/.test(path) && value === true;
}

const access: Arguments = {
  decision: either(opensBypass(), any(look("Decides otherwise who comes in"))),
  include: asNew(
    opens(everyone, exposes("Lets everybody in: the policy includes everyone", "name who needs it")),
    either(fewer(cutsOff("Refuses who came in by this policy")), any(look("Lets others in"))),
  ),
  ...each(
    "exclude require",
    either(fewer(weakens("Asks less of who comes in")), any(look("Asks something else of who comes in"))),
  ),
  ...toRead(
    "precedence session_duration approval_required purpose_justification_required approval_group isolation_required",
  ),
  ...harmless("name app_count created_at updated_at reusable"),
};

function opensBypass() {
  return when(
    ({ after: now }) => now === "bypass",
    exposes("Asks for no login any more: whoever reaches it gets through"),
  );
}

const setting = (place: Place) => {
  const [, name = ""] = /settings(?:\[[^\]]*\])?\.(\w+)/.exec(place.path) ?? [];
  const key = name === "" ? words(after(place.change, "setting_id")) : name;
  const now = words(place.after);
  if (key === "ssl" && ["off", "flexible"].includes(now))
    return weakens(`Serves without encryption to the origin, or at all (ssl: ${words(place.before)} → ${now})`);
  if (key === "always_use_https" && now === "off")
    return weakens("Serves without encryption, too (always_use_https: off)");
  if (key === "min_tls_version" && Number(now) < Number(place.before))
    return weakens(`Accepts older versions of TLS (${words(place.before)} → ${now})`);
  if (["waf", "security_header", "browser_check", "tls_1_3", "opportunistic_encryption"].includes(key) && now === "off")
    return weakens(`Switches ${key} off`);
  if (key === "security_level" && ["off", "essentially_off"].includes(now))
    return weakens("Filters nothing any more of what comes from the internet");
  if (key === "development_mode" && now === "on") return drains("Serves nothing from the cache");
  return look(`Changes a setting of the zone (${place.path}: ${words(place.before)} → ${now})`);
};

const rules: Arguments = {
  rules: either(
    when(
      ({ path, before, after: now }) =>
        /action$/.test(path) &&
        ["block", "challenge", "managed_challenge", "js_challenge"].includes(words(before)) &&
        ["skip", "log", "allow"].includes(words(now)),
      weakens("Lets through what a rule has blocked"),
    ),
    when(
      ({ path, before, after: now }) => /enabled$/.test(path) && before === true && now === false,
      weakens("Switches a rule off"),
    ),
    fewer(look("Changes or removes a rule for requests")),
    any(look("Changes what happens to requests")),
  ),
  ...harmless("description last_updated version"),
};

export const cloudflare: Provider = {
  common: harmless("id timeouts account_id"),
  services: [
    {
      source: "https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs",
      types: {
        cloudflare_record: { ...recordRole, arguments: record },
        cloudflare_dns_record: { ...recordRole, arguments: record },
        cloudflare_zone: {
          ...isKnownBy("zone", "its name servers"),
          arguments: {
            paused: on(exposes("Exposes the origins: requests pass no filter any more")),
            plan: read,
            type: any(cutsOff("Answers otherwise for the whole domain")),
            ...harmless(
              "name_servers status meta vanity_name_servers verification_key jump_start activated_on created_on modified_on development_mode original_dnshost original_name_servers original_registrar owner permissions tenant tenant_unit cname_suffix",
            ),
          },
        },
        cloudflare_zone_settings_override: {
          ...sets("settings of the zone"),
          arguments: {
            settings: setting,
            ...harmless("initial_settings initial_settings_read_at readonly_settings zone_status zone_type"),
          },
        },
        cloudflare_zone_setting: {
          ...sets("setting of the zone"),
          arguments: { value: setting, ...harmless("modified_on editable enabled time_remaining") },
        },
        cloudflare_zone_dnssec: {
          ...sets("signatures of the zone"),
          deleted: cutsOff("Signs answers no more: names fail until the registrar knows"),
          arguments: harmless(
            "status modified_on algorithm digest digest_algorithm digest_type ds flags key_tag key_type public_key",
          ),
        },
        ...Object.fromEntries(
          ["access_policy", "zero_trust_access_policy"].map((type) => [
            `cloudflare_${type}`,
            {
              ...guards("login policy", "Removes a policy that decides who comes in"),
              created: (change: Parameters<typeof after>[0]) =>
                after(change, "decision") === "bypass"
                  ? exposes("Asks for no login: whoever reaches it gets through")
                  : undefined,
              arguments: access,
            },
          ]),
        ),
        ...Object.fromEntries(
          ["access_application", "zero_trust_access_application"].map((type) => [
            `cloudflare_${type}`,
            {
              ...guards("login", "Asks for no login any more: whoever reaches it gets through"),
              arguments: {
                policies: either(fewer(look("Decides otherwise who comes in")), read),
                ...each(
                  "domain self_hosted_domains destinations",
                  any(weakens("Asks for a login elsewhere, and there no more")),
                ),
                ...toRead(
                  "session_duration allowed_idps auto_redirect_to_identity type app_launcher_visible enable_binding_cookie http_only_cookie_attribute same_site_cookie_attribute cors_headers custom_deny_message custom_deny_url skip_interstitial service_auth_401_redirect options_preflight_bypass",
                ),
                ...harmless("name logo_url aud created_at updated_at"),
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          ["access_group", "zero_trust_access_group"].map((type) => [
            `cloudflare_${type}`,
            { ...grants("group", "its members are refused"), arguments: access },
          ]),
        ),
        ...Object.fromEntries(
          ["access_service_token", "zero_trust_access_service_token"].map((type) => [
            `cloudflare_${type}`,
            { ...grants("token", "who uses it is refused"), arguments: toRead("duration min_days_for_renewal") },
          ]),
        ),
        cloudflare_ruleset: {
          ...guards(
            "rules for requests",
            "Deletes rules: what they blocked gets through, what they led goes elsewhere",
          ),
          created: look("Changes what happens to requests"),
          arguments: rules,
        },
        cloudflare_firewall_rule: {
          ...guards("firewall rule", "Deletes a rule: what it blocked gets through"),
          created: look("Changes which requests get through"),
          arguments: {
            action: any(weakens("Does something else with requests that it blocked or let through")),
            paused: on(weakens("Switches a rule off")),
            ...toRead("priority filter_id products"),
            ...harmless("description"),
          },
        },
        cloudflare_filter: { ...sets("filter"), arguments: toRead("expression paused description") },
        cloudflare_access_rule: {
          ...guards("rule for addresses", "Deletes a rule: whom it blocked gets through"),
          created: look("Changes which addresses get through"),
          arguments: toRead("mode configuration notes"),
        },
        cloudflare_rate_limit: {
          ...guards("rate limit", "Limits requests no more"),
          created: look("Refuses requests above a rate"),
          arguments: toRead("threshold period action match disabled description"),
        },
        cloudflare_page_rule: {
          ...sets("page rule"),
          created: look("Changes what happens to requests of some pages"),
          arguments: {
            actions: any(drains("Changes what happens to requests")),
            target: any(drains("Holds for other pages")),
            status: read,
            priority: read,
            ...harmless("created_on modified_on"),
          },
        },
        cloudflare_waf_package: {
          ...guards("web filter", "Filters less"),
          arguments: toRead("action_mode sensitivity"),
        },
        cloudflare_load_balancer: {
          ...serves("load balancer", undefined, "all traffic through it"),
          arguments: {
            default_pool_ids: any(drains("Leads requests elsewhere")),
            fallback_pool_id: any(drains("Leads requests elsewhere")),
            enabled: off(cutsOff("Switches the load balancer off")),
            proxied: off(exposes("Exposes the origins' addresses")),
            ...toRead(
              "steering_policy session_affinity ttl rules region_pools country_pools pop_pools default_pools fallback_pool",
            ),
            ...harmless("description created_on modified_on"),
          },
        },
        cloudflare_load_balancer_pool: {
          ...serves("pool of origins", undefined, "traffic to it"),
          arguments: {
            origins: either(
              fewer(cutsOff("Removes an origin, or replaces it")),
              any(drains("Adds or changes an origin")),
            ),
            enabled: off(cutsOff("Switches the pool off")),
            ...toRead(
              "monitor minimum_origins check_regions notification_email load_shedding origin_steering latitude longitude",
            ),
            ...harmless("description created_on modified_on"),
          },
        },
        cloudflare_load_balancer_monitor: {
          ...sets("health check"),
          arguments: toRead(
            "path port expected_codes expected_body interval timeout retries method header type allow_insecure follow_redirects probe_zone",
          ),
        },
        ...Object.fromEntries(
          ["worker_script", "workers_script"].map((type) => [
            `cloudflare_${type}`,
            {
              ...serves("worker", undefined, "requests that it answers"),
              arguments: {
                content: any(look("Runs other code on requests")),
                ...toRead(
                  "bindings plain_text_binding secret_text_binding kv_namespace_binding service_binding r2_bucket_binding compatibility_date compatibility_flags main_module module placement logpush",
                ),
                ...harmless("etag created_on modified_on handlers has_assets startup_time_ms"),
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          ["worker_route", "workers_route"].map((type) => [
            `cloudflare_${type}`,
            {
              ...serves("route of a worker", undefined, "requests by it"),
              created: drains("Leads requests to a worker"),
              arguments: {
                pattern: any(drains("Leads other requests to the worker")),
                ...each("script_name script", any(drains("Leads requests to another worker"))),
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          ["tunnel", "argo_tunnel", "zero_trust_tunnel_cloudflared"].map((type) => [
            `cloudflare_${type}`,
            {
              ...serves("tunnel", undefined, "everything behind it"),
              arguments: {
                ...each(
                  "secret tunnel_secret",
                  any(cutsOff("Changes the tunnel's secret: connectors with the old one are refused")),
                ),
                ...harmless("cname tunnel_token config_src name status created_at connections"),
              },
            },
          ]),
        ),
        ...Object.fromEntries(
          ["tunnel_config", "zero_trust_tunnel_cloudflared_config"].map((type) => [
            `cloudflare_${type}`,
            {
              ...serves("tunnel's routes", undefined, "everything behind it"),
              arguments: {
                config: any(drains("Leads requests through the tunnel elsewhere")),
                ...harmless("version created_at"),
              },
            },
          ]),
        ),
        cloudflare_r2_bucket: {
          ...holds("bucket", "its objects"),
          arguments: toRead("location storage_class jurisdiction"),
        },
        ...Object.fromEntries(
          ["workers_kv_namespace", "d1_database"].map((type) => [
            `cloudflare_${type}`,
            { ...holds("store", "its data"), arguments: harmless("title name") },
          ]),
        ),
        cloudflare_pages_project: {
          ...serves("web site"),
          arguments: toRead("build_config deployment_configs source production_branch"),
        },
        cloudflare_certificate_pack: {
          ...serves("certificate", undefined, "HTTPS with it"),
          arguments: toRead("hosts validity_days cloudflare_branding"),
        },
        cloudflare_origin_ca_certificate: {
          ...serves("certificate", undefined, "HTTPS to the origin"),
          arguments: toRead("hostnames requested_validity"),
        },
        cloudflare_custom_hostname: {
          ...serves("name of a customer", undefined, "it"),
          arguments: toRead("ssl custom_origin_server custom_metadata"),
        },
        cloudflare_spectrum_application: {
          ...serves("application", undefined, "traffic to it"),
          arguments: toRead(
            "origin_direct origin_dns origin_port protocol dns tls ip_firewall proxy_protocol traffic_type argo_smart_routing edge_ips",
          ),
        },
        cloudflare_list: {
          ...sets("list"),
          arguments: {
            item: either(
              fewer(cutsOff("Takes something from a list that rules use")),
              further(look("Puts something into a list that rules use")),
            ),
            ...harmless("description num_items"),
          },
        },
        cloudflare_api_token: {
          ...grants("token", "who uses it is refused", look("Makes a token by which to change the account")),
          arguments: {
            policy: any(look("Lets the token do other things")),
            ...toRead("condition expires_on not_before status"),
            ...harmless("issued_on modified_on last_used_on"),
          },
        },
        cloudflare_account_member: {
          ...grants("member", "somebody loses the account", look("Lets somebody into the account")),
          arguments: toRead("role_ids roles status policies"),
        },
        cloudflare_notification_policy: {
          ...hasNoState("alert"),
          deleted: { ...look("Alerts nobody any more"), kind: "alerts-less" },
          arguments: toRead("enabled alert_type email_integration filters mechanisms webhooks_integration description"),
        },
        cloudflare_logpush_job: {
          ...guards("record", "Stops recording requests"),
          arguments: {
            enabled: off(weakens("Stops recording requests")),
            ...toRead(
              "destination_conf dataset logpull_options filter frequency output_options max_upload_bytes max_upload_records max_upload_interval_seconds",
            ),
          },
        },
      },
    },
  ],
};
