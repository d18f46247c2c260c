#!/usr/bin/env bash
# Checks what runs the server: the chart is linted and rendered by helm and held to Leeway's own policies, the systemd unit is
# verified by systemd. No image is built here: that needs a container engine and its registry.
set -euo pipefail
cd "$(dirname "$0")/.."

helm_version=v3.18.6
cache="${LEEWAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/leeway}/helm-$helm_version"

# helm of the machine, else one built from its Go module.
find_helm() {
  if command -v helm >/dev/null; then command -v helm; return; fi
  if [ ! -x "$cache/helm" ]; then
    command -v go >/dev/null || return 1
    GOBIN="$cache" GOFLAGS=-mod=mod go install -ldflags='-s -w' "helm.sh/helm/v3/cmd/helm@$helm_version" >&2 || return 1
  fi
  echo "$cache/helm"
}

values=(
  --set "image.digest=sha256:$(printf 'a%.0s' {1..64})"
  --set estate.repository=https://git.example/estate.git
  --set estate.credentialsSecret=estate-git
  --set environmentSecret=leeway
  --set publicUrl=https://leeway.example
  --set ingress.enabled=true --set ingress.host=leeway.example --set ingress.tlsSecret=leeway-tls
  --set labels.owner=platform --set labels.cost-center=1200
)

if helm=$(find_helm); then
  "$helm" lint --strict --quiet deploy/helm/leeway "${values[@]}" --kube-version 1.32.0
  # What must be given is asked for, not guessed.
  if "$helm" template leeway deploy/helm/leeway --kube-version 1.32.0 >/dev/null 2>&1; then
    echo 'the chart renders without an image digest' >&2
    exit 1
  fi
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  cp deploy/estate/leeway.yaml "$scratch/"
  mkdir "$scratch/rendered"
  "$helm" template leeway deploy/helm/leeway "${values[@]}" --kube-version 1.32.0 >"$scratch/rendered/chart.yaml"
  npm run --silent leeway -- scan --estate "$scratch" --no-store --fail-on low
else
  echo 'skipped: the chart, for there is neither helm nor go'
fi

if command -v systemd-analyze >/dev/null; then
  systemd-analyze verify deploy/systemd/leeway.service
else
  echo 'skipped: the systemd unit, for there is no systemd-analyze'
fi
