# part_of NUMBER RESOURCE [left]: what belongs to the thing of that step comes with it, in a later run too if this one breaks
# off. If that existed before, --update changes its part, or it is left as it is.
part_of() {
    if [ "$phase" = run ] || [ "$state" = 'in place' ]; then return; fi
    made "$resource"; child=$last
    made "$2"
    case $plan in *" $1-create "*) last=creating ;; esac
    case $last-$child in
    created-created) ;;
    created-* | creating-*) state=create; rm -f "$work/details"; return ;;
    esac
    if [ -n "${3:-}" ]; then state='in place'; return; fi
    if [ "$state" = create ]; then
        printf '      in the account:  %s none\n      in the bundle:   %s %s\n' "$property" "$property" "$value" >>"$work/details"
        differs "$property"
    fi
}
# put COMMAND...: the same command creates and updates it.
put() {
    case $phase-$plan in run-*" $number-update "*) run updating updated "$@" ;; *) create "$@" ;; esac
}
# update PROPERTY COMMAND...: change a property that differs.
update() {
    case $phase-$plan-$differences in run-*" $number-update "*-*" $number-$1 "*) shift; run updating updated "$@" ;; esac
}
