#!/usr/bin/env bash
# Counts the instructions that each figure of `peers` takes under valgrind.
set -euo pipefail
cd "$(dirname "$0")"
binary=$(cargo bench --quiet --bench instructions --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*instructions[^"]*\)".*/\1/p')

# What a run of so many times takes, start of the program included.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : //p'
}

for figure in $("$binary"); do
    few=$(count "$figure" 10)
    many=$(count "$figure" 110)
    echo "$figure $(((many - few) / 100))"
done
