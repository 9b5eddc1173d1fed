# shellcheck shell=sh
# Sends every AWS call of this shell to the emulator on 127.0.0.1, and to nothing else. Source it: `. localstack/emulator.env.sh`
# ACCOUNT_ID chooses the emulated account; the default is the dev environment's. EMULATOR_INSTANCE chooses the instance, if it is not the shared one.

# First forget whatever could redirect a call or lend it real credentials.
for name in $(env | sed -n 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p'); do
  unset "$name"
done

# Compose makes the names of containers of it; the shared instance has none.
[ "${EMULATOR_INSTANCE:-default}" != default ] || EMULATOR_INSTANCE=
export EMULATOR_INSTANCE
instance="portfolio-dashboard${EMULATOR_INSTANCE:+-$EMULATOR_INSTANCE}"

# The port of this machine on which a container's port is published, else the shared instance's.
port_of() {
  port=$(docker port "$instance-$1" "$2" 2>/dev/null | sed -n '1s/.*://p')
  [ -n "$port" ] || [ -n "$EMULATOR_INSTANCE" ] || port=$3
  echo "$port"
}
emulator_port=${EMULATOR_PORT:-$(port_of emulator 4566 4566)}
control_plane_port=${CONTROL_PLANE_PORT:-$(port_of aws-control-plane-1 4567 4567)}
dashboard_port=${DASHBOARD_PORT:-$(port_of aws-load-balancers-1 10080 8081)}
if [ -z "$emulator_port" ]; then
  echo "No emulator runs under the name $instance-emulator: start it with make up EMULATOR_INSTANCE=$EMULATOR_INSTANCE, then source this file again." >&2
  # Nothing answers here.
  emulator_port=9 control_plane_port=9 dashboard_port=9
fi

# An IP address, not "localhost": the SDKs then address S3 buckets by path, which needs no DNS.
export AWS_ENDPOINT_URL="http://127.0.0.1:$emulator_port"
export AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING="http://127.0.0.1:$control_plane_port"
export LOAD_BALANCERS_URL="http://127.0.0.1:$dashboard_port"
unset instance port emulator_port control_plane_port dashboard_port
unset -f port_of
# The emulator takes a 12-digit access key id for the account.
export AWS_ACCESS_KEY_ID="${ACCOUNT_ID:-111111111111}"
export AWS_SECRET_ACCESS_KEY=test
export AWS_REGION=us-east-1
export AWS_DEFAULT_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true
export AWS_MAX_ATTEMPTS=2
export AWS_CONFIG_FILE=/dev/null
export AWS_SHARED_CREDENTIALS_FILE=/dev/null
export CHECKPOINT_DISABLE=1
# Terraform's AWS provider lives for seconds and spends a quarter of its CPU collecting garbage: 5.1 s instead of 6.8 for a plan of
# compute, for 170 MB more at its peak.
export GOGC="${GOGC:-400}"
# The emulated ECS takes images from the local Docker store.
export TF_VAR_push_images=false

# Where `make up` prepared Terraform's providers, use those; cdktf also asks for their checksums, which ignores the configuration.
prepared="${XDG_CACHE_HOME:-$HOME/.cache}/portfolio-dashboard"
if [ -f "$prepared/terraformrc" ]; then
  export TF_CLI_CONFIG_FILE="$prepared/terraformrc"
  if grep -q filesystem_mirror "$prepared/terraformrc"; then
    export TF_CLI_ARGS_providers_lock="-fs-mirror=$prepared/terraform-providers"
  fi
fi
unset prepared
