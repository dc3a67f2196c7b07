absent='\((NoSuch[A-Za-z]*|ResourceNotFoundException|ServerSideEncryptionConfigurationNotFoundError)\)'

# thing NAME RESOURCE: a step that is neither a role, a policy nor an attachment.
thing() {
    waiter='' replacing=''
    name "$1" "$2" || return 0
    state=unknown
}
# expect PROPERTY VALUE COMMAND...: compare one value with what the command prints; None means that it has no value.
expect() {
    if [ "$phase" = run ] || [ "$state" = create ] || [ -n "$elsewhere" ]; then return; fi
    property=$1 value=$2
    shift 2
    if ! get "$@" --output text || [ "$out" = None ]; then out=; fi
    case $state-$out in
    unknown-"$value") state='in place'; return ;;
    unknown-) state=create; return ;;
    *-"$value") return ;;
    esac
    printf '      in the account:  %s %s\n      in the bundle:   %s %s\n' "$property" "${out:-none}" "$property" "$value" >>"$work/details"
    other
}
# other: whether that can be updated is up to --update; a Region cannot, and a bucket's policy is left to a person.
other() {
    differs "$property"
    case $property in region | policy) state=differs elsewhere=yes ;; esac
}
