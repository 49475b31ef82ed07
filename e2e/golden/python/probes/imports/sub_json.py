import json


def same_json(other):
    return json is other
