#!/bin/sh
# Finds QGIS's Python, or installs Debian's when root; else one sentence and exit 2.
set -eu
python=${QGIS_PYTHON:-/usr/bin/python3}
if ! "$python" -c "import qgis.core" 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq </dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-qgis qgis-common python3-gdal gdal-bin </dev/null >/dev/null
    else
        echo "The tests of QGIS need its Python module: install Debian's python3-qgis, or name a Python that has it in QGIS_PYTHON." >&2
        exit 2
    fi
fi
"$python" -c "import qgis.core, osgeo_utils.samples.validate_gpkg"
