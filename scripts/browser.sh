#!/bin/sh
# The browser tests need Chromium or Chrome. On Debian as root the one without windows is installed, in which they need half the time;
# elsewhere one line says what to do.
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-core >/dev/null && exit 0
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
	command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && exit 0
echo "no Chromium or Chrome found: install one (Debian: apt install chromium; macOS: brew install --cask google-chrome)" >&2
[ -z "$CI" ]
