# made RESOURCE: what the receipt says last of creating it, in $last.
made() {
    last=$({ tr -d '\r' <receipt.txt; } 2>/dev/null |
        grep -xF -e "creating: $1" -e "created: $1" -e "not created: $1" -e "removed: $1" | tail -n 1)
    last=${last%%: *}
    # A call got no answer, and a later run updated what it found: that had existed before.
    if [ "$last" = creating ] && tr -d '\r' <receipt.txt | grep -qxF "updating: $1"; then last=updating; fi
}
