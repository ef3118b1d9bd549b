# Completion for fish. To use it now: dealwright completion fish | source
# The program says what may follow: lines of value, tab, description; ":files" and ":open" are marks.
function __dealwright_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    for line in ($words[1] completion line (commandline --cut-at-cursor --current-process) 2>/dev/null)
        switch $line
            case ':files*'
                set -l typed (commandline --current-token --cut-at-cursor)
                set -l option (string match --regex -- '^--[a-z-]+=' $typed)
                for path in (__fish_complete_path (string replace -- "$option" '' $typed))
                    echo "$option$path"
                end
            case ':open*'
            case '*'
                echo $line
        end
    end
end
complete --command dealwright --no-files --arguments '(__dealwright_complete)'
