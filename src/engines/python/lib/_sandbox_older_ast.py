"""`ast.Num`, `Str`, `Bytes`, `NameConstant` and `Ellipsis`: names of constants that Python 3.12 still has."""

_ADVICE = 'is deprecated and will be removed in Python 3.14; use ast.Constant instead'


def _warn(name, level=3):
    import warnings

    warnings.warn(f'ast.{name} {_ADVICE}', DeprecationWarning, stacklevel=level)


def _make_class(module, name, field, is_instance):
    """A class whose instances are constants, and of which constants of the right kind are instances."""
    constant = module.Constant

    class Kind(type(constant)):
        def __instancecheck__(cls, instance):
            if not isinstance(instance, constant) or not is_instance(instance.value):
                return False
            _warn(name)
            return True

    def __new__(cls, *args, **kwargs):
        _warn(name)
        value = ... if name == 'Ellipsis' else kwargs.pop(field, None) if not args else args[0]
        return constant(value, *args[1:], **kwargs)

    return Kind(name, (constant,), {'__new__': __new__, '__module__': 'ast', '_fields': (field,) if field else ()})


def _alias(name):
    def get(self):
        _warn_alias(name)
        return self.value

    def change(self, value):
        _warn_alias(name)
        self.value = value

    return property(get, change)


def _warn_alias(name):
    import warnings

    text = f'Attribute {name} is deprecated and will be removed in Python 3.14; use value instead'
    warnings.warn(text, DeprecationWarning, stacklevel=3)


def _is_number(value):
    return isinstance(value, (int, float, complex)) and not isinstance(value, bool)


_KINDS = {
    'Num': ('n', _is_number),
    'Str': ('s', lambda value: isinstance(value, str)),
    'Bytes': ('s', lambda value: isinstance(value, bytes)),
    'NameConstant': ('value', lambda value: value is None or isinstance(value, bool)),
    'Ellipsis': ('', lambda value: value is ...),
}


def install(module):
    made = {}

    def __getattr__(name):
        if name not in _KINDS:
            raise AttributeError(f"module 'ast' has no attribute {name!r}")
        _warn(name)
        if name not in made:
            field, is_instance = _KINDS[name]
            made[name] = _make_class(module, name, field, is_instance)
        return made[name]

    module.__getattr__ = __getattr__
    module.Constant.n, module.Constant.s = _alias('n'), _alias('s')
