#!/bin/bash
# Starts etcd, the API server and the controller manager on loopback and waits until they answer.
# Usage: start.sh <control-plane binary> <empty folder>; ports by LEEWAY_LAB_ETCD_PORT and LEEWAY_LAB_KUBE_PORT.
# Writes <folder>/kubeconfig (admin) and <folder>/reader.kubeconfig (may read everything but Secrets), and one
# <part>.pid a process; stop.sh <folder> ends them.
set -euo pipefail
binary=$(realpath "$1")
mkdir -p "$2"
cd "$2"
etcd=${LEEWAY_LAB_ETCD_PORT:-22379}
port=${LEEWAY_LAB_KUBE_PORT:-26443}
[ -f sa.key ] || openssl genrsa -out sa.key 2048 2>/dev/null
admin=$(openssl rand -hex 16)
reader=$(openssl rand -hex 16)
printf '%s,admin,1,"system:masters"\n%s,reader,2,"readers"\n' "$admin" "$reader" > tokens.csv
launch() {
  "$binary" "$@" >"$1.log" 2>&1 </dev/null &
  echo $! > "$1.pid"
}
launch etcd "$PWD/etcd" "$etcd"
launch apiserver --etcd-servers="http://127.0.0.1:$etcd" --secure-port="$port" --bind-address=127.0.0.1 \
  --advertise-address=10.255.0.1 --endpoint-reconciler-type=none --cert-dir="$PWD/certificates" \
  --token-auth-file=tokens.csv --authorization-mode=RBAC --service-account-key-file=sa.key \
  --service-account-signing-key-file=sa.key --service-account-issuer=https://kubernetes.default.svc \
  --service-cluster-ip-range=10.0.0.0/24 --profiling=false --allow-privileged=true
kubeconfig() {
  cat > "$1" <<YAML
apiVersion: v1
kind: Config
current-context: lab
clusters: [{ name: lab, cluster: { server: "https://127.0.0.1:$port", certificate-authority: "$PWD/certificates/apiserver.crt" } }]
contexts: [{ name: lab, context: { cluster: lab, user: lab } }]
users: [{ name: lab, user: { token: "$2" } }]
YAML
}
kubeconfig kubeconfig "$admin"
kubeconfig reader.kubeconfig "$reader"
for _ in $(seq 120); do
  curl -sfk -H "Authorization: Bearer $admin" "https://127.0.0.1:$port/readyz" >/dev/null && break
  sleep 0.5
done
curl -sSfk -H "Authorization: Bearer $admin" "https://127.0.0.1:$port/readyz" >/dev/null
launch controller-manager --kubeconfig="$PWD/kubeconfig" --authentication-kubeconfig="$PWD/kubeconfig" \
  --authorization-kubeconfig="$PWD/kubeconfig" --service-account-private-key-file=sa.key --root-ca-file=certificates/apiserver.crt \
  --use-service-account-credentials=false --leader-elect=false --bind-address=127.0.0.1 --secure-port=0
echo "$PWD/kubeconfig"
