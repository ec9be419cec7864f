#!/usr/bin/env bash
# Makes docs/matrix.png, the picture in the README, from a run on the sample.
# Needs LibreOffice (soffice) and poppler (pdftoppm, pdftotext). It shows the first page of the matrix.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv run ntm batch samples/lai-chau-2026 --out "$work" > "$work/screen.txt" || [ $? -eq 3 ]
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" "$work/ket-qua.xlsx" > /dev/null
page=1
until pdftotext -f "$page" -l "$page" "$work/ket-qua.pdf" - | grep -q "Kết quả từng chỉ tiêu của từng xã"; do
    page=$((page + 1))
done
pdftoppm -r 137 -png -f "$page" -l "$page" -x 44 -y 64 -W 1608 -H 560 -singlefile "$work/ket-qua.pdf" docs/matrix
