#!/bin/sh
# Looks for what this machine lacks and installs it by apt where it may: as root, or by sudo.
#
#   sh deploy/machine.sh run     what `make run` needs
#   sh deploy/machine.sh test    and what only some tests want
#
# What is still missing then is named with the one command that a person types. Without what is only wanted things go
# on, but not in CI (CI=true). INSTALL=0 only looks. Call it in the project's folder.
set -eu

what_for=${1:-run}
python=${PYTHON:-python3}

has() { command -v "$1" >/dev/null 2>&1; }
has_venv() { [ -x .venv/bin/python ] || "$python" -c 'import ensurepip, venv' 2>/dev/null; }
has_library() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -qF "$1"; }
has_browser() { has chromium && has_library libatomic.so.1; }
has_promtool() { has promtool && has prometheus; }
has_alertmanager() { has prometheus-alertmanager && has amtool; }
has_npm() { has node && has npm; }

# A line each: packages, how to look for them, what they are for.
needed() {
    echo "make|has make|安装与运行 set-up"
    echo "${python##*/} ${python##*/}-venv|has_venv|程序 Python"
    echo "libcurl4|has_library libcurl.so.4|数据库 the database"
}
wanted() {
    [ "$what_for" = test ] || return 0
    echo "chromium fonts-noto-cjk libatomic1|has_browser|浏览器中的页面 the pages in a browser"
    echo "prometheus|has_promtool|告警规则与看板 alert rules and dashboards"
    echo "prometheus-alertmanager|has_alertmanager|告警消息 messages of alerts"
    echo "prometheus-node-exporter|has prometheus-node-exporter|服务器的告警 alerts of the machine"
    echo "nodejs npm|has_npm|JavaScript站点 a station in JavaScript"
    echo "systemd|has systemd-analyze|systemd的单元 units of systemd"
    echo "libreoffice-writer-nogui|has soffice|可以编辑的文档 documents to be edited"
}

# Of such lines those whose packages are missing.
missing() {
    while IFS='|' read -r packages look reason; do
        $look || echo "$packages|$look|$reason"
    done
}

packages() { cut -d '|' -f 1 | tr '\n' ' '; }
reasons() { sed 's/\(.*\)|.*|\(.*\)/\1 (\2)/' | paste -s -d ';' | sed 's/;/; /g'; }

# As root. What this system has no package for does not keep the rest away. Debian starts a service as soon as it is
# installed, and with the machine: of Prometheus, its exporter and Alertmanager only the programs are wanted.
install_as_root() {
    PATH=$PATH:/usr/sbin:/sbin # which su does not give
    apt-get update -qq || true
    have=
    for package; do
        if apt-get install -s -qq --no-install-recommends "$package" >/dev/null 2>&1; then have="$have $package"; fi
    done
    [ -n "$have" ] || return 0
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
    fi
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $have >/dev/null
    for program in prometheus prometheus-alertmanager prometheus-node-exporter; do
        case "$have " in *" $program "*)
            if has systemctl; then systemctl --quiet disable "$program.service" || true; fi
            update-rc.d "$program" disable || true
            echo "$program只用其程序，不启动服务 $program: only its programs are used, the service is not started"
        esac
    done
}

# As root, or by sudo where it asks nobody or has a terminal to ask on; otherwise there is no right to.
install() {
    if [ "${INSTALL:-1}" = 0 ] || ! has apt-get; then
        return 0
    elif [ "$(id -u)" -eq 0 ]; then
        as=
    elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as=sudo
    else
        return 0
    fi
    echo "正在安装 Installing $(lacking | reasons)"
    # shellcheck disable=SC2046
    $as sh "$0" install $(lacking | packages) || true
}

lacking() { needed | missing; wanted | missing; }

command_of() {
    command="sh deploy/machine.sh $what_for"
    if [ "$(id -u)" -eq 0 ]; then echo "$command"; elif has sudo; then echo "sudo $command"; else echo "su -c '$command'"; fi
}

if [ "$what_for" = install ]; then
    shift
    install_as_root "$@"
    exit
fi
[ -n "$(lacking)" ] || exit 0
install
[ -n "$(lacking)" ] || exit 0
echo "尚缺 Missing: $(lacking | reasons)" >&2
if has apt-get; then echo "请输入 Type: $(command_of)" >&2; fi
[ -z "$(needed | missing)" ] && [ "${CI:-}" != true ]
