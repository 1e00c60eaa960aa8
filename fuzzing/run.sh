#!/bin/sh
# Fuzzes the parsers: fuzzing/run.sh [TARGET] [EXECUTIONS]
# TARGET is a part of a target's name (Starttls, smtp), all without; 1,000,000 executions of each by default.
# New inputs, logs and crashes stay in fuzzing/target/fuzz; MERGE=1 adds to the checked-in corpus what reaches new code.
set -eu
cd "$(dirname "$0")"
wanted=${1:-}
executions=${2:-1000000}
here=$PWD
. ../build-tools/jdk.sh
use_jdk_25
(cd .. && ./mvnw -q -B -ntp -DskipTests -pl fuzzing -am package >&2)
# A copy of what is built: the next build must not pull it from under hours of fuzzing.
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
cp -r target/test-classes "$built/targets"
classpath=$built/targets
for entry in $(tr : ' ' <target/classpath); do
  case $entry in
    "${here%/fuzzing}"/*) cp -r "$entry" "$built/" && entry=$built/$(basename "$entry") ;;
  esac
  classpath=$classpath:$entry
done
# What one input may cost: a heap of 256 MB for everything (Bound.java limits its allocations besides), and a minute, most
# of which is for the first one on a busy machine: it pays for loading and instrumenting the classes. The table tells the
# slowest.
heap=256m
seconds=60
# Longer inputs for what is long in reality.
longest() {
  case $1 in
    Certificate* | RevocationList* | Handshake* | Fetched* | Staple*) echo 8192 ;;
    *) echo 4096 ;;
  esac
}
targets() {
  sed -n '/@FuzzTest/{n;s/^ *void \([A-Za-z0-9]*\)(.*/\1/p;}' "$1"
}
# What guides the fuzzer; more would only slow it down.
ours='dev.certtide.model.**:dev.certtide.probe.**:dev.certtide.notifier.**:dev.certtide.cli.**'
others='io.avaje.json.**:org.xbill.DNS.**:com.samskivert.mustache.**:de.siegmar.fastcsv.**:org.apache.hc.core5.http.**'
jazzer() { # class, method, folder of its own, and options of libFuzzer
  class=$1 method=$2 folder=$3
  shift 3
  # Relative to the folder, in which Jazzer leaves what it finds.
  (cd "$folder" && "$JAVA_HOME/bin/java" -Xmx$heap -Xss1m -XX:+UseSerialGC -XX:MaxJavaStackTraceDepth=40 \
    -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$classpath" com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method="$method" \
    --instrumentation_includes="$ours:$others" \
    --custom_hook_includes=none --max_duration=24h --mutator_framework=false "$@")
}
stat() { sed -n "s/^stat::$1: *//p" "$2" | tail -1; }

printf '| target | executions | per second | edges | corpus | slowest input | peak memory | crashes |\n'
printf '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n'
failed=0
for source in $(find src/test/java -name '*FuzzTest.java' | sort); do
  class=$(printf %s "${source#src/test/java/}" | sed 's#/#.#g; s#\.java$##')
  name=$(basename "$source" FuzzTest.java)
  for method in $(targets "$source"); do
    case "$name.$method" in *"$wanted"*) ;; *) continue ;; esac
    folder=target/fuzz/$name/$method
    checked_in=$here/src/test/resources/$(printf %s "$class" | tr . /)Inputs/$method
    mkdir -p "$folder/corpus" "$checked_in"
    rm -f "$folder"/crash-* "$folder"/timeout-* "$folder"/oom-*
    log=$folder/log
    jazzer "$class" "$method" "$folder" -runs="$executions" -max_len="$(longest "$name")" -timeout=$seconds \
      -rss_limit_mb=2048 -print_final_stats=1 corpus "$checked_in" >"$log" 2>&1 || failed=1
    crashes=$(find "$folder" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \) | wc -l)
    last=$(grep -E '^#[0-9]+' "$log" | tail -1)
    edges=$(printf %s "$last" | sed -n 's/.* cov: \([0-9]*\).*/\1/p')
    inputs=$(printf %s "$last" | sed -n 's/.* corp: \([0-9]*\).*/\1/p')
    printf '| %s | %s | %s | %s | %s | %s s | %s MB | %s |\n' "$name.$method" \
      "$(stat number_of_executed_units "$log")" "$(stat average_exec_per_sec "$log")" "$edges" "$inputs" \
      "$(stat slowest_unit_time_sec "$log")" "$(stat peak_rss_mb "$log")" "$crashes"
    if [ -n "${MERGE:-}" ]; then
      jazzer "$class" "$method" "$folder" -merge=1 "$checked_in" corpus >"$folder/merge.log" 2>&1 || failed=1
    fi
  done
done
exit $failed
