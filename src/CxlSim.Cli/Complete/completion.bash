# Completion of cxlsim for bash: eval "$(cxlsim completion bash)"
_cxlsim() {
    local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} one
    line=${line#*[[:space:]]}
    while IFS= read -r one; do
        # Options are many: they come once a dash is there.
        if [[ $one == "$word"* && ($one != -* || $word == -*) ]]; then
            COMPREPLY+=("$one")
            [[ $one == */* || -e $one ]] && compopt -o filenames
        fi
    done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]] && compopt -o nospace
}
complete -o bashdefault -o default -F _cxlsim cxlsim
