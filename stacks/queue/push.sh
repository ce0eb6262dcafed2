# sh push.sh TEXT...: adds a job for each text.
export REDISCLI_AUTH="$(cat /run/secrets/redis_password)"
exec redis-cli -h redis rpush jobs:waiting "$@"
