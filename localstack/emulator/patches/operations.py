"""For patches that add operations which a JSON service of MiniStack lacks."""

import json
from collections.abc import Callable
from types import ModuleType

from patches.replaces import replaces


def adds_operations(patch_module: str, service: ModuleType, operations: dict[str, Callable], store: dict) -> None:
    """Answers `operations`, by name, from the parsed request; a reset of the service empties `store`."""

    async def answer(original, method, path, headers, body, query_params):
        operation = operations.get(headers.get("x-amz-target", "").rpartition(".")[2])
        if operation:
            return operation(json.loads(body or "{}"))
        return await original(method, path, headers, body, query_params)

    def forget(original):
        original()
        store.clear()

    # Patches are installed, or left out, by the module that they belong to.
    answer.__module__ = forget.__module__ = patch_module
    replaces(service, "handle_request", "(method, path, headers, body, query_params)")(answer)
    replaces(service, "reset", "()")(forget)
