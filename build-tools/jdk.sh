# Finds a JDK 25. Sourced by mvnw and certtide; sets JAVA_HOME or ends with a sentence that says what to install.

jdk_feature() { # prints the feature release of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  if command -v java >/dev/null 2>&1; then
    java_on_path=$(command -v java)
    while [ -L "$java_on_path" ]; do
      link=$(readlink "$java_on_path")
      case $link in /*) java_on_path=$link ;; *) java_on_path=$(dirname "$java_on_path")/$link ;; esac
    done
    dirname "$(dirname "$java_on_path")"
  fi
  [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25 2>/dev/null
  for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*; do
    [ -d "$folder" ] && printf '%s\n' "$folder"
  done
}

use_jdk_25() {
  jdk_home=$(jdk_candidates | while IFS= read -r home; do
    if [ "$(jdk_feature "$home")" = 25 ]; then printf '%s\n' "$home"; break; fi
  done)
  if [ -z "$jdk_home" ]; then
    echo "certtide: no JDK 25 found. Install one (for example Temurin 25: https://adoptium.net) or point JAVA_HOME to it." >&2
    exit 1
  fi
  JAVA_HOME=$jdk_home
  export JAVA_HOME
}

need_node_20() {
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "certtide: Node.js and npm not found. Install Node.js 20 or newer (https://nodejs.org)." >&2
    exit 1
  fi
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "certtide: Node.js $(node --version) is too old. Install Node.js 20 or newer (https://nodejs.org)." >&2
    exit 1
  fi
}
