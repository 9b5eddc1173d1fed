"""Gap: a budget for costs lacks the cost types that AWS fills in."""

from ministack.services import budgets

from patches.replaces import replaces

# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CostTypes.html
DEFAULTS = {
    "IncludeCredit": True,
    "IncludeDiscount": True,
    "IncludeOtherSubscription": True,
    "IncludeRecurring": True,
    "IncludeRefund": True,
    "IncludeSubscription": True,
    "IncludeSupport": True,
    "IncludeTax": True,
    "IncludeUpfront": True,
    "UseAmortized": False,
    "UseBlended": False,
}


@replaces(budgets, "_create_budget", "(data)")
def create_with_cost_types(original, data):
    return filled(original(data), data.get("Budget"))


@replaces(budgets, "_update_budget", "(data)")
def update_with_cost_types(original, data):
    return filled(original(data), data.get("NewBudget"))


def filled(response: tuple, given: dict) -> tuple:
    is_by_types = response[0] < 400 and not given.get("FilterExpression") and not given.get("Metrics")
    if is_by_types and given["BudgetType"] == "COST":
        budgets._budgets[given["BudgetName"]]["CostTypes"] = {**DEFAULTS, **(given.get("CostTypes") or {})}
    return response
