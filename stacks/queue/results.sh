# Prints the jobs that are done, with their results.
export REDISCLI_AUTH="$(cat /run/secrets/redis_password)"
exec redis-cli -h redis --raw lrange jobs:done 0 -1
