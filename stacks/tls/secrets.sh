#!/bin/sh
# Makes a certificate for localhost in the folder secrets/, to try the stack. An existing one stays. Keep the folder out of git.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
[ -e secrets/tls.crt ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout secrets/tls.key -out secrets/tls.crt
