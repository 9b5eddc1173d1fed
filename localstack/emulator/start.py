"""Starts MiniStack with this folder's patches, or exits with one line that says why not."""

import sys

from patches import PatchError, apply_patches

try:
    applied = apply_patches()
except PatchError as problem:
    sys.exit(f"emulator: {problem}")

print(f"emulator: {len(applied)} patches: {', '.join(applied)}", flush=True)

from ministack.app import main  # noqa: E402  (only after the patches are in place)

main()
