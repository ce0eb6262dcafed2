#!/bin/sh
# Makes the secrets of this stack in the folder secrets/. Existing ones stay as they are. Keep the folder out of git.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
[ -e secrets/db_password ] || openssl rand -hex 24 | tr -d '\n' >secrets/db_password
printf 'postgres://app:%s@db:5432/app' "$(cat secrets/db_password)" >secrets/db_uri
