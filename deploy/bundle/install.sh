#!/bin/sh
# sh install.sh [FOLDER]: installs Lianban from this folder alone, into /opt/lianban unless told; safe to repeat. Asks no network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
there=${1:-/opt/lianban}

echo "核对文件 Checking what was carried"
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) || {
    echo "文件不完整或被改动，没有安装：请重新拷贝。 Nothing is installed." >&2
    exit 1
}
mkdir -p "$there"
tar -xzf "$here/source.tar.gz" -C "$there"

echo "安装程序 Installing into $there/.venv"
export PIP_NO_INDEX=1 PIP_FIND_LINKS="$here/wheels" INSTALL=0
{
    make -C "$there" --no-print-directory .venv/bin/python &&
        mkdir -p "$there/.venv/share/lianban/fonts" && cp "$here"/fonts/* "$there/.venv/share/lianban/fonts/" &&
        make -C "$there" --no-print-directory ready
} || {
    echo "没有装成，原因见上。 It is not installed: why stands above." >&2
    exit 1
}

if [ -d "$here/images" ]; then
    if command -v docker >/dev/null 2>&1 && docker version >/dev/null 2>&1; then
        for image in "$here"/images/*.tar; do docker load --quiet --input "$image"; done
        echo "容器方式启动 In containers:"
        echo "  cd $there && make up COUNTY=六位县编号 BUS_HOST=本机地址 $(cat "$here/images/settings")"
    else
        echo "本机没有Docker或没有启动，镜像没有导入。 No engine answers: images are not loaded."
    fi
fi
echo "直接启动 On this machine itself: cd $there && make run YEAR=0"
