# bash completion for minutiae: commands and options are those that --help names; else file names.
# shellcheck shell=bash
_minutiae() {
    local word=${COMP_WORDS[COMP_CWORD]} command=()
    local -i at
    for ((at = 1; at < COMP_CWORD && ${#command[@]} < 2; at++)); do
        [[ ${COMP_WORDS[at]} == -* ]] && break
        command+=("${COMP_WORDS[at]}")
    done
    [[ ${command[0]-} == rules ]] || command=("${command[@]:0:1}")
    local offered
    if [[ $word == -* ]]; then
        offered=$("${COMP_WORDS[0]}" "${command[@]}" --help 2>/dev/null | grep -oE '^ +(-[a-z0-9A-Z], )?--[a-z-]+' | grep -oE '\--[a-z-]+')
    elif ((${#command[@]} == 0)); then
        offered=$("${COMP_WORDS[0]}" --help 2>/dev/null | sed -n 's/^  \([a-z]*\)  *[A-Z].*/\1/p')
    elif [[ ${command[*]} == rules ]]; then
        offered='check list diff'
    fi
    mapfile -t COMPREPLY < <(compgen -W "${offered-}" -- "$word")
}
complete -o default -F _minutiae minutiae
