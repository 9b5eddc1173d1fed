"""How a patch says what it replaces: `@replaces(ecs, "_stop_task", "(data)")` above `def ...(original, data)`."""

import functools
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType


class PatchError(Exception):
    """MiniStack does not look the way a patch expects."""


@dataclass(frozen=True)
class Patch:
    module: ModuleType
    attribute: str
    signature: str
    replacement: Callable


_registered: dict[str, list[Patch]] = {}


def replaces(module: ModuleType, attribute: str, signature: str) -> Callable[[Callable], Callable]:
    """The decorated function gets the original as its first argument, then the original's own arguments."""

    def register(replacement: Callable) -> Callable:
        patch = Patch(module, attribute, signature, replacement)
        _registered.setdefault(replacement.__module__, []).append(patch)
        return replacement

    return register


def registered(patch_module: str) -> list[Patch]:
    return _registered.get(patch_module, [])


def install(patches: Iterable[Patch]) -> None:
    for patch in patches:
        name = f"{patch.module.__name__}.{patch.attribute}"
        original = getattr(patch.module, patch.attribute, None)
        if original is None:
            raise PatchError(f"{name} does not exist any more ({patch.replacement.__module__} replaces it)")
        found = str(inspect.signature(original))
        if found != patch.signature:
            raise PatchError(f"{name}{found} is not {patch.signature}, as {patch.replacement.__module__} expects")
        patched = _bind(original, patch.replacement)
        setattr(patch.module, patch.attribute, patched)
        _replace_in_tables(patch.module, original, patched)


def _bind(original: Callable, replacement: Callable) -> Callable:
    # The web server tells ASGI from WSGI by whether the function is a coroutine.
    if inspect.iscoroutinefunction(replacement):

        @functools.wraps(original)
        async def patched_coroutine(*args, **kwargs):
            return await replacement(original, *args, **kwargs)

        return patched_coroutine

    @functools.wraps(original)
    def patched(*args, **kwargs):
        return replacement(original, *args, **kwargs)

    return patched


def _replace_in_tables(module: ModuleType, original: Callable, patched: Callable) -> None:
    """MiniStack routes requests through module-level dicts that hold the functions themselves."""
    for table in vars(module).values():
        if isinstance(table, dict):
            for key in [key for key, value in table.items() if value is original]:
                table[key] = patched
