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
# How long the app may take to begin its answer.
: "${ANSWER_SECONDS:=10}"
case "$ANSWER_SECONDS" in
  *[!0-9]* | 0*) refuse "ANSWER_SECONDS=\"$ANSWER_SECONDS\" is no whole number above 0" ;;
esac
# Of one client, at this gateway; twice as many may come at once.
: "${REQUESTS_PER_SECOND:=200}"
case "$REQUESTS_PER_SECOND" in
  *[!0-9]* | 0*) refuse "REQUESTS_PER_SECOND=\"$REQUESTS_PER_SECOND\" is no whole number above 0" ;;
esac
BURST=$((2 * REQUESTS_PER_SECOND))
case "${PAGE_CACHE:=on}" in
  on) PAGE_CACHE=pages ;;
  off) ;;
  *) refuse "PAGE_CACHE=\"$PAGE_CACHE\" is unknown; there are on, off" ;;
esac
# Random for each gateway, so that nothing that gets into a page can name it.
NONCE_PLACEHOLDER="nonce$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
export TEMPLATE APP_UPSTREAM BACKEND_URL RESOLVER KEEP_ALIVE_SECONDS UPSTREAM_KEEP_ALIVE_SECONDS ANSWER_SECONDS
export REQUESTS_PER_SECOND BURST PAGE_CACHE NONCE_PLACEHOLDER

configuration=/tmp/nginx.conf
{
  envsubst '${TEMPLATE} ${RESOLVER} ${KEEP_ALIVE_SECONDS} ${ANSWER_SECONDS}' </etc/gateway/http.conf.template
  envsubst '${APP_UPSTREAM} ${BACKEND_URL} ${UPSTREAM_KEEP_ALIVE_SECONDS} ${REQUESTS_PER_SECOND} ${BURST} ${PAGE_CACHE} ${NONCE_PLACEHOLDER}' <"/etc/gateway/$TEMPLATE.conf.template"
  echo '}'
} >"$configuration"
exec nginx -e /dev/stderr -c "$configuration" -g 'daemon off;'
