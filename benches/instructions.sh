#!/usr/bin/env bash
# Counts the instructions of each figure under valgrind, which repeat where times do not.
#   benches/instructions.sh            prints them
#   benches/instructions.sh --check    fails where one is over the committed baseline by more than 3%
#   benches/instructions.sh --update   makes them the baseline
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v valgrind >/dev/null; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends valgrind >/dev/null
fi
binary=$(cargo bench --quiet --no-default-features --features simulator --bench instructions --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*instructions[^"]*\)".*/\1/p')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# One run for all: a part for each lap, of which every other one is a figure.
valgrind --tool=callgrind --callgrind-out-file="$work/part" --dump-before='*instructions::lap*' \
    "$binary" >"$work/names" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
part=0
while read -r name; do
    part=$((part + 2))
    total=$(sed -n 's/^\(totals\|summary\): \([0-9]*\).*/\2/p' "$work/part.$part" | head -n 1)
    echo "$name $((total / 100))"
done <"$work/names" | tee "$work/measured"

case ${1-} in
--update) cp "$work/measured" instructions.baseline ;;
--check)
    awk 'NR == FNR { base[$1] = $2; next }
        !($1 in base) { print $1 " has no baseline"; bad = 1; next }
        # Three instructions are nothing, though the smallest figures have but sixty.
        $2 > base[$1] * 1.03 + 3 { print $1 ": " $2 " instructions, baseline " base[$1]; bad = 1 }
        $2 < base[$1] * 0.97 - 3 { print $1 ": " $2 " is under the baseline " base[$1] ": --update it" }
        END { exit bad }' instructions.baseline "$work/measured"
    ;;
esac
