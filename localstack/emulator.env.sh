# shellcheck shell=sh
# Sends every AWS call of this shell to the emulator on 127.0.0.1, and to nothing else. Source it: `. localstack/emulator.env.sh`
# ACCOUNT_ID chooses the emulated account; the default is the dev environment's.

# First forget whatever could redirect a call or lend it real credentials.
for name in $(env | sed -n 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p'); do
  unset "$name"
done

# An IP address, not "localhost": the SDKs then address S3 buckets by path, which needs no DNS.
export AWS_ENDPOINT_URL=http://127.0.0.1:4566
export AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING=http://127.0.0.1:4567
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
