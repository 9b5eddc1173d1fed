"""Gap: RegisterTaskDefinition accepts any `dependsOn`, so a mistake AWS refuses would only show as a task that hangs."""

from ministack.core.responses import error_response_json
from ministack.services import ecs

from patches.replaces import replaces

CONDITIONS = ("START", "COMPLETE", "SUCCESS", "HEALTHY")


def dependency_problem(definitions: list[dict]) -> str | None:
    """What AWS would refuse about the containers' `dependsOn`, or None."""
    by_name = {definition.get("name"): definition for definition in definitions}
    for definition in definitions:
        for dependency in definition.get("dependsOn") or []:
            name, condition = dependency.get("containerName"), dependency.get("condition")
            where = f"Container '{definition.get('name')}' depends on '{name}'"
            if name not in by_name:
                return f"{where}, which is not in the task definition: {', '.join(by_name)}."
            if condition not in CONDITIONS:
                return f"{where} with condition '{condition}'; allowed: {', '.join(CONDITIONS)}."
            if condition == "HEALTHY" and not by_name[name].get("healthCheck"):
                return f"{where} being HEALTHY, but '{name}' has no health check."
            if condition in ("COMPLETE", "SUCCESS") and by_name[name].get("essential", True):
                return f"{where} reaching {condition}, but '{name}' is essential."
    if cycle := find_cycle(by_name):
        return f"Container dependency cycle: {' -> '.join(cycle)}."
    return None


def find_cycle(by_name: dict[str, dict]) -> list[str] | None:
    """The names along one dependency cycle, first and last the same, or None."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str] | None:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return None
        for dependency in by_name[name].get("dependsOn") or []:
            if cycle := visit(dependency["containerName"], [*path, name]):
                return cycle
        done.add(name)
        return None

    return next((cycle for name in by_name if (cycle := visit(name, []))), None)


@replaces(ecs, "_register_task_definition", "(data)")
def refuse_impossible_dependencies(original, data):
    if problem := dependency_problem(data.get("containerDefinitions") or []):
        return error_response_json("ClientException", problem, 400)
    return original(data)
