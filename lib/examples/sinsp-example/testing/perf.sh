#!/bin/sh
# perf.sh OPTION…: sinsp-example with these options, among them -n, while programs run until that many events have come.
. /env
bun harness/cli/main.ts sinsp-example "$@" 2>&1 &
sinsp=$!
# It is a zombie when it has ended, or gone if sh has noticed.
while case $(cat /proc/$sinsp/status 2>/dev/null) in "" | *zombie*) false ;; esac do
	/bin/workload 1
	sleep 2
done
wait $sinsp
