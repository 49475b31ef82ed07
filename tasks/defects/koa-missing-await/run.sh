#!/usr/bin/env bash
# Written by hand.
exec node server.js
