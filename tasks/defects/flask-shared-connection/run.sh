#!/usr/bin/env bash
# Written by hand.
set -euo pipefail
exec python main.py
