#!/bin/bash
# Writes docs/api.md from the types of the built library: run it after `npm run build`. TypeDoc needs an older TypeScript than the build, so it is not a dependency.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
packages=(typedoc@0.28.14 typedoc-plugin-markdown@4.9.0 typescript@5.9.3)
npm exec --yes "${packages[@]/#/--package=}" -- typedoc --logLevel Warn --out "$out"
{
  echo '<!-- Made by `npm run docs:api` from the docstrings of src/api. Do not edit. -->'
  echo
  cat scripts/api-head.md
  # The list of all codes would be one line of 4,000 letters.
  sed '/^# The library$/d; s/^> \*\*ErrorCode\*\* = .*/> **ErrorCode** = a code of [Errors](errors.md), e.g. `"image-pull-failed"`/; s/[[:space:]]*$//' "$out/README.md" | cat -s
} > docs/api.md
