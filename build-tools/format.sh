#!/bin/sh
# Formats every Java source, as the test in house-rules wants it.
set -eu
cd "$(dirname "$0")/.."
. build-tools/jdk.sh
use_jdk_25
[ -f house-rules/target/classpath ] || ./mvnw -q -B -ntp -DskipTests -pl house-rules -am package
exports=
for package in api code file parser tree util; do
  exports="$exports --add-exports jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
done
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" $exports -Dcerttide.home="$PWD" \
  -cp "house-rules/target/test-classes:$(cat house-rules/target/classpath)" dev.certtide.rules.Sources
