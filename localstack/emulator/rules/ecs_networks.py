"""What AWS refuses of where tasks run: task definitions that do not fit, subnets, security groups, platform versions."""

from typing import Any

from ministack.services import ec2

from rules import refuses
from rules.ecs_state import API, GUIDE, REPORTS, STARTS, awsvpc, is_fargate_size, launch_type, runs_on_fargate, wanted, wanted_definition
from rules.ecs_tables import of_request


def _unfit_for_fargate(parameters: dict[str, Any]) -> bool:
    definition = wanted_definition(parameters)
    fits = definition.get("networkMode") == "awsvpc" and is_fargate_size(definition)
    return (
        bool(definition) and runs_on_fargate(parameters) and not fits and "FARGATE" not in (definition.get("requiresCompatibilities") or [])
    )


of_request(
    STARTS,
    [
        (
            "Fargate with a task definition that does not fit it: another network mode than awsvpc, or no size that Fargate has.",
            "Task definition does not support launch_type FARGATE.",
            _unfit_for_fargate,
        ),
        (
            "A platform version of tasks on EC2.",
            "The platform version must be null when specifying an EC2 launch type.",
            lambda p: p.get("platformVersion") and launch_type(p) == "EC2",
        ),
        (
            "Tasks in the network mode awsvpc without subnets.",
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            lambda p: (
                wanted_definition(p).get("networkMode") == "awsvpc"
                and not (wanted(p, "networkConfiguration") or {}).get("awsvpcConfiguration")
            ),
        ),
        (
            "Subnets of tasks in another network mode than awsvpc.",
            "Network Configuration is not valid for the given networkMode of this task definition.",
            lambda p: awsvpc(p) and wanted_definition(p) and wanted_definition(p)["networkMode"] != "awsvpc",
        ),
        ("An empty list of subnets.", "subnets can not be empty.", lambda p: awsvpc(p) and not awsvpc(p)["subnets"]),
        ("More than 16 subnets.", "subnets can have at most 16 items.", lambda p: len(awsvpc(p).get("subnets", [])) > 16),
        (
            "More than five security groups.",
            "securityGroups can have at most 5 items.",
            lambda p: len(awsvpc(p).get("securityGroups") or []) > 5,
        ),
        (
            "A subnet that does not exist.",
            "Error retrieving subnet information for [{value}]: The subnet ID '{value}' does not exist "
            "(ErrorCode: InvalidSubnetID.NotFound)",
            lambda p: next((each for each in awsvpc(p).get("subnets", []) if each not in ec2._subnets), None),
        ),
        (
            "A security group that does not exist.",
            "Error retrieving security group information for [{value}]: The security group '{value}' does not exist "
            "(ErrorCode: InvalidGroup.NotFound)",
            lambda p: next((each for each in awsvpc(p).get("securityGroups") or [] if each not in ec2._security_groups), None),
        ),
        ("Subnets of more than one VPC.", "The input subnets do not belong to the same VPC.", lambda p: len(_vpcs(p)) > 1),
        (
            "A security group of another VPC than the subnets.",
            "Security group {value} does not appear to belong to the same VPC as the input subnets.",
            lambda p: next(
                (each for each in awsvpc(p).get("securityGroups") or [] if ec2._security_groups[each].get("VpcId") not in _vpcs(p)), None
            ),
        ),
        (
            "A public address of tasks on EC2.",
            "Assign public IP is not supported for this launch type.",
            lambda p: awsvpc(p).get("assignPublicIp") == "ENABLED" and launch_type(p) == "EC2",
        ),
    ],
    code="InvalidParameterException",
    source=f"{API}/API_AwsVpcConfiguration.html; https://github.com/moosefs/moosefs-csi/issues/1; {REPORTS}",
)


def _vpcs(parameters: dict[str, Any]) -> set[str]:
    return {ec2._subnets[each]["VpcId"] for each in awsvpc(parameters).get("subnets", [])}


LINUX_PLATFORMS = ("LATEST", "1.4.0", "1.3.0")
PLATFORMS = (*LINUX_PLATFORMS, "1.2.0", "1.1.0", "1.0.0")
VERSIONS = f"{GUIDE}/platform-fargate.html"


@refuses("ecs", *STARTS, code="PlatformUnknownException", source=VERSIONS)
def unknown_platform(parameters: dict[str, Any]) -> str | None:
    """A platform version that Fargate does not have."""
    version = parameters.get("platformVersion")
    return "The specified platform version does not exist." if version and version not in PLATFORMS else None


@refuses("ecs", *STARTS, code="PlatformTaskDefinitionIncompatibilityException", source=VERSIONS)
def platform_is_too_old(parameters: dict[str, Any]) -> str | None:
    """EFS volumes or more ephemeral storage on a platform version before 1.4.0."""
    definition = wanted_definition(parameters)
    needs = definition.get("ephemeralStorage") or any(each.get("efsVolumeConfiguration") for each in definition.get("volumes") or [])
    old = parameters.get("platformVersion") in PLATFORMS[2:] and not (definition.get("runtimePlatform") or {}).get(
        "operatingSystemFamily", "LINUX"
    ).startswith("W")
    return "The specified platform version does not satisfy the task definition's required capabilities." if needs and old else None
