"""Gap: a service has only the deployment numbers, platform version and network settings that were sent, and an update forgets the others."""

from ministack.services import ecs

from patches.replaces import replaces
from rules.ecs_state import runs_on_fargate, service_of

# As DescribeServices answers: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
DEPLOYMENT = {
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
    "strategy": "ROLLING",
    "bakeTimeInMinutes": 0,
}
DAEMON = {**DEPLOYMENT, "maximumPercent": 100, "minimumHealthyPercent": 0}


@replaces(ecs, "_create_service", "(data)")
def fill_in_on_create(original, data):
    defaults = DAEMON if data.get("schedulingStrategy") == "DAEMON" else DEPLOYMENT
    filled = {**data, "deploymentConfiguration": {**defaults, **(data.get("deploymentConfiguration") or {})}}
    if runs_on_fargate(data):
        filled = {**filled, "platformVersion": data.get("platformVersion") or "LATEST", "platformFamily": "Linux"}
    return original(filled_in(filled))


@replaces(ecs, "_update_service", "(data)")
def keep_on_update(original, data):
    before = (service_of(data) or {}).get("deploymentConfiguration") or {}
    changed = {"deploymentConfiguration": {**before, **data["deploymentConfiguration"]}} if data.get("deploymentConfiguration") else {}
    return original(filled_in({**data, **changed}))


def filled_in(data: dict) -> dict:
    """The network of the tasks, and the strategy of where they run."""
    filled = dict(data)
    network = (data.get("networkConfiguration") or {}).get("awsvpcConfiguration")
    if network:
        filled["networkConfiguration"] = {"awsvpcConfiguration": {"securityGroups": [], "assignPublicIp": "DISABLED", **network}}
    if data.get("capacityProviderStrategy"):
        filled["capacityProviderStrategy"] = [{"weight": 0, "base": 0, **each} for each in data["capacityProviderStrategy"]]
    return filled
