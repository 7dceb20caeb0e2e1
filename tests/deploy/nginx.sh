#!/bin/sh
# Make sure that nginx and openssl are there: on PATH (or where Debian puts them), else Debian's packages when root; else say what to do.
set -u
PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian's nginx-light and openssl for the deployment tests …"
  log=$(mktemp)
  # A policy file keeps the package from starting a server of its own.
  policy=/usr/sbin/policy-rc.d
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && ours=$policy; }
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light openssl; } >"$log" 2>&1 </dev/null; then
    rm -f "$log" ${ours:+"$ours"}
    exit 0
  fi
  rm -f ${ours:+"$ours"}
  tail -5 "$log" >&2
fi
echo "make: the deployment tests put nginx in front of two processes and make a certificate: install nginx-light and openssl." >&2
exit 2
