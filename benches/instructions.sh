#!/usr/bin/env bash
# Counts the instructions of each figure under valgrind, which repeat where times do not.
#   benches/instructions.sh            prints them
#   benches/instructions.sh --check    fails where one is over the committed baseline by more than 3%
#   benches/instructions.sh --update   makes them the baseline
set -euo pipefail
cd "$(dirname "$0")/.."
baseline=benches/instructions.baseline
if ! command -v valgrind >/dev/null; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends valgrind >/dev/null
fi
binary=$(cargo bench --quiet --bench instructions --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*instructions[^"]*\)".*/\1/p')

# What a run of so many times takes, start of the program included.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : //p'
}

measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
for figure in $("$binary"); do
    few=$(count "$figure" 10)
    many=$(count "$figure" 110)
    echo "$figure $(((many - few) / 100))"
done | tee "$measured"

case ${1-} in
--update) cp "$measured" "$baseline" ;;
--check)
    awk 'NR == FNR { base[$1] = $2; next }
        !($1 in base) { print $1 " has no baseline"; bad = 1; next }
        # Three instructions are nothing, though the smallest figures have but sixty.
        $2 > base[$1] * 1.03 + 3 { print $1 ": " $2 " instructions, baseline " base[$1]; bad = 1 }
        $2 < base[$1] * 0.97 - 3 { print $1 ": " $2 " is under the baseline " base[$1] ": --update it" }
        END { exit bad }' "$baseline" "$measured"
    ;;
esac
