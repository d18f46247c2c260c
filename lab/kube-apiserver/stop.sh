#!/bin/bash
# Ends what start.sh started in <folder>.
set -uo pipefail
for part in controller-manager apiserver etcd; do
  [ -f "$1/$part.pid" ] && kill "$(cat "$1/$part.pid")" 2>/dev/null
  rm -f "$1/$part.pid"
done
exit 0
