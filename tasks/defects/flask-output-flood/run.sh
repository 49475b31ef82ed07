#!/usr/bin/env bash
# Written by hand.
exec python main.py
