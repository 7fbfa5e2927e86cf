#!/bin/sh
# Brings the faces that documents are printed in (仿宋、小标宋、黑体、楷体, and rare characters of names) into a folder.
#
#   sh deploy/fonts.sh .venv/share/lianban/fonts
#
# They are taken out of Debian's packages, which are not installed for it; what is there already is left as it is.
# INSTALL=0 only looks. A county's own faces go into a folder of its own, which FONTS names.
set -eu

folder=${1:?the folder that they go into}
faces="FandolFang-Regular.otf FandolSong-Regular.otf FandolSong-Bold.otf FandolHei-Regular.otf FandolKai-Regular.otf"
rare=BabelStoneHan.ttf

is_whole() {
    for face in $faces "$rare"; do [ -s "$folder/$face" ] || return 1; done
}

# The bytes of documents depend on these, which have not changed since 2015; of the last one each system has its own.
known() {
    sha256sum --check --quiet --strict <<SUMS
d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9  FandolFang-Regular.otf
a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0  FandolSong-Regular.otf
ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9  FandolSong-Bold.otf
4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28  FandolHei-Regular.otf
ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827  FandolKai-Regular.otf
SUMS
}

refresh() {
    if [ "$(id -u)" -eq 0 ]; then apt-get update -qq; else sudo -n apt-get update -qq; fi
}

# Anybody may download a package, once the lists of packages are there.
download() {
    apt-get download -qq -o APT::Sandbox::User= -o Acquire::http::Timeout=20 texlive-lang-chinese fonts-babelstone-han
}

# Patterns of tar are those of the shell: of Fandol's faces whatever the packages hold.
taken_out() {
    for package in *.deb; do
        dpkg-deb --fsys-tarfile "$package" >content.tar
        tar -xf content.tar --wildcards --transform='s,.*/,,' '*/Fandol*.otf' "*/$rare" 2>/dev/null || true
    done
}

bring() {
    made=$(mktemp -d)
    trap 'rm -rf "$made"' EXIT
    (cd "$made" && { download 2>/dev/null || { refresh && download; }; } && taken_out && known) || return 1
    mkdir -p "$folder"
    for face in $faces "$rare"; do install -m 644 "$made/$face" "$folder/$face"; done
}

is_whole && exit 0
if [ "${INSTALL:-1}" != 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在取得公文字体 Fetching the faces of documents"
    bring || true
fi
is_whole && exit 0
echo "尚缺 Missing: 公文字体 the faces of documents. 没有它们不能生成PDF Without them no PDF is made" >&2
echo "请输入 Type: apt-get update && sh deploy/fonts.sh $folder" >&2
exit 1
