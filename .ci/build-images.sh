#!/usr/bin/env bash
# Makes the base images of the container suite out of Debian packages, npm packages and Go modules, for machines that
# reach those registries and no container registry. What is particular to the machine (its package mirror, its
# certificates, its registries) is read from the machine's own settings and stays in these images.
# An image that exists already is kept: its tag names what it was made of. One named in the environment is taken as is.
#   build-images.sh ENV_FILE    writes NODE_IMAGE=…, POSTGRES_IMAGE=… and MINIO_IMAGE=… into ENV_FILE
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
env_file="$1"
scratch="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$scratch"' EXIT

node_version="$(node -p 'require("./package.json").devDependencies.node')"
npm_version="$(node -p 'require("./package.json").packageManager.split("@")[1]')"
codename="$(. /etc/os-release && echo "$VERSION_CODENAME")"

# tag KIND VERSION FILE…: a name that changes when what makes the image does.
tag() {
  local kind="$1" version="$2"
  shift 2
  echo "oss-callback-ci/$kind:$version-$({ declare -f make_debian "make_$kind" && cat /dev/null "$@"; } | sha256sum | cut -c1-12)"
}

exists() { docker image inspect "$1" >/dev/null 2>&1; }

# build DOCKERFILE TAG CONTEXT ARG…: the classic builder, which every engine has; the host's network, since a mirror
# may be reachable from there only.
build() {
  local dockerfile="$1" image="$2" context="$3"
  shift 3
  local log
  log="$(mktemp -p "$scratch")"
  DOCKER_BUILDKIT=0 docker build --quiet --network host -f "$dockerfile" -t "$image" "$@" "$context" >"$log" 2>&1 || {
    cat "$log" >&2
    return 1
  }
}

make_debian() {
  local root="$scratch/debian" mirror
  mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v release="$codename" '$2 == release && $3 == "main" && !found { print $1; found = 1 }')"
  debootstrap --variant=minbase --include=ca-certificates "$codename" "$root" "$mirror" >"$scratch/debootstrap.log" || {
    tail -n 20 "$scratch/debootstrap.log" >&2
    return 1
  }
  chroot "$root" apt-get clean
  # The host's certificates: whoever answers for the registries here is trusted in the images as it is on the host.
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  tar -C "$root" --one-file-system -c . | docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' --change 'ENV LANG=C.UTF-8' - "$debian" >/dev/null
  rm -rf "$root"
}

make_node() {
  local context="$scratch/node" package
  mkdir -p "$context/node" "$context/npm"
  package="$(node -p '`node-${process.platform}-${process.arch}`')"
  (cd "$context" && npm pack --silent "$package@$node_version" "npm@$npm_version" >/dev/null)
  tar -xzf "$context/$package-$node_version.tgz" -C "$context/node" --strip-components=1
  tar -xzf "$context/npm-$npm_version.tgz" -C "$context/npm" --strip-components=1
  echo "registry=$(npm config get registry)" >"$context/npmrc"
  build .ci/images/node.Dockerfile "$node" "$context" --build-arg "DEBIAN_IMAGE=$debian"
  rm -rf "$context"
}

make_postgres() {
  build .ci/images/postgres.Dockerfile "$postgres" .ci/images --build-arg "DEBIAN_IMAGE=$debian"
}

make_minio() {
  local go_image=oss-callback-ci/go:build
  build .ci/images/go.Dockerfile "$go_image" "$(go env GOROOT)" --build-arg "DEBIAN_IMAGE=$debian" \
    --build-arg "GOPROXY=$(go env GOPROXY)" --build-arg "GOSUMDB=$(go env GOSUMDB)"
  local arguments=(docker --build-arg "GO_IMAGE=$go_image" --build-arg "DEBIAN_IMAGE=$debian")
  # The first stage under a name of its own, so that its two gigabytes of modules and objects can be thrown away.
  build docker/minio.Dockerfile oss-callback-ci/minio:build "${arguments[@]}" --target build
  build docker/minio.Dockerfile "$minio" "${arguments[@]}"
  docker image rm oss-callback-ci/minio:build "$go_image" >/dev/null
}

# ensure KIND IMAGE: makes the image unless it is there.
ensure() {
  local kind="$1" image="$2" started=$SECONDS
  exists "$image" && return
  "make_$kind"
  echo "made $image in $((SECONDS - started)) s"
}

# remove_outdated IMAGE…: earlier images of the same kinds, unless a container uses one.
remove_outdated() {
  local image outdated
  for image in "$@"; do
    outdated="$(docker images --format '{{.Repository}}:{{.Tag}}' "${image%%:*}" | grep -vxF "$image" || true)"
    # shellcheck disable=SC2086
    [ -z "$outdated" ] || docker image rm $outdated >/dev/null || true
  done
}

debian="$(tag debian "$codename")"
node="$(tag node "$node_version" .ci/images/node.Dockerfile)"
postgres="$(tag postgres "$codename" .ci/images/postgres.Dockerfile .ci/images/postgres-entrypoint.sh)"
minio="$(tag minio "$codename" .ci/images/go.Dockerfile docker/minio.Dockerfile)"

wanted=()
[ -n "${NODE_IMAGE:-}" ] || exists "$node" || wanted+=(node)
[ -n "${POSTGRES_IMAGE:-}" ] || exists "$postgres" || wanted+=(postgres)
# The longest first.
[ -n "${MINIO_IMAGE:-}" ] || exists "$minio" || wanted=(minio "${wanted[@]}")

if [ ${#wanted[@]} != 0 ]; then
  ensure debian "$debian"
  # Side by side: MinIO compiles for minutes, the others wait for downloads meanwhile.
  makers=()
  for kind in "${wanted[@]}"; do
    ensure "$kind" "${!kind}" &
    makers+=($!)
  done
  for maker in "${makers[@]}"; do
    wait "$maker"
  done
  remove_outdated "$debian" "$node" "$postgres" "$minio"
fi
printf '%s\n' "NODE_IMAGE=${NODE_IMAGE:-$node}" "POSTGRES_IMAGE=${POSTGRES_IMAGE:-$postgres}" \
  "MINIO_IMAGE=${MINIO_IMAGE:-$minio}" >"$env_file"
