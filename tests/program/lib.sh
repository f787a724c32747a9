# Shared by the scripts of this folder: a scratch folder, and `expect`.
# shellcheck shell=sh disable=SC2034
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
failed=0

complain() {
    echo "FAILED: $*"
    failed=1
}

# expect CODE PATTERN COMMAND…: the exit code and, in what is printed on standard error, a basic regular expression.
expect() {
    code=$1 pattern=$2
    shift 2
    got=0
    "$@" >stdout 2>stderr || got=$?
    [ "$got" -eq "$code" ] || complain "exit $got, expected $code: $*: $(head -3 stderr)"
    [ -z "$pattern" ] || grep -q "$pattern" stderr || complain "'$pattern' is not told by: $*: $(head -3 stderr)"
    if grep -E 'Sanitizer|runtime error:' stderr; then complain "$*"; fi
}
