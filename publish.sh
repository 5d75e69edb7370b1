#!/usr/bin/env bash
# Publishes the dataset: as files for any host, as a container, or on a cloud.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'USAGE'
Usage: ./publish.sh [static [DIR]]           every page and download as files, in DIR (default: dist)
       ./publish.sh container [DIR]          a Dockerfile and all it needs, in DIR (default: container)
       ./publish.sh cloudrun [OPTIONS]       live on Google Cloud Run
       ./publish.sh fly --app NAME [OPTIONS] live on Fly
       ./publish.sh vercel --project NAME [OPTIONS]
                                             live on Vercel

OPTIONS go to `datasette publish` as they are: .venv/bin/datasette publish fly --help lists them.
SITE_URL=https://example.org/folder/ says where the static site will stand; its sitemap and its page
for wrong addresses need to know. SEEDS=DIR takes the articles from another folder than seeds.
USAGE
}

fail() {
    echo "publish.sh: $1" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || fail "$1 is not installed; see $2"
}

# Writes the database to $built/news.db: Datasette names it after its file, and metadata.yml describes `news`
build() {
    built=$(mktemp -d) new=
    trap 'rm -rf "$built" "$new"' EXIT
    make --silent plugins/static/vendor/LICENSES.txt # the last of what the browser loads
    .venv/bin/python -m build database --seeds "${SEEDS:-seeds}" --output "$built/news.db" >&2
    [ -n "$(.venv/bin/sqlite-utils query "$built/news.db" "select report_errors_to from site" --raw)" ] ||
        echo "publish.sh: ${SEEDS:-seeds}/site.yml has no report_errors_to: no page will say where to report an error" >&2
}

# Compiled modules name the folders of this machine
clean_plugins() {
    find plugins -name __pycache__ -prune -exec rm -rf {} +
}

settings() {
    make --silent settings
}

# Every package that serving needs, with its version, a line each: datasette==0.65.5
pinned() {
    sed -n 's/^\([^ ]*==[^ ]*\) \\$/\1/p' requirements/serve.txt
}

static() {
    build
    .venv/bin/python -m build site --database "$built/news.db" --output "${1:-dist}" --url "${SITE_URL:-/}"
}

container() {
    local folder
    folder=$(realpath -m "${1:-container}")
    build
    mkdir -p "$(dirname "$folder")"
    new=$(mktemp -d "$folder.XXXXXX.partial") # beside it, to be moved there in one step
    chmod a+rx "$new"
    mkdir "$new/requirements"
    clean_plugins
    cp "$built/news.db" "$new/news.db"
    cp requirements/serve.txt "$new/requirements"
    cp -r metadata.yml plugins "$new"
    cat >"$new/Dockerfile" <<DOCKERFILE
FROM python:3.11-slim
WORKDIR /app
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes -r requirements/serve.txt
COPY . .
USER nobody
ENV PORT=8001
EXPOSE 8001
CMD exec datasette serve --immutable news.db --metadata metadata.yml $(settings) --plugins-dir plugins --template-dir plugins/templates --host 0.0.0.0 --port \$PORT
DOCKERFILE
    .venv/bin/python -m build.core.outputs "$new" "$folder"
    echo "$folder: docker build -t news $folder && docker run -p 8001:8001 news"
}

cloud() {
    local host=$1 package options=(--extra-options "$(settings)")
    shift
    # Vercel runs no `datasette serve`: its options are settings of their own
    [ "$host" != vercel ] || read -ra options <<<"$(settings)"
    for package in $(pinned); do
        options+=(--install "$package")
    done
    build
    clean_plugins
    .venv/bin/datasette publish "$host" "$built/news.db" --metadata metadata.yml --plugins-dir plugins \
        --template-dir plugins/templates "${options[@]}" "$@"
}

case ${1:-static} in
static | container)
    [ $# -le 2 ] || fail "one folder at most; see ./publish.sh --help"
    "${1:-static}" "${2:-}"
    ;;
cloudrun)
    need gcloud https://cloud.google.com/sdk/docs/install
    cloud "$@"
    ;;
fly)
    need flyctl https://fly.io/docs/flyctl/install/
    cloud "$@"
    ;;
vercel)
    need vercel https://vercel.com/docs/cli
    cloud "$@"
    ;;
-h | --help | help) usage ;;
*)
    usage >&2
    fail "no way to publish called $1"
    ;;
esac
