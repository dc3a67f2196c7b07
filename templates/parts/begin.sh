# The documents and the functions are beside this script; those tell what they do.
case $0 in
*/*) CDPATH='' cd -- "${0%/*}/" || exit 2 ;;
esac
if [ ! -f functions.sh ]; then
    echo '{{ script }}: functions.sh is missing beside this script. Extract the whole zip, then run the script in its folder.' >&2
    echo 'Nothing was changed.' >&2
    exit 2
fi
. ./functions.sh
script={{ script }} account={{ account_id | bash_word }} bundle_region={{ region | bash_word }} steps={{ steps }}
bundle={{ bundle_name | bash_word }}
digest={{ digest }} generator={{ generator | bash_word }}
