"""Gap: a cluster forgets what it was created with: AWS holds a second CreateCluster of its name against that."""

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import ecs

from patches.replaces import replaces

_created = AccountRegionScopedDict()


def created_with(name: str) -> dict | None:
    """The request that created a cluster that is there."""
    return _created.get(name) if name in ecs._clusters else None


@replaces(ecs, "_put_cluster", "(data)")
def remember(original, data):
    _created[data.get("clusterName", "default")] = dict(data)
    return original(data)
