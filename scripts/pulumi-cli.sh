#!/usr/bin/env bash
# Prints a folder that holds `pulumi` and `pulumi-language-nodejs`: those on PATH where both are, else ones built from the two
# Go modules in test/pulumi/tools, once, in a cache outside the tree. Says why and fails where neither can be had.
set -euo pipefail

# The program of a dynamic provider. It is a part of the npm package @pulumi/pulumi, and the CLI finds it on PATH only.
command -v pulumi-resource-pulumi-nodejs >/dev/null ||
  echo 'Before pulumi preview and up: export PATH=$PATH:$PWD/node_modules/@pulumi/pulumi (for pulumi-resource-pulumi-nodejs)' >&2

cd "$(dirname "$0")/../test/pulumi/tools"
# Where Go installs itself, for shells that do not look there.
PATH="$PATH:/usr/local/go/bin"

if command -v pulumi >/dev/null && command -v pulumi-language-nodejs >/dev/null; then
  dirname "$(command -v pulumi)"
  exit 0
fi
wanted=$(sed -n 's/^go //p' pulumi/go.mod)
if ! command -v go >/dev/null; then
  echo "Neither the Pulumi CLI nor Go $wanted (to build it) is installed: https://www.pulumi.com/docs/install or https://go.dev/dl" >&2
  exit 1
fi
# Since 1.21 it brings the version that a module asks for by itself.
have=$(go env GOVERSION)
if [ "$(printf '%s\n' 1.21 "${have#go}" | sort -V | head -1)" != 1.21 ]; then
  echo "Go ${have#go} is too old to build the Pulumi CLI: 1.21 or later is needed, https://go.dev/dl" >&2
  exit 1
fi

sums=$(cat pulumi/go.sum language-nodejs/go.sum | sha256sum | cut -c1-16)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/heropods/pulumi-$sums"
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

# build FOLDER PACKAGE PROGRAM [LDFLAGS]: a half-written program never gets its name.
build() {
  [ -x "$cache/$3" ] && return
  echo "building $3 (once; some minutes)" >&2
  (cd "$1" && go build -tags osusergo,grpcnotrace -ldflags "-s -w ${4:-}" -o "$cache/.$3" "$2") >&2
  mv "$cache/.$3" "$cache/$3"
}
version=$(sed -n 's|^\tgithub.com/pulumi/pulumi/pkg/v3 \(v[0-9.]*\).*|\1|p' pulumi/go.mod)
build language-nodejs github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs pulumi-language-nodejs
build pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi pulumi \
  "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version"
echo "$cache"
