"""
Gap: MiniStack takes requests that AWS refuses. Each is held against AWS's service model, then against the permissions that it needs
beyond its own action, and then against the rules of its service.
"""

import logging
import uuid

import rules
from ministack import app
from ministack.core import iam_actions
from rules.authorization import Denial, denied
from service_models import code_of, first_violation, message_of, model_of
from service_models.request import Request, read

logger = logging.getLogger("rules")
rules.load()


def refused(service: str, code: str, message: str, headers: dict) -> tuple:
    """An error in the protocol of the service."""
    _, answered, body = iam_actions.access_denied_response(service, "", "", str(uuid.uuid4()), error_code=code, message=message, headers=headers)
    return 400, answered, body


def denied_answer(service: str, denial: Denial, headers: dict) -> tuple:
    """Where a service has a code of its own for a permission, it is an error like others."""
    if denial.code:
        return refused(service, denial.code, denial.message, headers)
    needed = denial.needed
    return iam_actions.access_denied_response(
        *(service, needed.action, denial.principal, str(uuid.uuid4())),
        message=denial.message,
        headers=headers,
        resource_arn=needed.resource,
        explicit_deny=denial.explicit,
    )


def answer_of(service: str, request: Request) -> tuple | None:
    """What AWS refuses the request with; None for one that it takes."""
    model = model_of(service)
    found = read(model, request) if model else None
    if found is None:
        return None
    operation, parameters = found
    if violation := first_violation(model, operation, parameters):
        return refused(service, code_of(operation, violation), message_of(operation, violation), request.headers)
    if denial := denied(service, operation.name, parameters, request.headers, request.query):
        return denied_answer(service, denial, request.headers)
    if by_rule := rules.refusal(service, operation.name, parameters):
        rule, message = by_rule
        return refused(service, rule.code, message, request.headers)
    return None


def guarded(service: str, handler):
    async def handle(method, path, headers, body, query_params):
        try:
            answer = answer_of(service, Request(method, path, headers, body, query_params))
        except Exception:
            # A request that cannot be read here is the service's own to refuse.
            logger.exception("%s %s of %s could not be held against its model", method, path, service)
            answer = None
        return answer or await handler(method, path, headers, body, query_params)

    return handle


for name, handler in app.SERVICE_HANDLERS.items():
    app.SERVICE_HANDLERS[name] = guarded(name, handler)
