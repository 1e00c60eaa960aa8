#!/bin/sh
# Runs a benchmark: benchmarks/run.sh PublishToStored [URLS]; benchmarks/run.sh ProbeNumbers [OPTIONS];
# benchmarks/run.sh Rechecks [TARGETS...] [tls]; benchmarks/run.sh Simulation [STEPS] [--seed=N]
set -eu
cd "$(dirname "$0")/.."
. build-tools/jdk.sh
use_jdk_25
benchmark=${1:?name a benchmark: PublishToStored, ProbeNumbers, FleetDays, CostNumbers, Rechecks, Simulation}
shift
modules=benchmarks
package=dev.certtide.benchmarks
home=benchmarks
flags=
case $benchmark in
  PublishToStored) main=$benchmark modules=benchmarks,infra-cdk ;;
  ProbeNumbers) main=probe.$benchmark ;;
  FleetDays) main=cost.$benchmark ;;
  CostNumbers)
    main=cost.$benchmark modules=benchmarks,infra-cdk
    # As the template tells Lambda to keep connections.
    flags='-Dhttp.maxConnections=100'
    ;;
  Rechecks)
    main=scale.$benchmark modules=benchmarks,infra-cdk
    # The serial collector, as in Lambda; and stacks deep enough to see who called the AWS SDK.
    flags='-XX:+UseSerialGC -Xmx2g -XX:FlightRecorderOptions=stackdepth=256'
    ;;
  Simulation)
    main=Simulations modules=simulation package=dev.certtide.simulation home=simulation
    # One carrier, so that what functions do at once is done in the same order each time.
    flags='-XX:+UseSerialGC -Xmx1g -Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1'
    ;;
  *)
    echo "certtide: there is no benchmark $benchmark, only PublishToStored, ProbeNumbers, FleetDays, CostNumbers, Rechecks and Simulation" >&2
    exit 2
    ;;
esac
./mvnw -q -B -ntp -DskipTests -pl "$modules" -am package >&2
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" $flags --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dcerttide.home="$PWD" \
  -cp "$home/target/classes:$(cat "$home/target/classpath")" "$package.$main" "$@"
