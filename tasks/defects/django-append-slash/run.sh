#!/usr/bin/env bash
# Written by hand.
set -euo pipefail
exec python main.py runserver 0.0.0.0:8080 --noreload
