#!/usr/bin/env bash
# Makes docs/matrix.png, the picture in the README, from a run on the sample.
# Needs LibreOffice (soffice) and poppler (pdftoppm).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv run ntm batch samples/lai-chau-2026 --out "$work" > "$work/screen.txt" || [ $? -eq 3 ]
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" "$work/ket-qua.xlsx" > /dev/null
pdftoppm -r 150 -png -f 2 -l 2 -x 90 -y 90 -W 1600 -H 460 -singlefile "$work/ket-qua.pdf" docs/matrix
