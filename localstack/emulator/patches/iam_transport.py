"""Gap: the emulator speaks plain HTTP, so under AUTH=true every policy that demands TLS refuses everybody. Calls count as encrypted."""

from ministack import app

from patches.replaces import replaces


@replaces(app, "pin_request_origin", "(source_ip: str, secure_transport: bool) -> None")
def pin_as_encrypted(original, source_ip, secure_transport):
    original(source_ip, True)
