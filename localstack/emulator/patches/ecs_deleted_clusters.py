"""Gap: a deleted cluster is MISSING at once, where ECS describes it as INACTIVE for a while."""

import json

from ministack.core.responses import AccountRegionScopedDict, json_response
from ministack.services import ecs

from patches.replaces import replaces

_deleted = AccountRegionScopedDict()


@replaces(ecs, "_delete_cluster", "(data)")
def remember(original, data):
    answer = original(data)
    if answer[0] == 200:
        cluster = json.loads(answer[2])["cluster"]
        _deleted[cluster["clusterArn"]] = cluster
    return answer


@replaces(ecs, "_describe_clusters", "(data)")
def describe_as_inactive(original, data):
    status, headers, body = original(data)
    if status != 200:
        return status, headers, body
    answer = json.loads(body)
    missing = [failure["arn"] for failure in answer["failures"]]
    gone = [ecs._cluster_view(_deleted[arn], set()) for arn in missing if arn in _deleted]
    kept = [failure for failure in answer["failures"] if failure["arn"] not in _deleted]
    return json_response({**answer, "clusters": [*answer["clusters"], *gone], "failures": kept})
