#!/bin/sh
# Fuzzes every target, or those that are named, one after the other for so many seconds each:
#
#   fuzz/run.sh 20
#   fuzz/run.sh 1200 ccx_decode ccx_second
#
# Needs cargo-fuzz and nothing else: no nightly toolchain, no sanitizer. What a target finds new goes
# to fuzz/target/corpus, so that the seeds in fuzz/corpus stay small; an input that fails is left in
# fuzz/artifacts. FUZZ_SEED makes a run repeat, as long as fuzz/target/corpus is the same, and
# FUZZ_RUNS ends it after so many inputs, wherever it runs.
set -eu
cd "$(dirname "$0")"
export CARGO_LLVM_COV_SETUP=no RUSTUP_AUTO_INSTALL=0

if [ $# -lt 1 ]; then
    sed -n '2,10s/^# \{0,1\}//p' run.sh >&2
    exit 2
fi
seconds=$1
shift
if [ $# -eq 0 ]; then
    set -- $(sed -n 's/^name = "\([a-z]*_.*\)"$/\1/p' Cargo.toml)
fi

cargo fuzz build --fuzz-dir . --sanitizer none

# One target.
fuzz() {
    target=$1
    # What is new is written to the first directory.
    new=target/corpus/$target
    log=target/$target.log
    mkdir -p "$new" "artifacts/$target"
    # Words that mean something to the target, where there are any.
    dict=${target%%_*}.dict
    [ -e "$dict" ] && dict=-dict=$dict || dict=
    if cargo fuzz run --fuzz-dir . --sanitizer none "$target" "$new" "corpus/$target" -- \
        -max_total_time="$seconds" -runs="${FUZZ_RUNS:--1}" ${FUZZ_SEED:+-seed="$FUZZ_SEED"} -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        $dict -artifact_prefix="artifacts/$target/" -print_final_stats=1 \
        >"$log" 2>&1; then
        executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
        echo "$target: $executions executions, $coverage edges"
    else
        tail -n 30 "$log" >&2
        echo "$target: FAILED" >&2
        return 1
    fi
}

# As many at a time as FUZZ_JOBS says.
rm -f target/failed
running=0
for target; do
    fuzz "$target" || touch target/failed &
    running=$((running + 1))
    if [ "$running" -ge "${FUZZ_JOBS:-1}" ]; then
        wait
        running=0
    fi
done
wait
[ ! -e target/failed ]
