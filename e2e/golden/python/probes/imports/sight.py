# A program sees what it has imported and nothing else.
import sys

for name in ('asyncio', 'logging', 'typing', 'json', 'socket', 'subprocess', 'ssl', 'dataclasses', 'random'):
    print(name, name in sys.modules)

import importlib

print(hasattr(importlib, 'util'))
import importlib.util

print(hasattr(importlib, 'util'), importlib.util.find_spec('json').name, 'json' in sys.modules)

import xml

try:
    print(xml.etree)
except AttributeError as error:
    print(error)

import email

try:
    print(email.mime)
except AttributeError as error:
    print(error)

import http

try:
    print(http.client)
except AttributeError as error:
    print(error)

import http.client

print(http.client.__name__, email.message.__name__, email.parser.__name__)

import logging

try:
    print(logging.handlers)
except AttributeError as error:
    print(error)

import concurrent.futures

print(concurrent.futures.ThreadPoolExecutor.__name__)

import collections

print(collections.abc.Mapping.__name__)
