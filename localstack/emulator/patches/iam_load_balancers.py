"""Gap: under AUTH=true some calls about load balancers name no resource, so a policy that names one refuses them."""

from ministack.core import iam_actions

from patches.replaces import replaces

SIGNATURE = (
    "(service: str, method: str, path: str, headers: dict, body: bytes, query_params: dict, region: str, account_id: str)"
    " -> str"
)


@replaces(iam_actions, "extract_resource_arn", SIGNATURE)
def name_load_balancers(original, service, method, path, headers, body, query_params, region, account_id):
    arn = original(service, method, path, headers, body, query_params, region, account_id)
    if service != "elasticloadbalancing" or arn != "*":
        return arn

    def given(name: str) -> str:
        return iam_actions._query_param(query_params, name)

    prefix = f"arn:aws:elasticloadbalancing:{region}:{account_id}"
    new = {
        "CreateLoadBalancer": f"{prefix}:loadbalancer/app/{given('Name')}/new",
        "CreateTargetGroup": f"{prefix}:targetgroup/{given('Name')}/new",
    }
    return new.get(given("Action")) or given("RuleArn") or given("ResourceArns.member.1") or arn
