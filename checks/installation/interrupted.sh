#!/bin/sh
# Proves that a killed `make up` harms nothing: kills its whole process group with SIGKILL after SECONDS_UNTIL_KILL (by default a random
# number from 10 to 120), then expects `make up` to work, and `make down` to leave nothing behind.
set -eu
case "${1:-}" in
  "") ;;
  --help) echo "Kills \`make up\` at a random moment, then runs \`make up\` and \`make down\`. It has no options. SECONDS_UNTIL_KILL: when."; exit 0 ;;
  *) echo "Unknown option $1. There is only --help." >&2; exit 2 ;;
esac
cd "$(dirname "$0")/../.."
# An emulated AWS of its own, unless the setting says otherwise.
EMULATOR_INSTANCE=${EMULATOR_INSTANCE:-proof}
export EMULATOR_INSTANCE
[ "$EMULATOR_INSTANCE" = default ] && name=portfolio-dashboard || name=portfolio-dashboard-$EMULATOR_INSTANCE
seconds=${SECONDS_UNTIL_KILL:-$(awk 'BEGIN { srand(); print 10 + int(rand() * 111) }')}

fail() {
  echo "✗ $1" >&2
  exit 1
}

# What `up` makes: containers and volumes of the emulated ECS, those of Compose, networks, state, Terraform's processes.
left_behind() {
  docker ps --all --format 'container {{.Names}}' --filter "label=ministack.instance=$name-emulator:4566"
  docker ps --all --format 'container {{.Names}}' --filter "label=com.docker.compose.project=$name-aws" --filter label=com.docker.compose.oneoff=False
  docker volume ls --format 'volume {{.Name}}' --filter "label=ministack.instance=$name-emulator:4566"
  docker network ls --format 'network {{.Name}}' --filter "name=^$name-aws\$"
  for path in .state cdktf.out; do [ ! -e "$path" ] && [ ! -L "$path" ] || echo "file $path"; done
  for process in $(pgrep terraform || true); do
    case $(readlink "/proc/$process/cwd") in "$PWD"/*) echo "process $process terraform" ;; esac
  done
}

# `down` stops a dockerd that `up` started; what it left on disk can only be seen while one runs.
with_docker() {
  docker version >/dev/null 2>&1 && { "$@"; return; }
  dockerd >reports/logs/dockerd.log 2>&1 &
  started=$!
  until docker version >/dev/null 2>&1; do sleep 1; kill -0 "$started"; done
  "$@"
  kill "$started"
  wait "$started" || true
}

make down >/dev/null
echo "  make up, to be killed after $seconds s …"
setsid make up &
group=$!
sleep "$seconds"
kill -0 "$group" 2>/dev/null || echo "    it had already finished"
kill -9 -- "-$group" 2>/dev/null || true
wait "$group" 2>/dev/null || true

echo "  make up again …"
make up || fail "make up failed after a kill at $seconds s"
address=$(. localstack/emulator.env.sh && echo "$LOAD_BALANCERS_URL")
[ "$(curl --silent --output /dev/null --write-out '%{http_code}' "$address/")" = 200 ] || fail "the dashboard does not answer"
make down || fail "make down failed"
found=$(with_docker left_behind)
[ -z "$found" ] || fail "left behind:
$found"
echo "✓ Killed after $seconds s, up again, and nothing left behind"
