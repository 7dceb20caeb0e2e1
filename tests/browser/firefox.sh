#!/bin/sh
# Make sure that a Firefox is there and print its path: FIREFOX, else PATH, else Debian's package when root; else say what to do.
set -u
[ -n "${FIREFOX:-}" ] && [ -x "$FIREFOX" ] && echo "$FIREFOX" && exit 0
for name in firefox-esr firefox; do
  command -v "$name" 2>/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  log=$(mktemp)
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    command -v firefox-esr && exit 0
  fi
  tail -5 "$log" >&2
fi
echo "The smoke test drives Firefox and none was found: install Debian's firefox-esr, or set FIREFOX to its path." >&2
exit 2
