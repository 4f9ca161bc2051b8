# Completion of cxlsim for fish: cxlsim completion fish > ~/.config/fish/completions/cxlsim.fish
function __cxlsim_complete
    set -l word (commandline -ct)
    set -l line (string replace -r '^\s*\S+\s' '' -- (commandline -cp))
    set -l program (commandline -po)[1]
    set -l found
    for one in ($program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null </dev/null)
        # Options are many: they come once a dash is there.
        if string match -qr '^-' -- $one; and not string match -qr '^-' -- "$word"
            continue
        end
        if test (string sub -l (string length -- "$word") -- $one) = "$word"
            set -a found $one
        end
    end
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$word"
    end
end
complete -c cxlsim -f -a '(__cxlsim_complete)'
