# part_of NUMBER RESOURCE [left]: what belongs to the thing of that step comes with it, in a later run too if this one breaks
# off. If that existed before, --update changes its part, or it is left as it is.
part_of() {
    if [ "$phase" = run ] || [ "$state" = 'in place' ] || [ -n "$elsewhere" ]; then return; fi
    made "$resource"; child=$last
    made "$2"
    case $plan in *" $1-create "* | *" $1-missing "*) last=creating ;; esac
    case $last-$child in
    created-created) ;;
    created-* | creating-*) state=create; : >"$work/details"; return ;;
    esac
    if [ -n "${3:-}" ]; then state='in place'; : >"$work/details"; return; fi
    if [ "$state" = create ]; then
        printf '      in the account:  %s none\n      in the bundle:   %s %s\n' "$property" "$property" "$value" >>"$work/details"
        other
    fi
}
