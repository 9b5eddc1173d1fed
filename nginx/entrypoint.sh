#!/bin/sh
# Renders the template that TEMPLATE names, then becomes nginx.
set -eu

refuse() {
  echo "gateway: $1" >&2
  exit 64
}

case "${TEMPLATE:-}" in
  frontend) [ -n "${BACKEND_URL:-}" ] || refuse "BACKEND_URL is not set; it is the address of the API, such as http://backend.dev.internal" ;;
  backend) ;;
  *) refuse "TEMPLATE=\"${TEMPLATE:-}\" is unknown; there are frontend, backend" ;;
esac
[ -n "${APP_UPSTREAM:-}" ] || refuse "APP_UPSTREAM is not set; it is the app's host and port, such as 127.0.0.1:3000"

# nginx appends the path of the request, to a slash at the end too.
BACKEND_URL="${BACKEND_URL:-}"
BACKEND_URL="${BACKEND_URL%/}"
# Docker's embedded DNS or the VPC's: whatever this container was given.
: "${RESOLVER:=$(awk '$1 == "nameserver" { printf "%s%s", space, ($2 ~ /:/) ? "[" $2 "]" : $2; space = " " }' /etc/resolv.conf)}"
[ -n "$RESOLVER" ] || refuse "RESOLVER is not set and /etc/resolv.conf names no nameserver; it is the address of one, such as 127.0.0.11"
# On AWS both come from the task definition, which derives them with the load balancer's idle timeout.
: "${KEEP_ALIVE_SECONDS:=75}" "${UPSTREAM_KEEP_ALIVE_SECONDS:=60}"
export TEMPLATE APP_UPSTREAM BACKEND_URL RESOLVER KEEP_ALIVE_SECONDS UPSTREAM_KEEP_ALIVE_SECONDS

configuration=/tmp/nginx.conf
{
  envsubst '${TEMPLATE} ${RESOLVER} ${KEEP_ALIVE_SECONDS}' </etc/gateway/http.conf.template
  envsubst '${APP_UPSTREAM} ${BACKEND_URL} ${UPSTREAM_KEEP_ALIVE_SECONDS}' <"/etc/gateway/$TEMPLATE.conf.template"
  echo '}'
} >"$configuration"
exec nginx -e /dev/stderr -c "$configuration" -g 'daemon off;'
