#!/bin/sh
# Makes the secrets of this stack in the folder secrets/. Existing ones stay as they are. Keep the folder out of git.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
[ -e secrets/grafana_password ] || openssl rand -hex 12 | tr -d '\n' >secrets/grafana_password
