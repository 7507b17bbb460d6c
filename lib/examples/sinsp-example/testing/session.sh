#!/bin/sh
# What somebody does while they are watched: a little by the shell itself, then programs, files and HTTP.
cd /tmp
echo 'hello there' >"greeting-$$"
read -r word rest <"greeting-$$"
/bin/workload 1
