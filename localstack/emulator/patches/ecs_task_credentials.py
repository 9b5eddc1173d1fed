"""Gap: tasks are told of credentials that belong to no account, at a plain-HTTP address that AWS's SDKs refuse.

Here a container has those of a session of its task role in its environment; without a task role it has none, as on Fargate.
"""

from ministack.services import ecs, iam, sts

from patches.replaces import replaces


@replaces(
    ecs,
    "_register_metadata",
    "(task_arn, cluster_arn, td, cdef, launch_type, env, host_mode, ministack_net_ip)",
)
def give_session_of_task_role(original, task_arn, cluster_arn, td, cdef, launch_type, env, *network):
    token = original(task_arn, cluster_arn, td, cdef, launch_type, env, *network)
    for name in ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN"):
        env.pop(name, None)
    if td.get("taskRoleArn"):
        env.update(session_of(td["taskRoleArn"], task_arn.rpartition("/")[2]))
    return token


def session_of(role_arn: str, task_id: str) -> dict[str, str]:
    """It does not expire: on Fargate the SDK fetches a new one in time, an environment cannot be renewed."""
    assumed_arn, problem = sts._assumed_role_arn(role_arn, task_id)
    if problem:
        raise ValueError(f"{role_arn} is no role that a task could have")
    access_key, secret_key, token = iam._gen_session_access_key(), iam._gen_secret(), iam._gen_session_token()
    sts.register_session(
        access_key,
        {
            "Arn": assumed_arn,
            "UserId": f"{sts._role_id(role_arn)}:{task_id}",
            "SecretAccessKey": secret_key,
            "SessionToken": token,
            "AccountId": role_arn.split(":")[4],
            "PrincipalType": "AssumedRole",
            "SessionTags": [],
            "SessionPolicies": None,
        },
    )
    return {"AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key, "AWS_SESSION_TOKEN": token}
