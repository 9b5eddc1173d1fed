"""
Gap: MiniStack answers at once, and everybody sees at once what was written. With EVENTUAL_CONSISTENCY_SEED answers take their time, and
others see late what was written, as on AWS.
"""

import asyncio
import logging
import os
import time

from eventual_consistency.role_policies import CHANGES, RolePolicies
from eventual_consistency.seeds import VARIABLE, answer_delay, description, seed_of, share
from eventual_consistency.visibility import Visibility
from ministack import app
from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import ecs, iam
from rules import service_linked_roles
from service_models import model_of
from service_models.request import Request, read

from patches import ecs_execution_role
from patches.replaces import PatchError, replaces
from patches.request_rules import refused

# A task on Fargate gets its network interface before its execution role is used; failed starts would follow one another at once else.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
PROVISIONING_SECONDS = (2, 4)

logger = logging.getLogger("eventual_consistency")


def operation_of(service: str, request: Request) -> tuple[str, dict] | None:
    model = model_of(service)
    try:
        found = read(model, request) if model else None
    except Exception:
        # Its service refuses it.
        return None
    return (found[0].name, found[1]) if found else None


def switch_on(seed: int) -> None:
    visibility, role_policies = Visibility(seed), RolePolicies(seed)

    def delayed(service: str, handler):
        async def handle(method, path, headers, body, query_params):
            account = get_account_id()
            operation, parameters = operation_of(service, Request(method, path, headers, body, query_params)) or (method, {"path": path})
            await asyncio.sleep(answer_delay(seed, account, description(service, operation, parameters)))
            if unseen := visibility.unseen(account, service, operation, parameters):
                late, name = unseen
                logger.info("%s %s: the %s %s is not seen yet", service, operation, late.what, name)
                return late.status, *refused(service, late.code, late.message.format(name), headers)[1:]
            if service == "iam" and operation in CHANGES and (role := iam._roles.get(parameters.get("RoleName"))):
                role_policies.change(account, role, operation, parameters)
            answer = await handler(method, path, headers, body, query_params)
            if answer[0] < 300:
                visibility.write(account, service, operation, parameters, answer[2] if isinstance(answer[2], bytes) else b"")
            return answer

        return handle

    for name, handler in app.SERVICE_HANDLERS.items():
        app.SERVICE_HANDLERS[name] = delayed(name, handler)

    @replaces(service_linked_roles, "make", "(service: str) -> None")
    def make_unseen(original, service):
        original(service)
        visibility.write(get_account_id(), "iam", "CreateServiceLinkedRole", {"AWSServiceName": service})

    @replaces(iam_evaluator, "_gather_role_policies", SIGNATURE)
    def gather_what_is_seen(original, role_name, account_id):
        role = iam._roles.get_scoped(account_id, None, role_name)
        if role is None:
            return original(role_name, account_id)
        seen = role_policies.as_seen(account_id, role)
        attached = (iam_evaluator._resolve_managed_policy_document(arn, account_id) for arn in seen["AttachedPolicies"])
        documents = [*seen["InlinePolicies"].values(), *filter(None, attached)]
        return [found for each in documents if (found := iam_evaluator.parse_policy_document(each))]

    @replaces(ecs_execution_role, "problem_of", "(td: dict, task_arn: str) -> str | None")
    def problem_of_unseen_roles(original, td, task_arn):
        roles = {name: td[name] for name in ("executionRoleArn", "taskRoleArn") if td.get(name)}
        if unseen := visibility.unseen(get_account_id(), "ecs", "RunTask", {"overrides": roles}):
            return ecs_execution_role.NOT_ASSUMED.format(role=unseen[1])
        return original(td, task_arn)

    @replaces(ecs, "_start_task_worker", "(task, td, container_overrides, docker_client)")
    def provision_first(original, task, td, container_overrides, docker_client):
        shortest, longest = PROVISIONING_SECONDS
        time.sleep(shortest + (longest - shortest) * share(seed, "provisioning", td["family"]))
        return original(task, td, container_overrides, docker_client)


SIGNATURE = "(role_name: str, account_id: str) -> list[list[ministack.core.iam_evaluator.ParsedStatement]]"

try:
    SEED = seed_of(os.environ.get(VARIABLE))
except ValueError as problem:
    raise PatchError(str(problem)) from problem
if SEED is not None:
    switch_on(SEED)
