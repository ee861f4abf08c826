#!/bin/sh
# Bring what the browser tests need: Chromium and a font with Chinese. `make test` calls it.
set -u
missing=
for one in "${CAOPAN_CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do
  command -v "$one" >/dev/null && found=1
done
[ -n "${found:-}" ] || missing=chromium
{ command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh file)" ]; } \
  || missing="$missing fontconfig fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086 - several packages
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends install $missing && exit 0
fi
echo "the tests in a browser need these packages, which could not be installed here: $missing" >&2
echo "hint: sudo apt-get install $missing (or name a Chromium in CAOPAN_CHROMIUM)" >&2
[ -z "${CI:-}" ]
