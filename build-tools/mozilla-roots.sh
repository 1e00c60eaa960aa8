#!/bin/sh
# Writes the root certificates that tls-probe trusts, from the copy of Mozilla's list that Node.js carries
# (tls.rootCertificates: the same on all platforms, fixed when Node.js is released). Run by hand, when there is a newer
# list: set the four values below, look at what `git diff` says, and commit.
#
# Why not the npm package certifi: its newest version, 14.5.15, holds Mozilla's list of 2014, without Let's Encrypt.
set -eu
node=26.10.0      # from the npm registry, for this machine's platform
nss=3.126         # which list that is, by Node.js's changelog ("crypto: update root certificates to NSS ...")
as_of=2026-08-18  # the day on which Firefox shipped that list (Firefox 154.0), by the message of that commit
before=20.20.2    # the Node.js to take roots from that are distrusted by date and are on the list no longer

cd "$(dirname "$0")/../tls-probe/src/main/resources/dev/certtide/probe/trust"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $(uname -s) in Darwin) system=darwin ;; *) system=linux ;; esac
case $(uname -m) in arm64 | aarch64) cpu=arm64 ;; *) cpu=x64 ;; esac

fetch_node() { # prints where the binary of version $1 is
  archive=$(cd "$work" && npm pack --silent "node-$system-$cpu@$1" 2>/dev/null)
  mkdir "$work/$1"
  tar -xzf "$work/$archive" -C "$work/$1" package/bin/node
  echo "$work/$1/package/bin/node"
}

new=$(fetch_node "$node")
old=$(fetch_node "$before")

cat >"$work/roots.js" <<'JS'
const { createHash, X509Certificate } = require('crypto');
const known = new Set((process.argv[2] || '').split(',').filter(Boolean));
const roots = require('tls').rootCertificates.map((pem) => {
  const certificate = new X509Certificate(pem);
  const sha256 = createHash('sha256').update(certificate.raw).digest('hex');
  const base64 = certificate.raw.toString('base64').match(/.{1,64}/g).join('\n');
  const subject = certificate.subject.split('\n').reverse().join(', ');
  return { sha256, text: `# ${subject}\n# SHA-256 ${sha256}\n-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----` };
});
roots.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
for (const root of roots) {
  if (known.size === 0 || known.has(root.sha256)) console.log('\n' + root.text);
}
JS

{
  echo "# Mozilla's root certificates for TLS servers. Written by build-tools/mozilla-roots.sh; not to be edited."
  echo "# Source: tls.rootCertificates of Node.js $node, which is certdata.txt of NSS $nss (MPL 2.0)"
  echo "# As of: $as_of"
  "$new" "$work/roots.js"
} >"$work/mozilla-roots.pem"

listed=$(sed -n 's/^# SHA-256 //p' "$work/mozilla-roots.pem")
gone=$(sed -n 's/^\([0-9a-f]\{64\}\)\..*/\1/p' distrust-dates.properties | sort -u |
  while IFS= read -r root; do
    case $listed in *"$root"*) ;; *) printf '%s,' "$root" ;; esac
  done)

{
  echo "# Roots that browsers have ceased to trust by date and that are on Mozilla's list no longer: known, so that a chain"
  echo "# to them can be named. Written by build-tools/mozilla-roots.sh; not to be edited."
  echo "# Source: tls.rootCertificates of Node.js $before"
  echo "# As of: $as_of"
  "$old" "$work/roots.js" "$gone"
} >"$work/distrusted-roots.pem"

mv "$work/mozilla-roots.pem" "$work/distrusted-roots.pem" .
grep -c 'BEGIN CERTIFICATE' mozilla-roots.pem distrusted-roots.pem
