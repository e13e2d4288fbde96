# A Docker engine for the container suite: the one that runs, or one of our own that ends with the run.
# Sourced by run, which sets work_dir.
# shellcheck shell=bash disable=SC2154

engine_pid=''

install_engine_packages() {
  local missing=()
  if ! docker info >/dev/null 2>&1; then
    command -v dockerd >/dev/null || missing+=(docker.io)
    command -v iptables >/dev/null || missing+=(iptables)
  fi
  command -v debootstrap >/dev/null || missing+=(debootstrap)
  # Also where nothing is missing: the images are made from the lists that this fetches.
  apt-get update -q=2 || return
  [ ${#missing[@]} = 0 ] && return
  echo "installing ${missing[*]}"
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -q=2 -y --no-install-recommends "${missing[@]}" >"$work_dir/apt.log" 2>&1; then
    cat "$work_dir/apt.log" >&2
    return 1
  fi
}

start_docker_engine() {
  if docker info >/dev/null 2>&1; then
    echo 'using the engine that runs already'
    return
  fi
  # The bridge must not promise larger packets than the way out carries, or downloads in containers stall.
  local mtu
  mtu="$(cat "/sys/class/net/$(default_interface)/mtu" 2>/dev/null || echo 1500)"
  # State in the run's own folder: what a killed engine left under /var/run cannot be taken for ours.
  setsid dockerd --mtu "$mtu" --pidfile "$work_dir/dockerd.pid" --exec-root "$work_dir/dockerd" \
    >"$work_dir/dockerd.log" 2>&1 </dev/null &
  engine_pid=$!
  for _ in $(seq 120); do
    docker info >/dev/null 2>&1 && break
    kill -0 "$engine_pid" 2>/dev/null || break
    sleep 0.5
  done
  if ! docker info >/dev/null 2>&1; then
    echo 'dockerd did not start; the end of its log:' >&2
    tail -n 40 "$work_dir/dockerd.log" >&2
    return 1
  fi
  docker version --format 'started Docker {{.Server.Version}}'
}

# The line of the routing table with destination 0 names the interface of the default route.
default_interface() { awk '$2 == "00000000" { print $1; exit }' /proc/net/route; }

stop_docker_engine() {
  [ -n "$engine_pid" ] || return 0
  kill "$engine_pid" 2>/dev/null || true
  wait "$engine_pid" 2>/dev/null || true
  # The engine leaves this mount behind, and the run's folder could not be removed.
  umount "$work_dir/dockerd/netns/default" 2>/dev/null || true
}
