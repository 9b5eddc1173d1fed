"""What the Resource Groups Tagging API refuses of searches."""

from rules import refuses
from rules.documents import arn_of

API = "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html"
NOT_WITH_ARNS = ("TagFilters", "ResourceTypeFilters", "ResourcesPerPage", "TagsPerPage", "PaginationToken")
BOUNDS = {"ResourcesPerPage": (1, 100), "TagsPerPage": (100, 500)}


def refused(source: str, *operations: str):
    return refuses("tagging", *(operations or ("GetResources",)), code="InvalidParameterException", source=source)


@refused(f"{API} (ResourceARNList)")
def arns_alone(search: dict) -> str | None:
    """A list of ARNs together with filters or pages."""
    wrong = next((name for name in NOT_WITH_ARNS if search.get(name)), None) if search.get("ResourceARNList") else None
    return f"You can't specify both ResourceARNList and {wrong} in the same request" if wrong else None


@refused(f"{API} (ResourcesPerPage, TagsPerPage)")
def page_size(search: dict) -> str | None:
    """Pages of more than 100 resources, or with tags out of 100 to 500."""
    for name, (least, most) in BOUNDS.items():
        if search.get(name) is not None and not least <= search[name] <= most:
            return f"{name} must be between {least} and {most}"
    return None


@refused(f"{API} (ExcludeCompliantResources)")
def compliance(search: dict) -> str | None:
    """Compliant resources left out of a search that does not ask for compliance."""
    wrong = search.get("ExcludeCompliantResources") and not search.get("IncludeComplianceDetails")
    return "ExcludeCompliantResources can only be used when IncludeComplianceDetails is true" if wrong else None


@refused(API.replace("GetResources", "TagResources"), "TagResources", "UntagResources")
def resources_are_arns(change: dict) -> str | None:
    """A resource to tag that is no ARN."""
    wrong = next((each for each in change.get("ResourceARNList") or [] if arn_of(each) is None), None)
    return f"{wrong} is not a valid ARN" if wrong else None
