# Sourced by quickstart.sh and test.sh: brings a fresh machine what is needed, and says what it does.
say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

require_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Node.js 20.19 or later with npm is needed first: https://nodejs.org/en/download" >&2
    exit 1
  fi
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
    echo "Node.js 20.19 or later is needed; this is $(node --version): https://nodejs.org/en/download" >&2
    exit 1
  }
}

# install_packages COMMAND:APT:DNF ... : what is missing, through this system's package manager. A command may be a path.
install_packages() {
  local apt=() dnf=() one command
  for one in "$@"; do
    IFS=: read -r command a d <<<"$one"
    if [[ $command == /* ]]; then [ -e "$command" ] && continue; else PATH="$PATH:/usr/sbin:/sbin" command -v "$command" >/dev/null && continue; fi
    apt+=("$a") dnf+=("$d")
  done
  [ ${#apt[@]} = 0 ] && return 0
  if command -v apt-get >/dev/null; then
    say "installing with apt: ${apt[*]}"
    as_root apt-get update -qq
    # A server that a package would start is not wanted: HeroPods starts its own.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${apt[@]}" >/dev/null
  elif command -v dnf >/dev/null; then
    say "installing with dnf: ${dnf[*]}"
    as_root dnf install -y -q "${dnf[@]}"
  else
    echo "Neither apt nor dnf is here. Install by hand: ${apt[*]}" >&2
    exit 1
  fi
}

system_packages() {
  install_packages \
    crun:crun:crun conmon:conmon:conmon podman:podman:podman ip:iproute2:iproute iptables:iptables:iptables-nft nft:nftables:nftables \
    conntrack:conntrack:conntrack-tools \
    redis-server:redis-server:valkey-compat-redis busybox:busybox-static:busybox catatonit:catatonit:catatonit \
    flock:util-linux:util-linux-core find:findutils:findutils tar:tar:tar git:git:git-core ssh-keygen:openssh-client:openssh \
    /usr/share/containers/seccomp.json:golang-github-containers-common:containers-common
}

node_packages() {
  # npm writes this file last: with it newer than the lockfile everything is installed.
  if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    say "installing Node packages (npm ci)"
    npm ci --no-audit --no-fund --loglevel=error
  fi
}
