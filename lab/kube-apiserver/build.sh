#!/bin/bash
# Builds the control plane of main.go into a folder outside the repository (default: the user's cache) and prints the
# binary's path. Takes some ten minutes on two cores the first time; needs Go 1.26 and its module proxy.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/leeway-lab/control-plane}
mkdir -p "$(dirname "$target")"
cd "$here"
version=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\).*/\1/p' go.mod)
minor=$(cut -d. -f2 <<<"$version")
stamp=k8s.io/component-base/version
CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-buildvcs=false nice go build -p "${LEEWAY_LAB_JOBS:-1}" -trimpath \
  -ldflags "-s -w -X $stamp.gitVersion=$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=$minor" -o "$target" .
echo "$target"
