#!/bin/sh
# Make sure that a Chromium is there: CHROMIUM, else PATH, else Debian's package when root; else say what to do.
set -u
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian's chromium for the browser tests …"
  log=$(mktemp)
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    exit 0
  fi
  tail -5 "$log" >&2
fi
echo "make: the tests drive Chromium and none was found: install it, or set CHROMIUM to its path." >&2
exit 2
