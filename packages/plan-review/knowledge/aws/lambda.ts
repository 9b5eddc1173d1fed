import { list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  deploys,
  exposes,
  givesAccess,
  lessCapacity,
  look,
  weakens,
  words,
} from "../../effects/effect";
import { at } from "../../read/plan";
import { any, becomes, either, fewer, harmless, less, off, opens, read, toRead, when } from "../arguments";
import { image } from "../images";
import type { Meaning, Place, Service } from "../knowledge";
import { grants, hasNoState, isKnownBy, on as onExisting, serves, sets } from "../roles";
import { accountIn, isForeign } from "./policies/accounts";
import { policy } from "./policies/effects";

const code = () => deploys("deploy new code of the function");

const newPermission: Meaning = onExisting(["function_name"], (change, { plans }) =>
  isForeign(accountIn(after(change, "principal")), plans)
    ? givesAccess(`Lets another account call it: ${words(after(change, "principal"))}`)
    : undefined,
);

/** Without a login is the provider's default: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_route */
const loginOfRoute = {
  changed: becomes(["NONE"], exposes("Asks for no login any more: everybody may call it", "keep the login")),
  whenNew: undefined,
};

const loginOfMethod = {
  ...loginOfRoute,
  whenNew: when(({ after: now }) => now === "NONE", look("Adds a way into the API that asks for no login")),
};

const login = opens(
  ["NONE"],
  exposes("Asks for no login: everybody may call it", "use AWS_IAM, or say first what may be public"),
);

function environment({ path, before: old, after: now }: Place) {
  if (old === undefined) return undefined;
  return look(now === undefined ? `Removes a variable (${path})` : `Changes a variable (${path})`);
}

export const lambda: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function",
  types: {
    aws_lambda_function: {
      ...serves("function", undefined, "what calls it"),
      arguments: {
        ...Object.fromEntries(
          ["s3_key", "s3_object_version", "filename", "source_code_hash", "code_sha256", "image_uri"].map((name) => [
            name,
            code,
          ]),
        ),
        memory_size: less(lessCapacity("Gives the function less memory, and CPU")),
        timeout: less(lessCapacity("Stops the function sooner")),
        "ephemeral_storage.size": less(lessCapacity("Gives the function less disk")),
        reserved_concurrent_executions: either(
          when(
            ({ after: now }) => now === 0,
            cutsOff("Stops the function: it is not run any more", "remove its triggers if that is meant"),
          ),
          less(lessCapacity("Runs fewer at the same time")),
        ),
        environment,
        vpc_config: either(
          when(
            ({ path, change }) =>
              /subnet_ids/.test(path) && list(at(after(change, "vpc_config", 0), "subnet_ids")).length === 0,
            cutsOff("Removes the function from its network: what is in it is not reached any more"),
          ),
          read,
        ),
        runtime: any(look("Runs the code in another version of its language")),
        ...toRead(
          "handler role layers architectures dead_letter_config tracing_config logging_config file_system_config package_type snap_start image_config replace_security_groups_on_destroy kms_key_arn s3_bucket code_signing_config_arn durable_config",
        ),
        ...harmless(
          "description last_modified version qualified_arn qualified_invoke_arn invoke_arn response_streaming_invoke_arn source_code_size signing_job_arn signing_profile_version_arn publish skip_destroy replacement_security_group_ids",
        ),
      },
    },
    aws_lambda_permission: {
      ...grants("permission", "what called the function is refused", newPermission),
      arguments: {
        principal: opens(["*"], exposes("Lets everybody call the function")),
        ...toRead("source_arn source_account action principal_org_id qualifier"),
      },
    },
    aws_lambda_function_url: {
      ...serves("function's address", undefined, "what calls it"),
      arguments: { authorization_type: login, cors: read, invoke_mode: read, ...harmless("function_url url_id") },
    },
    aws_lambda_alias: {
      ...serves("alias", undefined, "what calls the function by it"),
      arguments: {
        function_version: when(
          ({ before: old, after: now }) => !(Number(now) > Number(old)),
          look("Runs an older version of the function, or what was never released"),
        ),
        routing_config: any(look("Divides calls between versions")),
        ...harmless("description invoke_arn"),
      },
    },
    aws_lambda_layer_version: {
      ...hasNoState("layer"),
      arguments: harmless("description version source_code_hash filename layer_arn skip_destroy compatible_runtimes"),
    },
    aws_lambda_layer_version_permission: {
      ...grants("permission", "others lose the layer"),
      arguments: { principal: opens(["*"], exposes("Lets every account use the layer")) },
    },
    aws_lambda_event_source_mapping: {
      ...serves("trigger", undefined, "the function's work"),
      created: onExisting(
        ["event_source_arn"],
        look("Takes work that others may take: each message goes to one of them"),
      ),
      arguments: {
        enabled: off(cutsOff("Switches the trigger off: the function gets no more work")),
        filter_criteria: any(look("Changes which events the function gets")),
        ...toRead(
          "batch_size maximum_batching_window_in_seconds scaling_config destination_config maximum_retry_attempts maximum_record_age_in_seconds bisect_batch_on_function_error parallelization_factor function_response_types tumbling_window_in_seconds function_name provisioned_poller_config metrics_config",
        ),
        ...harmless("uuid last_modified last_processing_result state state_transition_reason function_arn"),
      },
    },
    aws_lambda_function_event_invoke_config: {
      ...sets("retries"),
      arguments: toRead("destination_config maximum_event_age_in_seconds maximum_retry_attempts qualifier"),
    },
    aws_lambda_provisioned_concurrency_config: {
      ...sets("provisioned concurrency"),
      arguments: {
        provisioned_concurrent_executions: less(lessCapacity("Keeps fewer ready")),
        ...harmless("skip_destroy"),
      },
    },
    aws_lambda_function_recursion_config: { ...sets("recursion rule"), arguments: toRead("recursive_loop") },
    aws_api_gateway_rest_api: {
      ...isKnownBy("API", "its address"),
      arguments: {
        policy: policy("resource"),
        body: any(look("Changes the API's paths")),
        disable_execute_api_endpoint: read,
        ...toRead(
          "binary_media_types minimum_compression_size endpoint_configuration put_rest_api_mode api_key_source fail_on_warnings parameters",
        ),
        ...harmless("description created_date execution_arn root_resource_id"),
      },
    },
    aws_api_gateway_resource: { ...serves("path of an API"), arguments: toRead("path_part path") },
    aws_api_gateway_method: {
      ...serves("method of an API"),
      arguments: {
        authorization: loginOfMethod,
        ...toRead(
          "api_key_required authorizer_id authorization_scopes request_models request_parameters request_validator_id",
        ),
      },
    },
    aws_api_gateway_integration: {
      ...serves("method's target"),
      arguments: toRead(
        "uri integration_http_method request_templates timeout_milliseconds credentials passthrough_behavior request_parameters connection_id connection_type content_handling cache_key_parameters type tls_config",
      ),
    },
    aws_api_gateway_deployment: {
      ...hasNoState("deployment"),
      arguments: { ...toRead("triggers"), ...harmless("description") },
    },
    aws_api_gateway_stage: {
      ...serves("stage", undefined, "what calls the API by it"),
      arguments: {
        access_log_settings: fewer(weakens("Stops recording who calls the API")),
        deployment_id: undefined,
        ...toRead(
          "variables cache_cluster_enabled cache_cluster_size client_certificate_id xray_tracing_enabled canary_settings",
        ),
        ...harmless("description invoke_url execution_arn web_acl_arn documentation_version"),
      },
    },
    aws_api_gateway_usage_plan: {
      ...sets("usage plan"),
      arguments: toRead("quota_settings throttle_settings api_stages product_code"),
    },
    aws_api_gateway_documentation_part: {
      ...hasNoState("documentation"),
      arguments: harmless("properties location documentation_part_id"),
    },
    aws_api_gateway_documentation_version: {
      ...hasNoState("documentation"),
      arguments: harmless("description version"),
    },
    aws_api_gateway_account: {
      ...sets("log of the account's APIs"),
      arguments: toRead("cloudwatch_role_arn reset_on_delete"),
    },
    aws_api_gateway_domain_name: {
      ...serves("name of an API", undefined, "who calls it by this name"),
      arguments: {
        security_policy: any(look("Accepts other versions of TLS")),
        ...toRead("certificate_arn regional_certificate_arn endpoint_configuration mutual_tls_authentication policy"),
      },
    },
    aws_api_gateway_base_path_mapping: {
      ...serves("path of an API's name", undefined, "who calls it"),
      arguments: toRead("base_path stage_name api_id"),
    },
    aws_api_gateway_method_response: {
      ...serves("answer of a method"),
      arguments: toRead("response_models response_parameters"),
    },
    aws_api_gateway_integration_response: {
      ...serves("answer of a method"),
      arguments: toRead("response_templates response_parameters selection_pattern content_handling"),
    },
    aws_api_gateway_method_settings: { ...sets("limits of methods"), arguments: toRead("settings") },
    aws_apprunner_service: {
      ...serves("service", undefined, "what it runs"),
      arguments: {
        "source_configuration.image_repository.image_identifier": image,
        ...toRead(
          "source_configuration instance_configuration health_check_configuration auto_scaling_configuration_arn network_configuration observability_configuration",
        ),
        ...harmless("service_id service_url status"),
      },
    },
    aws_apigatewayv2_api: {
      ...isKnownBy("API", "its address"),
      arguments: {
        body: any(look("Changes the API's paths")),
        cors_configuration: any(look("Changes which sites may call the API")),
        ...toRead(
          "disable_execute_api_endpoint route_selection_expression api_key_selection_expression ip_address_type fail_on_warnings version",
        ),
        ...harmless("description api_endpoint execution_arn"),
      },
    },
    aws_apigatewayv2_route: {
      ...serves("route of an API"),
      arguments: {
        authorization_type: loginOfRoute,
        ...toRead(
          "target authorizer_id authorization_scopes api_key_required operation_name request_parameter model_selection_expression route_response_selection_expression",
        ),
      },
    },
    aws_apigatewayv2_integration: {
      ...serves("route's target"),
      arguments: {
        ...toRead(
          "integration_uri integration_method payload_format_version timeout_milliseconds connection_type connection_id request_parameters credentials_arn tls_config response_parameters passthrough_behavior content_handling_strategy integration_subtype",
        ),
        ...harmless("description integration_response_selection_expression"),
      },
    },
    aws_apigatewayv2_stage: {
      ...serves("stage", undefined, "what calls the API by it"),
      arguments: {
        access_log_settings: fewer(weakens("Stops recording who calls the API")),
        ...toRead("default_route_settings route_settings stage_variables auto_deploy client_certificate_id"),
        ...harmless("description deployment_id invoke_url execution_arn"),
      },
    },
    aws_apigatewayv2_authorizer: {
      ...serves("login of an API"),
      deleted: weakens("Removes a login of the API"),
      arguments: toRead(
        "jwt_configuration identity_sources authorizer_uri authorizer_result_ttl_in_seconds enable_simple_responses authorizer_payload_format_version",
      ),
    },
  },
};
