#!/usr/bin/env bash
# Ten times the input costs about ten times the instructions, and not their square: counted under
# valgrind for each row of `tests/alloc/costs.rs`, at rest or under load alike.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v valgrind >/dev/null; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends valgrind >/dev/null
fi
binary=$(cargo bench --quiet --no-default-features --bench proportion --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*proportion[^"]*\)".*/\1/p')

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : //p'
}

bad=0
while read -r few name; do
    start=$(count "$name" 0)
    once=$(($(count "$name" "$few") - start))
    ten=$(($(count "$name" "${few}0") - start))
    echo "$((ten * 10 / once)) tenths, $once instructions for $few: $name"
    # Buffers that double make it a little more than ten at times; the square would be a hundred.
    if ((ten > once * 15)); then
        echo "grows faster than its input: $name" >&2
        bad=1
    fi
done < <("$binary")
exit $bad
