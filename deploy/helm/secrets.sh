#!/bin/sh
# sh deploy/helm/secrets.sh FOLDER NAMESPACE [--all]: what lies in a county's folder of secrets, as secrets of Kubernetes; safe to
# repeat. FOLDER is made by `SERVICE=secrets` of the image (docs/kubernetes.md). With --all what backups keep as well: everything
# but `offline`, which stays where it is. KUBECTL names another program, PREFIX another beginning of their names.
set -eu
[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0"; exit 2; }
folder=$1 namespace=$2 all=${3:-} prefix=${PREFIX:-lianban}
[ -e "$folder/bus/identity.conf" ] || { echo "$folder：不是完整的密钥文件夹，请先生成。 This is no complete folder of secrets." >&2; exit 1; }

put() { # NAME FILES...: made, or changed where it is there
    name=$1
    shift
    "${KUBECTL:-kubectl}" -n "$namespace" create secret generic "$prefix-$name" "$@" --dry-run=client -o yaml |
        "${KUBECTL:-kubectl}" -n "$namespace" apply --server-side --force-conflicts -f -
}

for part in roster inspection greenchannel feedback setup gateway; do put "$part" --from-file="$folder/$part"; done
put users --from-file="$folder/setup/users"
put mongo --from-file="$folder/mongo"
put bus --from-file="$folder/bus/identity.conf" --from-file="$folder/bus/server.pem" --from-file="$folder/bus/server.key"
[ -z "$(ls "$folder/alerts" 2>/dev/null)" ] || put alerts --from-file="$folder/alerts"
if [ "$all" = --all ]; then
    packed=$(mktemp)
    trap 'rm -f "$packed"' EXIT
    tar -C "$folder" --exclude=./offline --exclude=./bus/accounts -cf "$packed" .
    put all --from-file=secrets.tar="$packed"
fi
