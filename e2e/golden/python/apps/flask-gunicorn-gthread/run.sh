#!/bin/sh
exec gunicorn "app:create_app('golden')" -b "0.0.0.0:$PORT" -w 1 --threads 4 --preload --graceful-timeout 1 --access-logfile - --access-logformat '%(m)s %(U)s %(s)s %(b)s'
