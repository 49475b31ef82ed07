#!/usr/bin/env bash
# Written by hand.
set -euo pipefail
exec uvicorn main:app --host 0.0.0.0 --port 8080
