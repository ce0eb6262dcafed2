#!/bin/sh
# Makes the secrets of this stack in the folder secrets/. Existing ones stay as they are. Keep the folder out of git.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
[ -e secrets/redis_password ] || openssl rand -hex 24 | tr -d '\n' >secrets/redis_password
# Every job is on disk within a second.
cat >secrets/redis.conf <<END
requirepass $(cat secrets/redis_password)
appendonly yes
dir /data
END
