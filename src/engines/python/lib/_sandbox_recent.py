"""Names newer than Python 3.12, which a submission's own files shall not find.

Packages choose what they use by the interpreter's version and need these names; so they stay where they are, and only
the text of a submission is looked through, before it is compiled, for imports and attributes that would find them.
"""

import _ast as ast
import builtins
import re
import sys

from _sandbox_annotations import at
from _sandbox_recent_names import KEYWORDS, MEMBERS, MODULES, NAMES, NOT_BESIDE, NOT_PACKAGES, VALUES

_MODULE = '<recent module>'
_NAME = '<recent name>'
_ATTRIBUTE = '<recent attribute>'
_KEYWORD = '<recent keyword>'
_VALUE = '<value>'

_LIBRARY = '/lib/python314.zip'
_VALUES = re.compile(r'\b(?:version_info|hexversion|maxsize|sys\.version|import.*\bversion|python_version(?:_tuple)?)\b')
_KEYWORDS = re.compile(rf'\b({"|".join(KEYWORDS)})\s*=')


def concerns(text):
    """Whether a file may hold any of these names: most hold none, and are not looked through."""
    return (
        any(all(part in text for part in module.split('.')) for module in MODULES)
        or any(
            module.rpartition('.')[2] in text and any(name in text for name in names) for module, names in NAMES.items()
        )
        or any(word in text and name in text for name, (word, *_modules) in MEMBERS.items())
        or _VALUES.search(text) is not None
        or bool(_newer_keywords(text))
    )


def _newer_keywords(text):
    """Those of `KEYWORDS` that a file may give to one of their functions."""
    return {
        name
        for name in set(_KEYWORDS.findall(text))
        if any(function in text for function in KEYWORDS[name]) and (name not in NOT_BESIDE or NOT_BESIDE[name] not in text)
    }


def rewrite(tree, text, walk):
    """Puts a check before each import and around each attribute that may be newer. `walk` goes over a tree's nodes."""
    aliases = {}
    nodes = list(walk(tree))
    for node in nodes:
        for field in ('body', 'orelse', 'finalbody'):
            statements = getattr(node, field, None)
            if isinstance(statements, list) and any(type(item) in (ast.Import, ast.ImportFrom) for item in statements):
                setattr(node, field, [part for item in statements for part in _checked_import(item, aliases)])
    members = {name for name, (word, *_rest) in MEMBERS.items() if word in text}
    keywords = _newer_keywords(text)
    for node in nodes:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.Attribute):
                setattr(node, field, _checked_attribute(value, aliases, members))
            elif isinstance(value, list):
                value[:] = [
                    _checked_attribute(item, aliases, members) if isinstance(item, ast.Attribute) else item
                    for item in value
                ]
        if isinstance(node, ast.Call):
            _check_keywords(node, keywords)


def _call(helper, place, *arguments):
    values = [item if isinstance(item, ast.AST) else at(ast.Constant(item), place) for item in arguments]
    return at(ast.Call(at(ast.Name(helper, ast.Load()), place), values, []), place)


def _checked_import(statement, aliases):
    """The statement with what is to run before and after it; notes the names of imported modules."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            if alias.name in MODULES or alias.name.partition('.')[0] in MODULES:
                yield at(ast.Expr(_call(_MODULE, statement, alias.name)), statement)
            if alias.asname is None:
                aliases[alias.name.partition('.')[0]] = alias.name.partition('.')[0]
            else:
                aliases[alias.asname] = alias.name
        yield statement
        return
    values = []
    if isinstance(statement, ast.ImportFrom) and statement.level == 0:
        module = statement.module
        if module in MODULES or module.partition('.')[0] in MODULES:
            yield at(ast.Expr(_call(_MODULE, statement, module)), statement)
        for alias in statement.names:
            if alias.name in NAMES.get(module, ()) or f'{module}.{alias.name}' in MODULES:
                yield at(ast.Expr(_call(_NAME, statement, module, alias.name)), statement)
            elif (module, alias.name) in VALUES:
                target = at(ast.Name(alias.asname or alias.name, ast.Store()), statement)
                values.append(at(ast.Assign([target], _call(_VALUE, statement, module, alias.name)), statement))
    yield statement
    yield from values


def _checked_attribute(node, aliases, members):
    if not isinstance(node.ctx, ast.Load):
        return node
    if (module := _module_name(node.value, aliases)) is not None:
        if node.attr in NAMES.get(module, ()) or (module, node.attr) in VALUES:
            return _call(_ATTRIBUTE, node, node.value, node.attr)
    if node.attr in members:
        return _call(_ATTRIBUTE, node, node.value, node.attr)
    return node


def _module_name(node, aliases):
    """What module an expression such as `http.server` names, if it does."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id)
    if isinstance(node, ast.Attribute):
        package = _module_name(node.value, aliases)
        return None if package is None else f'{package}.{node.attr}'
    return None


def _check_keywords(node, names):
    for keyword in node.keywords:
        if keyword.arg in names:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, 'attr', None)
            if name in KEYWORDS[keyword.arg]:
                node.func = _call(_KEYWORD, node.func, node.func, keyword.arg)
                return


def _is_library(name):
    """Whether a module is the standard library's, not a file of the program with its name."""
    module = sys.modules.get(name)
    if module is None:
        from importlib.util import find_spec

        spec = find_spec(name)
        origin = None if spec is None else spec.origin
    else:
        origin = getattr(module, '__file__', None) or 'built-in'
    return origin is None or origin in ('built-in', 'frozen') or origin.startswith(_LIBRARY)


def _refuse_module(name):
    top = name.partition('.')[0]
    if not _is_library(top):
        return
    shown = top if top in MODULES else name
    detail = f"; {top!r} is not a package" if top in NOT_PACKAGES else ''
    raise ModuleNotFoundError(f'No module named {shown!r}{detail}', name=shown)


def _refuse_name(module_name, name):
    module = __import__(module_name, fromlist=('',))
    if _is_library(module_name.partition('.')[0]):
        place = getattr(module, '__file__', None) or 'unknown location'
        text = f'cannot import name {name!r} from {module_name!r} ({place})'
        raise ImportError(text, name=module_name, path=getattr(module, '__file__', None))


def _value(module_name, name):
    return VALUES[module_name, name]


def _attribute(owner, name):
    """`owner.name`, unless it is newer than Python 3.12."""
    if type(owner) is type(sys):
        module_name = owner.__name__
        if owner is sys.modules.get(module_name) and _is_library(module_name):
            if (module_name, name) in VALUES:
                return VALUES[module_name, name]
            if name in NAMES.get(module_name, ()):
                raise AttributeError(f'module {module_name!r} has no attribute {name!r}', name=name, obj=owner)
    elif name in MEMBERS:
        kind = owner if isinstance(owner, type) else type(owner)
        defining = next((base.__module__ for base in kind.__mro__ if name in vars(base)), None)
        if defining in MEMBERS[name][1:] and _is_recent_member(kind, name):
            shown = _type_name(kind)
            text = f'type object {shown!r}' if isinstance(owner, type) else f'{shown!r} object'
            raise AttributeError(f'{text} has no attribute {name!r}', name=name, obj=owner)
    return getattr(owner, name)


def _type_name(kind):
    """A type as the interpreter names it in errors: one that is written in C with its module."""
    if '__firstlineno__' in vars(kind) or kind.__module__ == 'builtins':
        return kind.__name__
    return f'{kind.__module__}.{kind.__name__}'


def _is_recent_member(kind, name):
    if name == 'strptime':
        # `datetime.strptime` is old; those of its base class and of `time` are not.
        return not hasattr(kind, 'utcnow')
    if name == 'locked':
        return 'RLock' in kind.__name__
    if name == 'shutdown':
        return 'Queue' in ' '.join(base.__name__ for base in kind.__mro__)
    return True


def _keyword(callee, name):
    """What is called with the keyword argument, unless it is a function that takes no such argument in Python 3.12."""
    for path, text in KEYWORDS[name].values():
        if _is_function(callee, path):
            place, _, function = path.rpartition('.')
            owner = place.rpartition('.')[2]
            kind = f'{owner}.{function}' if owner[:1].isupper() or owner == 'str' else function
            shown = f'{kind}.__init__' if function[:1].isupper() else kind
            raise TypeError(text.format(shown, name))
    return callee


def _is_function(callee, path):
    """Whether something that is called is the function at a path, or that method of some object."""
    place, _, name = path.rpartition('.')
    owner = _at_path(place)
    if owner is None:
        return False
    function = getattr(owner, name, None)
    if isinstance(callee, type) and isinstance(function, type):
        return issubclass(callee, function) and callee.__init__ is function.__init__
    if getattr(callee, '__func__', callee) is function:
        return True
    bound = getattr(callee, '__self__', None)
    return type(owner) is type and isinstance(bound, owner) and getattr(callee, '__name__', None) == name


def _at_path(path):
    """The module or class at a dotted path, if it is loaded."""
    if path in sys.modules:
        return sys.modules[path]
    parent, _, name = path.rpartition('.')
    return getattr(_at_path(parent), name, None) if parent else None


def install():
    """Puts the checks where rewritten code finds them."""
    for name, helper in (
        (_MODULE, _refuse_module),
        (_NAME, _refuse_name),
        (_ATTRIBUTE, _attribute),
        (_KEYWORD, _keyword),
        (_VALUE, _value),
    ):
        setattr(builtins, name, helper)
