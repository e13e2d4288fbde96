# Names each stage as it starts and remembers how long it took. Sourced by run, which sets work_dir.
# shellcheck shell=bash disable=SC2154

# stage NAME COMMAND…: runs the command, with its status. A function among them has to return what went wrong itself:
# bash does not stop at a failing command inside it.
stage() {
  local name="$1" started=$SECONDS status=0 line
  shift
  echo "== $name"
  "$@" || status=$?
  line="$(printf '%-18s %4d s  %s' "$name" $((SECONDS - started)) "$([ "$status" = 0 ] && echo ok || echo "failed with status $status")")"
  echo "== $line"
  # Through a file: a stage in a pipeline runs in a shell of its own.
  echo "$line" >>"$work_dir/stages"
  return "$status"
}

print_stages() {
  echo
  cat "$work_dir/stages"
  printf '%-18s %4d s\n\n' total "$SECONDS"
}

# close_with_count TEST_LOG CHECK_STATUS TEST_STATUS: prints the closing line, the checks counted as one more failure,
# and ends with the status that goes with it.
close_with_count() {
  local log="$1" check_status="$2" test_status="$3" count passed failed skipped
  count="$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1 || true)"
  if [ -z "$count" ]; then
    echo "the tests ended with status $test_status and without a count" >&2
    count='0 passed, 1 failed'
  fi
  passed="${count%% passed*}"
  failed="${count#*, }"
  failed="${failed%% failed*}"
  skipped="$(grep -oE ', [0-9]+ skipped' <<<"$count" || true)"
  if [ "$check_status" != 0 ]; then
    echo "npm run check failed with status $check_status: see above" >&2
    failed=$((failed + 1))
  fi
  if [ "$test_status" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
  fi
  echo "$passed passed, $failed failed$skipped"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
