"""What AWS Budgets refuses of budgets and their notifications."""

import re
from typing import Any

from ministack.services import budgets

from rules import refuses
from rules.documents import arn_of

API = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference"
ON_BUDGETS = ("CreateBudget", "UpdateBudget")
ON_NOTIFICATIONS = ("CreateBudget", "CreateNotification", "UpdateNotification")
ON_SUBSCRIBERS = ("CreateBudget", "CreateNotification", "CreateSubscriber", "UpdateSubscriber")
# 06/15/87 00:00 UTC
LAST_END = 3_706_473_600
# The most periods that a budget that adjusts itself looks back on.
MOST_PERIODS = {"DAILY": 60, "MONTHLY": 12, "QUARTERLY": 4, "ANNUALLY": 1}
OF_COSTS = ("COST", "USAGE")


def refused(operations: tuple[str, ...], source: str, code: str = "InvalidParameterException"):
    return refuses("budgets", *operations, code=code, source=source)


def budget_of(request: dict[str, Any]) -> dict[str, Any]:
    return request.get("Budget") or request.get("NewBudget") or budgets._budgets.get(request.get("BudgetName")) or {}


def notifications(request: dict[str, Any]) -> list[dict[str, Any]]:
    single = request.get("NewNotification") or request.get("Notification")
    return [single] if single else [each["Notification"] for each in request.get("NotificationsWithSubscribers") or []]


def subscribers(request: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Those of each notification, with the ones that it has and keeps."""
    single = request.get("Subscriber") or request.get("NewSubscriber")
    if single:
        entry = budgets._find_notification_entry(request["BudgetName"], request["Notification"]) or {"subscribers": []}
        return [[single, *(each for each in entry["subscribers"] if each not in (single, request.get("OldSubscriber")))]]
    if "Subscribers" in request:
        return [request["Subscribers"]]
    return [each["Subscribers"] for each in request.get("NotificationsWithSubscribers") or []]


@refused(ON_BUDGETS, f"{API}/API_budgets_Budget.html (BudgetLimit)")
def has_limit(request: dict) -> str | None:
    """A budget for costs or usage without a limit, unless it adjusts itself, or with both one limit and planned limits."""
    budget = budget_of(request)
    if budget.get("BudgetLimit") and budget.get("PlannedBudgetLimits"):
        return "Only one of BudgetLimit or PlannedBudgetLimits can be present at one time."
    has_one = any(budget.get(name) for name in ("BudgetLimit", "PlannedBudgetLimits", "AutoAdjustData"))
    return None if has_one or budget.get("BudgetType") not in OF_COSTS else "BudgetLimit is required for cost or usage budgets."


@refused(ON_BUDGETS, f"{API}/API_budgets_Budget.html (BudgetLimit: 100 is the only valid value)")
def whole_share(request: dict) -> str | None:
    """A budget for reservations or savings plans with a limit other than 100."""
    budget = budget_of(request)
    limit = budget.get("BudgetLimit")
    wrong = limit and budget.get("BudgetType") not in OF_COSTS and float(limit.get("Amount") or 0) != 100
    return "The only valid limit of utilization and coverage budgets is 100." if wrong else None


@refused(ON_BUDGETS, f"{API}/API_budgets_CreateBudget.html (one set of filter and metric selections)")
def one_kind_of_filter(request: dict) -> str | None:
    """A budget with both a filter expression or metrics and cost filters or cost types."""
    budget = budget_of(request)
    new = budget.get("FilterExpression") or budget.get("Metrics")
    wrong = new and (budget.get("CostFilters") or budget.get("CostTypes"))
    return "Either FilterExpression and Metrics or CostFilters and CostTypes can be present, not both." if wrong else None


@refused(ON_BUDGETS, f"{API}/API_budgets_TimePeriod.html")
def period(request: dict) -> str | None:
    """A budget that ends before it starts, or after June 15, 2087."""
    times = budget_of(request).get("TimePeriod") or {}
    start, end = times.get("Start"), times.get("End")
    if isinstance(start, (int, float)) and isinstance(end, (int, float)) and start >= end:
        return "The start date must come before the end date."
    return "The end date must come before 06/15/87 00:00 UTC." if isinstance(end, (int, float)) and end > LAST_END else None


@refused(ON_BUDGETS, f"{API}/API_budgets_HistoricalOptions.html (BudgetAdjustmentPeriod)")
def adjustment(request: dict) -> str | None:
    """A budget that adjusts itself by more periods than its time unit allows, or by history without saying by how many."""
    budget = budget_of(request)
    data = budget.get("AutoAdjustData") or {}
    if data.get("AutoAdjustType") == "HISTORICAL" and not data.get("HistoricalOptions"):
        return "HistoricalOptions is required when AutoAdjustType is HISTORICAL."
    most = MOST_PERIODS.get(budget.get("TimeUnit", ""), 60)
    wrong = (data.get("HistoricalOptions") or {}).get("BudgetAdjustmentPeriod", 1) > most
    return f"BudgetAdjustmentPeriod must be at most {most} for {budget['TimeUnit']} budgets." if wrong else None


@refused(ON_NOTIFICATIONS, "https://github.com/JiRaska/open-bank-oss/pull/226")
def no_forecast_of_a_day(request: dict) -> str | None:
    """A notification of the forecast of a daily budget."""
    forecasts = any(each.get("NotificationType") == "FORECASTED" for each in notifications(request))
    wrong = forecasts and budget_of(request).get("TimeUnit") == "DAILY"
    return "Forecasted notifications are not supported for DAILY budgets." if wrong else None


@refused(ON_SUBSCRIBERS, "https://github.com/aprin-labs/archimedes/pull/1712", code="CreationLimitExceededException")
def few_subscribers(request: dict) -> str | None:
    """A notification that goes to more than one SNS topic, or to more than ten e-mail addresses."""
    for several in subscribers(request):
        for kind, most in (("SNS", 1), ("EMAIL", 10)):
            if sum(1 for each in several if each.get("SubscriptionType") == kind) > most:
                return f"one notification can only have {most} subscribers with type of {kind}"
    return None


@refused(ON_SUBSCRIBERS, f"{API}/API_budgets_Subscriber.html (Address: an SNS topic or an email)")
def addresses(request: dict) -> str | None:
    """A subscriber whose address is no e-mail address, or no ARN of an SNS topic, as its type says."""
    for each in (each for several in subscribers(request) for each in several):
        address, topic = each.get("Address") or "", arn_of(each.get("Address"))
        if each.get("SubscriptionType") == "SNS" and (topic is None or topic.service != "sns"):
            return f"Invalid SNS topic ARN: {address}"
        if each.get("SubscriptionType") == "EMAIL" and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            return f"Invalid email address: {address}"
    return None
