import yaml

LIMITS = yaml.safe_load('a: 1')
