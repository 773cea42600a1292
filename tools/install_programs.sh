#!/bin/sh
# Installs the programs that the tests run (LibreOffice with its Python bridge, gnumeric, poppler, qpdf, the Carlito font,
# node, and by npm the Open XML validator, ExcelJS, SheetJS, Pyodide; pydantic for it), each only where it is missing.
set -eu
cd "$(dirname "$0")/.."

missing=""
need() { # PACKAGE COMMAND...: the Debian package is needed where the command fails
  package=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has_font() { fc-list "$1" | grep -q .; }

need libreoffice-calc sh -c 'command -v soffice'
need libreoffice-writer test -e /usr/lib/libreoffice/program/libswlo.so
need python3-uno /usr/bin/python3 -c 'import uno'
need gnumeric sh -c 'command -v ssconvert'
need poppler-utils sh -c 'command -v pdftoppm'
need qpdf sh -c 'command -v qpdf'
need fonts-crosextra-carlito has_font Carlito
need nodejs sh -c 'command -v node'
need npm sh -c 'command -v npm'

# apt-get fails now and then on a busy mirror, hence the retries. An index that stays out of reach is no reason to stop:
# the install says which package it lacks.
install_with_apt() {
  for try in 1 2 3; do
    apt-get update && break
    echo "apt-get update failed (try $try of 3)" >&2
    sleep "$try"
  done
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Acquire::Retries=3 "$@"
}

if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "The tests need these programs, here by their Debian names; install them and run make again:$missing" >&2
    exit 1
  elif [ "$(id -u)" -ne 0 ]; then
    echo "The tests need programs that only root can install. Run this once, then make again:" >&2
    echo "    sudo apt-get update && sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  # shellcheck disable=SC2086  # one word a package
  install_with_apt $missing
fi

# npm writes this file last, so it is newer than the lock exactly when node_modules is what the lock asks for.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund
fi

# Pyodide is a platform of its own: pip is told which, as no resolver would take its wheels for this machine's Python.
# The folder bears Pyodide's version, as in package.json, because the wheel must be built for it.
pyodide_packages=.tools/pyodide-314.0.7
if [ ! -d "$pyodide_packages/pydantic_core" ]; then
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$pyodide_packages" \
    --only-binary=:all: --implementation cp --abi cp314 --python-version 3.14 --platform pyemscripten_2026_0_wasm32 \
    pydantic==2.14.3 pydantic-core==2.50.4 annotated-types==0.8.0 typing-extensions==4.16.0 typing-inspection==0.4.5
fi
