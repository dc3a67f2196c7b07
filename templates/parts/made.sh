# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$(cat receipt.txt 2>/dev/null | tr -d '\r' |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
}
