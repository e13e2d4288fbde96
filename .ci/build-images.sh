#!/usr/bin/env bash
# Makes the base images of the container suite out of Debian packages, npm packages and Go modules, for machines that
# reach those registries and no container registry. What is particular to the machine (its package mirror, its
# certificates, its registries) is read from the machine's own settings and stays in these images.
# An image that exists already is kept: its tag names what it was made of. One named in the environment is taken as is.
#   build-images.sh ENV_FILE    writes NODE_IMAGE=…, POSTGRES_IMAGE=… and MINIO_IMAGE=… into ENV_FILE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
env_file="$1"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

node_version="$(node -p 'require("./package.json").devDependencies.node')"
npm_version="$(node -p 'require("./package.json").packageManager.split("@")[1]')"
codename="$(. /etc/os-release && echo "$VERSION_CODENAME")"

# tag NAME VERSION FILE…: a name that changes when one of the files does.
tag() {
  local name="$1" version="$2"
  shift 2
  echo "oss-callback-ci/$name:$version-$(cat .ci/build-images.sh "$@" | sha256sum | cut -c1-12)"
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
    awk -v release="$codename" '$2 == release && $3 == "main" { print $1; exit }')"
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

debian="$(tag debian "$codename")"
node="${NODE_IMAGE:-$(tag node "$node_version" .ci/images/node.Dockerfile)}"
postgres="${POSTGRES_IMAGE:-$(tag postgres "$codename" .ci/images/postgres.Dockerfile .ci/images/postgres-entrypoint.sh)}"
minio="${MINIO_IMAGE:-$(tag minio "$codename" .ci/images/go.Dockerfile docker/minio.Dockerfile)}"

if ! exists "$node" || ! exists "$postgres" || ! exists "$minio"; then
  ensure debian "$debian"
  # MinIO compiles for minutes; the other two wait for downloads meanwhile.
  ensure minio "$minio" &
  minio_build=$!
  ensure node "$node"
  ensure postgres "$postgres"
  wait "$minio_build"
fi
printf '%s\n' "NODE_IMAGE=$node" "POSTGRES_IMAGE=$postgres" "MINIO_IMAGE=$minio" >"$env_file"
