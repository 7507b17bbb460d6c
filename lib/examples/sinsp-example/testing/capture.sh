#!/bin/sh
# capture.sh OPTION…: sinsp-example with these options while session.sh does its work, then Ctrl-C. Prints what it printed, behind
# a line "---" what it said on standard error, and ends as it ended. The options must let events pass of files below /tmp that sh
# opens: that is how we know that the capture has begun, and that it has come to the end.
. /env
: >/out
: >/err
bun harness/cli/main.ts sinsp-example "$@" >/out 2>/err &
sinsp=$!

until [ -s /out ] || [ -s /err ]; do
	: >/tmp/begin
	sleep 0.5
done
sh /session.sh
: >/tmp/end
# By cat, because sh reads byte by byte, and all that would be recorded, too.
until case $(cat /out) in *"/tmp/end"*) ;; *) [ -s /err ] ;; esac do
	sleep 0.5
done
kill -INT $sinsp
wait $sinsp
status=$?
cat /out
echo ---
cat /err
exit $status
