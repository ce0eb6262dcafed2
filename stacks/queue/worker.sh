# Takes jobs one by one. A job moves to a list of this worker in the same instant in which it leaves the queue, and leaves that list when its
# result is stored. A worker that was killed puts its job back when it starts again: a job may be done twice, so it must be repeatable.
export REDISCLI_AUTH="$(cat /run/secrets/redis_password)"
redis() { redis-cli -e -h redis --raw "$@"; }
own="jobs:running:$(hostname)"

# `heropods stop` and updates send SIGTERM: the present job ends first.
stopping=
trap 'stopping=yes' TERM

while unfinished="$(redis lmove "$own" jobs:waiting left left)" && [ -n "$unfinished" ]; do
  echo "again: $unfinished"
done

echo "waiting for jobs"
while [ -z "$stopping" ]; do
  # Waits up to 2 seconds, so that a signal is seen.
  job="$(redis blmove jobs:waiting "$own" left right 2)" || sleep 1
  [ -n "$job" ] || continue

  # Your work is here.
  result="$(printf '%s' "$job" | sha256sum | cut -d ' ' -f 1)"

  redis rpush jobs:done "$job $result by $(hostname)" >/dev/null &&
    redis lrem "$own" 1 "$job" >/dev/null &&
    echo "done: $job"
done
