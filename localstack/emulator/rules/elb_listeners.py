"""Listeners: ports, protocols and certificates; and the actions of listeners and rules."""

import re

from ministack.core.responses import get_account_id, get_region
from ministack.services import acm, alb

from rules import refuses
from rules.elb_state import (
    API,
    QUOTAS,
    SECURE,
    actions_of,
    balancer_of,
    groups_in,
    groups_of,
    listener_of,
    protocol_of,
    stored_groups,
    vpc_of_balancer,
)
from rules.references import must_exist

LISTENER = f"{API}/API_CreateListener.html"
CHANGES = ("CreateListener", "ModifyListener")
ACTING = (*CHANGES, "CreateRule", "ModifyRule")
PROTOCOLS = {"application": ("HTTPS", "HTTP"), "network": ("UDP", "TCP", "TLS", "TCP_UDP", "QUIC", "TCP_QUIC")}


@refuses("elasticloadbalancing", "CreateListener", code="ValidationError", source=f"{LISTENER} (Port, Protocol)")
def without_port(parameters: dict) -> str | None:
    """A listener without port or protocol."""
    if balancer_of(parameters).get("Type") == "gateway":
        return None
    missing = next((name for name in ("Port", "Protocol") if parameters.get(name) is None), None)
    return f"A listener {missing.lower()} must be specified" if missing else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{LISTENER} (Protocol)")
def protocol_of_another_type(parameters: dict) -> str | None:
    """A protocol that the type of the load balancer does not have."""
    protocol, allowed = parameters.get("Protocol"), PROTOCOLS.get(balancer_of(parameters).get("Type", ""))
    wrong = protocol and allowed and protocol not in allowed
    return f"Listener protocol '{protocol}' must be one of '{', '.join(allowed)}'" if wrong else None


def others_on_port(parameters: dict) -> list[dict]:
    own, balancer = listener_of(parameters).get("ListenerArn"), balancer_of(parameters).get("LoadBalancerArn")
    return [
        each
        for each in alb._listeners.values()
        if each["LoadBalancerArn"] == balancer and each["ListenerArn"] != own and each["Port"] == parameters.get("Port")
    ]


def is_same(stored: dict, action: dict) -> bool:
    """Whether an action is the one of a listener; what a request leaves out is as it is."""
    configs = ("RedirectConfig", "FixedResponseConfig")
    told = [(stored.get(name) or {}, action.get(name) or {}) for name in configs]
    return (
        stored["Type"] == action.get("Type")
        and stored_groups(stored) == groups_of(action)
        and all(found.get(key) == value for found, asked in told for key, value in asked.items())
    )


def differs(listener: dict, parameters: dict) -> bool:
    """Whether a listener is another one than a request would make."""
    actions = parameters.get("DefaultActions", [])
    same_actions = len(actions) == len(listener["DefaultActions"]) and all(map(is_same, listener["DefaultActions"], actions))
    same_certificates = listener.get("Certificates", []) == certificates_in(parameters)
    return listener["Protocol"] != parameters.get("Protocol") or not same_actions or not same_certificates


@refuses("elasticloadbalancing", *CHANGES, code="DuplicateListener", source=f"{LISTENER} (Errors: DuplicateListener)")
def port_taken(parameters: dict) -> str | None:
    """A second listener on a port, with other settings. With the same settings the first one is answered."""
    arn = balancer_of(parameters).get("LoadBalancerArn")
    is_change = "ListenerArn" in parameters
    taken = any(is_change or differs(each, parameters) for each in others_on_port(parameters))
    return f"A listener already exists on this port for this load balancer '{arn}'" if taken else None


@refuses("elasticloadbalancing", "CreateListener", code="TooManyListeners", source=QUOTAS)
def too_many(parameters: dict) -> str | None:
    """More than 50 listeners of a load balancer, which is the quota of a new account."""
    arn = parameters.get("LoadBalancerArn")
    count = sum(each["LoadBalancerArn"] == arn for each in alb._listeners.values())
    return "The maximum number of listeners has been reached" if count >= 50 else None


def certificates_in(parameters: dict) -> list[str]:
    return [each.get("CertificateArn", "") for each in parameters.get("Certificates", [])]


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{LISTENER} (Certificates)")
def wrong_certificates(parameters: dict) -> str | None:
    """A listener of HTTPS or TLS without a certificate, or another one with a certificate or a security policy."""
    protocol = protocol_of(parameters)
    given = certificates_in(parameters) or listener_of(parameters).get("Certificates")
    if protocol in SECURE:
        return None if given else f"A certificate must be specified for {protocol} listeners"
    secure = (("Certificates", "A certificate"), ("SslPolicy", "A security policy"))
    wrong = next((words for name, words in secure if parameters.get(name)), None)
    return f"{wrong} cannot be specified for {protocol} listeners" if wrong else None


def can_be_certificate(arn: str) -> bool:
    """Of the same region and account, or of IAM."""
    here = f"{get_region()}:{get_account_id()}"
    return re.match(rf"arn:aws[a-z-]*:(acm:{here}:certificate/|iam::{get_account_id()}:server-certificate/).+", arn) is not None


# One certificate a call; AddListenerCertificates is not of MiniStack's operations.
must_exist(
    "elasticloadbalancing",
    CHANGES,
    "Certificates.CertificateArn",
    can_be_certificate,
    refused="A certificate of another region or account, or text that is no ARN of a certificate",
    code="ValidationError",
    words="Certificate ARN '{}' is not valid",
    source=f'{LISTENER} (Certificates); public reports of "Certificate ARN … is not valid"',
)
must_exist(
    "elasticloadbalancing",
    CHANGES,
    "Certificates.CertificateArn",
    lambda arn: ":iam:" in arn or arn in acm._certificates,
    kind="A certificate",
    code="CertificateNotFound",
    words="Certificate '{}' not found",
    source=f"{LISTENER} (Errors: CertificateNotFound)",
)


@refuses(
    "elasticloadbalancing",
    *CHANGES,
    code="UnsupportedCertificate",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
)
def certificate_not_issued(parameters: dict) -> str | None:
    """A certificate that is not issued: its validation is not over."""
    arns = [arn for arn in certificates_in(parameters) if arn in acm._certificates]
    wrong = next((arn for arn in arns if acm._get_local_certificate(arn)["Status"] != "ISSUED"), None)
    words = "must have a fully-qualified domain name, a supported signature, and a supported key size."
    return f"The certificate '{wrong}' {words}" if wrong else None


POLICIES = re.compile(
    r"ELBSecurityPolicy-(2015-05|2016-08|TLS-1-0-2015-04|TLS-1-1-2017-01|TLS-1-2-2017-01|TLS-1-2-Ext-2018-06|FS-2018-06"
    r"|FS-1-1-2019-08|FS-1-2-2019-08|FS-1-2-Res-2019-08|FS-1-2-Res-2020-10|TLS13-1-[0-3](-Ext[0-2]|-Res)?(-FIPS)?(-PQ)?-20\d\d-\d\d)"
)


@refuses("elasticloadbalancing", *CHANGES, code="SSLPolicyNotFound", source=f"{LISTENER} (Errors: SSLPolicyNotFound)")
def unknown_policy(parameters: dict) -> str | None:
    """A security policy that does not exist."""
    policy = parameters.get("SslPolicy")
    return f"SSL policy '{policy}' not found" if policy and not POLICIES.fullmatch(policy) else None


@refuses("elasticloadbalancing", *CHANGES, code="ValidationError", source=f"{LISTENER} (DefaultActions)")
def without_action(parameters: dict) -> str | None:
    """A listener without an action."""
    empty = not parameters.get("DefaultActions") and ("DefaultActions" in parameters or "ListenerArn" not in parameters)
    return "An action must be specified" if empty else None


CONFIGS = {"redirect": "RedirectConfig", "fixed-response": "FixedResponseConfig"}
ROUTING = ("forward", *CONFIGS)


@refuses("elasticloadbalancing", *ACTING, code="ValidationError", source=f"{API}/API_Action.html")
def action_without_settings(parameters: dict) -> str | None:
    """An action without the settings that its type needs: a target group, a redirection or a response."""
    for action in actions_of(parameters):
        kind = action.get("Type", "")
        if kind == "forward" and not groups_of(action):
            return "A target group ARN must be specified"
        if kind in CONFIGS and not action.get(CONFIGS[kind]):
            return f"For actions of type '{kind}', you must specify the following field(s): '{CONFIGS[kind]}'"
    return None


@refuses("elasticloadbalancing", *ACTING, code="InvalidLoadBalancerAction", source=f"{API}/API_Action.html")
def wrong_actions(parameters: dict) -> str | None:
    """Actions without exactly one that answers or forwards, at the end; sign-in on a listener without HTTPS; or an answer by a Network
    Load Balancer."""
    actions = sorted(actions_of(parameters), key=lambda each: each.get("Order", 0))
    kinds = [each.get("Type", "") for each in actions]
    if not kinds:
        return None
    if sum(kind in ROUTING for kind in kinds) != 1 or kinds[-1] not in ROUTING:
        return "The last action must be one of 'forward', 'redirect' and 'fixed-response', and there must be no other of these"
    if len(kinds) > 1 and protocol_of(parameters) != "HTTPS":
        return f"Actions of type '{kinds[0]}' are supported only on HTTPS listeners"
    if balancer_of(parameters).get("Type") == "network" and kinds[0] != "forward":
        return f"The action type '{kinds[0]}' is not valid with network load balancer"
    return None


for path in ("DefaultActions", "Actions"):
    for inside in ("TargetGroupArn", "ForwardConfig.TargetGroups.TargetGroupArn"):
        must_exist(
            "elasticloadbalancing",
            CHANGES if path == "DefaultActions" else ("CreateRule", "ModifyRule"),
            f"{path}.{inside}",
            alb._tgs.__contains__,
            kind="A target group",
            code="TargetGroupNotFound",
            words="Target groups '{}' not found",
            source=f"{LISTENER} (Errors: TargetGroupNotFound)",
        )


def named_groups(parameters: dict) -> list[dict]:
    return [alb._tgs[arn] for arn in groups_in(parameters) if arn in alb._tgs]


@refuses(
    "elasticloadbalancing",
    *ACTING,
    code="InvalidConfigurationRequest",
    source="https://github.com/aws/copilot-cli/issues/5473",
)
def group_of_another_network(parameters: dict) -> str | None:
    """A target group of another VPC than the load balancer's."""
    balancer = balancer_of(parameters)
    own = vpc_of_balancer(balancer)
    wrong = [group["TargetGroupArn"] for group in named_groups(parameters) if group["VpcId"] and group["VpcId"] != own]
    words = f"The following target groups are in a different VPC than load balancer {balancer.get('LoadBalancerArn')}"
    return f"{words}: {', '.join(wrong)}" if own and wrong else None


@refuses("elasticloadbalancing", *ACTING, code="IncompatibleProtocols", source=f"{LISTENER} (Errors: IncompatibleProtocols)")
def group_of_another_protocol(parameters: dict) -> str | None:
    """A target group whose protocol is of another type of load balancer."""
    is_web = balancer_of(parameters).get("Type") == "application"
    groups = [group for group in named_groups(parameters) if group["TargetType"] != "lambda"]
    wrong = [group["TargetGroupArn"] for group in groups if (group["Protocol"] in ("HTTP", "HTTPS")) != is_web]
    words = "The listener and the following target groups have incompatible protocols"
    return f"{words}: {', '.join(wrong)}" if balancer_of(parameters) and wrong else None


@refuses("elasticloadbalancing", *ACTING, code="ValidationError", source=f"{API}/API_TargetGroupTuple.html (Weight)")
def wrong_weight(parameters: dict) -> str | None:
    """A weight of a target group that is not from 0 to 999, or more than five target groups of an action."""
    for action in actions_of(parameters):
        tuples = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
        wrong = next((each["Weight"] for each in tuples if not 0 <= each.get("Weight", 0) <= 999), None)
        if wrong is not None:
            return f"Target group weight '{wrong}' must be between '0-999' inclusive"
        if len(tuples) > 5:
            return "You can specify up to 5 target groups in an action"
    return None


TYPES = ("text/plain", "text/css", "text/html", "application/javascript", "application/json")


@refuses("elasticloadbalancing", *ACTING, code="InvalidLoadBalancerAction", source=f"{API}/API_FixedResponseActionConfig.html")
def wrong_response(parameters: dict) -> str | None:
    """A fixed response with a content type that load balancers do not send."""
    kinds = [(action.get("FixedResponseConfig") or {}).get("ContentType", "text/plain") for action in actions_of(parameters)]
    words = "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain'"
    return None if all(kind in TYPES for kind in kinds) else words


@refuses("elasticloadbalancing", *ACTING, code="InvalidLoadBalancerAction", source=f"{API}/API_RedirectActionConfig.html")
def wrong_redirection(parameters: dict) -> str | None:
    """A redirection to where the request came from, from HTTPS to HTTP, or with a path that does not start with a slash."""
    for action in actions_of(parameters):
        redirect = action.get("RedirectConfig")
        if not redirect:
            continue
        path, protocol = redirect.get("Path", "/#{path}"), redirect.get("Protocol", "#{protocol}")
        if not path.startswith("/"):
            return (
                "The Path parameter must be a valid path, should start with a '/', and may contain up to one of each of these"
                " placeholders: '#{path}', '#{host}', '#{port}'."
            )
        if protocol == "HTTP" and protocol_of(parameters) == "HTTPS":
            return "You cannot redirect HTTPS to HTTP"
        listener = listener_of(parameters)
        own = {"#{protocol}", protocol_of(parameters)}, {"#{port}", str(parameters.get("Port") or listener.get("Port"))}
        stays = protocol in own[0] and redirect.get("Port", "#{port}") in own[1]
        if stays and redirect.get("Host", "#{host}") == "#{host}" and path == "/#{path}":
            return "The redirect configuration is not valid because it creates a loop."
    return None
