#!/bin/sh
# Makes sure the tests have a browser, Chinese fonts, PostgreSQL, MariaDB and Redis servers and shellcheck; installs Debian's where we are root.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$missing fonts-noto-cjk"
command -v shellcheck >/dev/null 2>&1 || missing="$missing shellcheck"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# Debian keeps the server where the PATH of a plain account does not lead.
(PATH="$PATH:/usr/sbin"; command -v mariadbd && command -v mariadb-install-db) >/dev/null 2>&1 || missing="$missing mariadb-server"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # A list of package names.
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
    exit 0
fi
echo "the tests need:$missing" >&2
echo "install them with: sudo apt-get install$missing fontconfig" >&2
exit 1
