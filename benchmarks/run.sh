#!/bin/sh
# Runs a benchmark: benchmarks/run.sh PublishToStored [URLS]
set -eu
cd "$(dirname "$0")/.."
. build-tools/jdk.sh
use_jdk_25
benchmark=${1:?name a benchmark: PublishToStored}
shift
./mvnw -q -B -ntp -DskipTests -pl benchmarks,infra-cdk -am package >&2
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dcerttide.home="$PWD" \
  -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" "dev.certtide.benchmarks.$benchmark" "$@"
