#!/bin/sh
# sh kept.sh PROGRAM...: runs a server as the first process of its container, and looks after it every KEPT_LOOK seconds (5).
#
# KEPT_FILES    its certificate and what else may change beneath it: then the server gets KEPT_SIGNAL, and reads them again
# KEPT_HEALTH   an address: a server that says there at KEPT_PATIENCE looks (6) in a row that it cannot serve is ended, and the
#               engine starts it again. nats-server does not go on by itself after its disk was full. While a disk is full
#               nothing is restarted, for that cures nothing: KEPT_STORE, a folder, must have 64 MB of room.
# KEPT_BEFORE_END  a signal that the server gets KEPT_AFTER seconds (2) before it is ended: one of several servers of a bus hands over
#               what it leads (USR2), so that nobody has to notice its absence first
say() { echo "{\"event\": \"$2\", \"level\": \"$1\", \"service\": \"kept\"}"; }
content() { cksum $KEPT_FILES 2>/dev/null; }
has_room() { [ "$(df -Pk "${KEPT_STORE:-/}" | awk 'END { print $4 }')" -ge 65536 ]; }
serves() { wget -q -T 4 -O /dev/null "$KEPT_HEALTH" 2>/dev/null; }

# A server that was never well may still be reading what it kept: it is given ten times as long, unless its disk was full.
watch() {
    known=$(content) bad=0 most=$((${KEPT_PATIENCE:-6} * 10))
    while sleep "${KEPT_LOOK:-5}"; do
        now=$(content)
        if [ "$now" != "$known" ]; then
            say info "certificate or settings have changed: the server reads them again"
            kill -"$KEPT_SIGNAL" "$server"
            known=$now
        fi
        [ -n "$KEPT_HEALTH" ] || continue
        room=yes
        has_room || room='' most=${KEPT_PATIENCE:-6}
        if serves; then bad=0 most=${KEPT_PATIENCE:-6}; else bad=$((bad + 1)); fi
        if [ "$bad" -ge "$most" ] && [ -n "$room" ]; then
            say warning "the server says that it cannot serve: it is started again"
            kill -TERM "$server"
            sleep 15
            kill -KILL "$server"
        fi
    done
}

ends() {
    if [ -n "$KEPT_BEFORE_END" ]; then kill -"$KEPT_BEFORE_END" "$server" && sleep "${KEPT_AFTER:-2}"; fi
    kill -TERM "$server" 2>/dev/null
}

"$@" &
server=$!
trap ends TERM INT
watch &
watcher=$!
wait "$server"
status=$?
while [ "$status" -gt 128 ]; do # a signal ends the waiting, not the server, which may have ended by itself since
    lives=$(kill -0 "$server" 2>/dev/null && echo yes)
    wait "$server"
    again=$?
    [ "$again" -eq 127 ] || status=$again # already waited for: then it was the server's own
    [ -n "$lives" ] || break
done
kill "$watcher" 2>/dev/null
exit "$status"
