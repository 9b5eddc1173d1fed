"""Gap: a parameter keeps all its versions; Parameter Store keeps the newest 100."""

from ministack.services import ssm

from patches.replaces import replaces

# https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html
KEPT_VERSIONS = 100


@replaces(ssm, "_put_parameter", "(data)")
def forget_oldest(original, data):
    answer = original(data)
    history = ssm._parameter_history.get(data.get("Name")) or []
    del history[:-KEPT_VERSIONS]
    return answer
