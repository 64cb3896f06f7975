#!/bin/bash
# One screen: Chromium in kiosk mode on a wall or a kiosk, started again whenever it ends or no longer answers.
#
#   screen.sh wall|kiosk
#
# Settings come from the environment (deploy/screen.env.example):
#   SCREEN_URL        address of the server, e.g. http://10.0.0.5:8050 (needed)
#   SCREEN_SIZE       pixels of the screen as WIDTHxHEIGHT; empty: the whole screen as it is
#   SCREEN_HOME       folder of the browser's profile; the device's token lives here
#   SCREEN_CHROMIUM   the browser; empty: the first one found
#   SCREEN_MEMORY_MB  memory of the page's script before the browser ends it (2048)
#   SCREEN_PERIOD_S   seconds between two heartbeats (20)
#   SCREEN_PATIENCE   heartbeats that may be missing before the browser is started again (3)
#   SCREEN_STARTS     end after so many starts; empty: never (tests)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kind=${1:-}
case $kind in
    wall | kiosk) ;;
    *)
        echo "usage: screen.sh wall|kiosk" >&2
        exit 2
        ;;
esac
url=${SCREEN_URL:?SCREEN_URL is needed, e.g. http://10.0.0.5:8050}
home=${SCREEN_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/vanguard-screen/$kind}
period=${SCREEN_PERIOD_S:-20}
patience=${SCREEN_PATIENCE:-3}
heartbeat=${SCREEN_HEARTBEAT:-$here/heartbeat.py}
browser=""

log() { echo "screen $kind: $*" >&2; }

find_chromium() {
    local name
    for name in "${SCREEN_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    log "no Chromium found; install it: apt-get install chromium fonts-noto-cjk"
    exit 3
}

flags() {
    local unwanted=Translate,OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation,MediaRouter,OptimizationHints
    printf '%s\n' \
        "--user-data-dir=$home" --kiosk --start-fullscreen --window-position=0,0 \
        --no-first-run --no-default-browser-check --noerrdialogs --disable-infobars \
        --disable-session-crashed-bubble --hide-crash-restore-bubble --disable-notifications \
        "--disable-features=$unwanted" --disable-pinch --overscroll-history-navigation=0 \
        --force-device-scale-factor=1 --lang=zh-CN --password-store=basic \
        --disable-component-update --disable-background-networking --disable-sync --disable-breakpad \
        --disable-background-timer-throttling --disable-renderer-backgrounding \
        --disable-backgrounding-occluded-windows \
        "--js-flags=--max-old-space-size=${SCREEN_MEMORY_MB:-2048}" --disk-cache-size=67108864 \
        --remote-debugging-address=127.0.0.1 --remote-debugging-port=0
    if [ -n "${SCREEN_SIZE:-}" ]; then
        printf '%s\n' "--window-size=${SCREEN_SIZE/x/,}"
    fi
    if [ "$kind" = kiosk ]; then
        printf '%s\n' --touch-events=enabled
    fi
}

start() {
    local -a arguments
    mkdir -p "$home"
    # The port of the last browser must not be asked for its heart.
    rm -f "$home/DevToolsActivePort" "$home"/Singleton*
    # A browser that was ended hard would otherwise offer to restore its pages.
    if [ -f "$home/Default/Preferences" ]; then
        sed -i 's/"exit_type":"[^"]*"/"exit_type":"Normal"/; s/"exited_cleanly":false/"exited_cleanly":true/' \
            "$home/Default/Preferences"
    fi
    mapfile -t arguments < <(flags)
    # A session of its own: what of the browser does not end by itself is ended together.
    setsid "$chromium" "${arguments[@]}" "$url/$kind" &
    browser=$!
}

stop() {
    [ -n "$browser" ] || return 0
    kill -TERM "$browser" 2>/dev/null || true
    # Five seconds to write its cookies, then at once.
    local _
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$browser" 2>/dev/null || break
        sleep 0.5
    done
    kill -KILL -- "-$browser" 2>/dev/null || true
    wait "$browser" 2>/dev/null || true
    browser=""
}

# Until the browser ends or its heart has been silent too often.
watch() {
    local missed=0
    while kill -0 "$browser" 2>/dev/null; do
        sleep "$period" &
        wait $! || true
        kill -0 "$browser" 2>/dev/null || break
        if "$heartbeat" "$home"; then
            missed=0
        else
            missed=$((missed + 1))
            log "heartbeat $missed of $patience missing"
            if [ "$missed" -ge "$patience" ]; then
                return
            fi
        fi
    done
    log "the browser has ended"
}

chromium=$(find_chromium)
trap 'stop; exit 0' TERM INT
starts=0
while [ -z "${SCREEN_STARTS:-}" ] || [ "$starts" -lt "$SCREEN_STARTS" ]; do
    starts=$((starts + 1))
    log "start $starts of $chromium"
    start
    watch
    stop
done
