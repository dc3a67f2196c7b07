# The role must exist and trust Amazon Lex: this bundle neither creates, changes nor deletes it.
existing_role() {
    if [ "$phase" = run ]; then return; fi
    what="role $1"
    get aws iam get-role --role-name "$1" --query Role.Arn --output text ||
        stop 2 "the role $1 does not exist, and this bundle does not create it."
    if [ -n "${3:-}" ] && [ "$out" != "$3" ]; then stop 1 "the ARN of the role is $out, not $3."; fi
    get aws iam get-role --role-name "$1" --output text \
        --query "[Role.AssumeRolePolicyDocument.Statement][][]|[?Effect=='Allow'].[Principal.Service][][].[@]"
    if ! printf '%s\n' "$out" | grep -qxF "$2"; then stop 1 "no statement of its trust policy lets $2 assume the role $1."; fi
    line 'in place'
}
