"""Gap: MiniStack asks a registry for each image first; on a developer's machine that could be the real ECR of an account.

Here an image is in the local Docker store or the task fails. `images.get` and `containers.create` never pull.
"""

from docker.errors import ImageNotFound
from ministack.services import ecs

from patches.replaces import replaces


@replaces(ecs, "_prepare_service_images", "(task, td, docker_client)")
def resolve_no_digest(original, task, td, docker_client):
    return None


@replaces(ecs, "_deployment_needs_first_task", "(deployment, td, context=None)")
def release_all_tasks_at_once(original, deployment, td, context=None):
    return False


@replaces(
    ecs,
    "_run_docker_container",
    "(docker_client, cdef, run_kwargs, *, refresh_image=False, allow_cached=True,"
    " cache_image=None, fallback_image=None, auth_config=None)",
)
def run_local_image(original, docker_client, cdef, run_kwargs, **registry_options):
    image = local_image(docker_client, cdef["image"], run_kwargs.get("platform"))
    settings = {key: value for key, value in run_kwargs.items() if key not in ("detach", "platform")}
    container = docker_client.containers.create(image.id, **settings)
    try:
        container.start()
    except Exception:
        container.remove(v=True, force=True)
        raise
    return container


def local_image(docker_client, name: str, platform: str | None):
    try:
        image = docker_client.images.get(name)
    except ImageNotFound as missing:
        raise ecs._ImagePullError(
            f"{name} is not in the local Docker store, and the emulator never asks a registry: build or tag it first"
        ) from missing
    found = f"{image.attrs['Os']}/{image.attrs['Architecture']}"
    if platform and platform != found:
        raise ecs._ImagePullError(f"{name} is built for {found}, the task definition wants {platform}")
    return image
