#!/usr/bin/env bash
# Messages a second of `cti decode` and `cti encode` on streams of 50 MB, by processor time: the median
# of five turns each.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C
(cd .. && cargo build --quiet --release --features cli --bin cti)
cti=${CARGO_TARGET_DIR:-../target}/release/cti
stream=$(cargo bench --quiet --no-default-features --bench stream --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*stream[^"]*\)".*/\1/p')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# turns WHAT MESSAGES COMMAND...
turns() {
    local TIMEFORMAT='%U %S'
    for _ in 1 2 3 4 5; do
        { time "${@:3}" >/dev/null; } 2>&1 | tail -n 1
    done | awk '{ print $1 + $2 }' | sort -n |
        awk -v what="$1" -v messages="$2" 'NR == 3 {
            printf "%s: %d messages/s, %.2f s for %d\n", what, int(messages / $1 / 1000) * 1000, $1, messages
        }'
}

for kind in calls mix; do
    "$stream" "$kind" >"$work/stream"
    "$cti" decode --to json "$work/stream" >"$work/json"
    messages=$(wc -l <"$work/json")
    turns "decode --to json, $kind" "$messages" "$cti" decode --to json "$work/stream"
    turns "decode --to text, $kind" "$messages" "$cti" decode --to text "$work/stream"
    turns "encode, $kind" "$messages" "$cti" encode --to bin "$work/json"
done
