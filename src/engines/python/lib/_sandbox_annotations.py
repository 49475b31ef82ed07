"""Annotations evaluated where they stand, as up to Python 3.13; this interpreter evaluates them when they are read.

The syntax tree is rewritten before it is compiled. A function's annotations become a dictionary that an innermost
decorator sets on the function; those of a class or module become items of its `__annotations__`. What a program sees
is what `from __future__ import annotations` leaves in its namespaces, with values in place of strings, so whatever
reads annotations reads these. One order differs: a function's annotations come before its default values.
"""

import _ast as ast
import builtins

_ATTACH = '<annotations>'
"""Name of the helper among the built-in functions; no program can write it."""

_EVALUATE = '<own annotations>'
"""The same for a generic function, whose annotations see its type parameters."""

_BODIES = ('body', 'orelse', 'finalbody')


def _attach(annotations):
    def decorate(function):
        function.__annotations__ = annotations
        return function

    return decorate


def _evaluate(function):
    # Reading evaluates them, and keeps the result.
    function.__annotations__ = function.__annotations__
    return function


def install():
    """Puts the helpers where rewritten code finds them."""
    setattr(builtins, _ATTACH, _attach)
    setattr(builtins, _EVALUATE, _evaluate)


def at(node, place):
    """The node, at the place of another one."""
    node.lineno, node.col_offset = place.lineno, place.col_offset
    node.end_lineno, node.end_col_offset = place.end_lineno, place.end_col_offset
    return node


def rewrite(tree):
    """Rewrites a module's tree in place. True when something changed."""
    return _rewrite_scope(tree, None, _module_setup)


def is_postponed(tree):
    """Whether a module asks for its annotations as strings: then it means the same to every version."""
    return any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == '__future__'
        and any(alias.name == 'annotations' for alias in statement.names)
        for statement in tree.body
    )


def _rewrite_scope(scope, class_name, setup):
    """Rewrites a module or class, where annotations of variables are kept. `setup` makes their dictionary."""
    changed, has_variables = _rewrite_statements(scope, class_name, True)
    if has_variables:
        position = _first_statement(scope)
        scope.body[position:position] = setup(scope.body[position])
    return changed


def _first_statement(scope):
    """Index of the first statement after the documentation and the imports from `__future__`."""
    position = 0
    if isinstance(scope.body[0], ast.Expr) and isinstance(scope.body[0].value, ast.Constant):
        position = int(isinstance(scope.body[0].value.value, str))
    while position < len(scope.body) - 1:
        statement = scope.body[position]
        if not isinstance(statement, ast.ImportFrom) or statement.module != '__future__':
            break
        position += 1
    return position


def _rewrite_statements(holder, class_name, is_kept):
    """Rewrites the statement lists below a node, within one scope. `is_kept`: annotations of variables are evaluated.

    Returns whether something changed, and whether there are annotated variables.
    """
    changed = has_variables = False
    pending = [holder]
    while pending:
        node = pending.pop()
        for field in _BODIES:
            statements = getattr(node, field, None)
            if not statements or not isinstance(statements, list):
                continue
            replaced = []
            for statement in statements:
                kind = type(statement)
                if kind is ast.AnnAssign and is_kept:
                    has_variables |= bool(statement.simple)
                    changed = True
                    replaced.extend(_variable(statement, class_name))
                    continue
                replaced.append(statement)
                if kind is ast.FunctionDef or kind is ast.AsyncFunctionDef:
                    changed |= _rewrite_function(statement, class_name)
                    changed |= _rewrite_statements(statement, class_name, False)[0]
                elif kind is ast.ClassDef:
                    changed |= _rewrite_scope(statement, statement.name, _class_setup)
                elif hasattr(statement, 'body') or kind is ast.Match:
                    pending.append(statement)
            if len(replaced) != len(statements) or changed:
                setattr(node, field, replaced)
        pending.extend(getattr(node, 'handlers', ()))
        pending.extend(getattr(node, 'cases', ()))
    return changed, has_variables


def _mangled(name, class_name):
    """A private name of a class as the compiler spells it."""
    if class_name is None or not name.startswith('__') or name.endswith('__'):
        return name
    stripped = class_name.lstrip('_')
    return f'_{stripped}{name}' if stripped else name


def _name(identifier, place, context=ast.Load):
    return at(ast.Name(identifier, context()), place)


def _variable(statement, class_name):
    """What an annotated variable does: assign, then evaluate the annotation."""
    target, annotation = statement.target, statement.annotation
    result = []
    if statement.value is not None:
        result.append(at(ast.Assign([target], statement.value), statement))
    elif not isinstance(target, ast.Name):
        result.append(at(ast.Expr(target.value), statement))
    if statement.simple:
        key = at(ast.Constant(_mangled(target.id, class_name)), target)
        item = ast.Subscript(_name('__annotations__', target), key, ast.Store())
        result.append(at(ast.Assign([at(item, target)], annotation), statement))
    else:
        result.append(at(ast.Expr(annotation), statement))
    return result


def _empty_annotations(place):
    target = _name('__annotations__', place, ast.Store)
    return at(ast.Assign([target], at(ast.Dict([], []), place)), place)


def _class_setup(place):
    return [_empty_annotations(place)]


def _module_setup(place):
    """A module that is loaded again, or code run in a namespace that has some, adds to what is there."""
    read = at(ast.Expr(_name('__annotations__', place)), place)
    handler = ast.ExceptHandler(_name('NameError', place), None, [_empty_annotations(place)])
    return [at(ast.Try([read], [at(handler, place)], [], []), place)]


def _parameters(arguments):
    """The parameters in the order in which their annotations are evaluated."""
    yield from arguments.args
    yield from arguments.posonlyargs
    if arguments.vararg is not None:
        yield arguments.vararg
    yield from arguments.kwonlyargs
    if arguments.kwarg is not None:
        yield arguments.kwarg


def _rewrite_function(function, class_name):
    keys, values = [], []
    is_generic = bool(function.type_params)
    for parameter in _parameters(function.args):
        annotation = parameter.annotation
        if annotation is None:
            continue
        if isinstance(annotation, ast.Starred):
            # `*args: *Types`: the one value that it unpacks to.
            unpacked = at(ast.Tuple([annotation], ast.Load()), annotation)
            first = at(ast.Constant(0), annotation)
            annotation = at(ast.Subscript(unpacked, first, ast.Load()), annotation)
        keys.append(at(ast.Constant(_mangled(parameter.arg, class_name)), parameter))
        values.append(annotation)
        if not is_generic:
            parameter.annotation = None
    if function.returns is not None:
        keys.append(at(ast.Constant('return'), function.returns))
        values.append(function.returns)
        if not is_generic:
            function.returns = None
    if not keys:
        return False
    place = ast.Pass(
        lineno=function.lineno, col_offset=function.col_offset,
        end_lineno=function.lineno, end_col_offset=function.col_offset + 3,
    )  # fmt: skip
    if is_generic:
        decorator = _name(_EVALUATE, place)
    else:
        mapping = at(ast.Dict(keys, values), place)
        decorator = at(ast.Call(_name(_ATTACH, place), [mapping], []), place)
    function.decorator_list.append(decorator)
    return True
