#!/bin/sh
# live.sh ENGINE MODULE: what live-in-guest.ts reports.
. /env
exec bun lib/scap/testing/live-in-guest.ts "$@"
