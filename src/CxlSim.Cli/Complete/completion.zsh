#compdef cxlsim
# Completion of cxlsim for zsh, behind compinit: eval "$(cxlsim completion zsh)"
_cxlsim() {
    local line="${(j: :)words[2,CURRENT]}" one
    local -a folders others
    while IFS= read -r one; do
        # Options are many: they come once a dash is there.
        [[ $one == -* && $PREFIX != -* ]] && continue
        if [[ $one == */ ]]; then folders+=("$one"); else others+=("$one"); fi
    done < <("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)
    local found=1
    (( ${#others} )) && compadd -- "${others[@]}" && found=0
    (( ${#folders} )) && compadd -S '' -- "${folders[@]}" && found=0
    (( found )) && _files
}
compdef _cxlsim cxlsim
