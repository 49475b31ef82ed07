"""Unions made by the method, as older releases of SQLAlchemy make them for `Mapped[Optional[...]]`."""
from typing import List, Optional, TypeVar, Union, get_args, get_origin

T = TypeVar('T')
made = Union.__getitem__((int, str))
print(made == Union[int, str], get_args(made), get_origin(made) is Union)
print(Union.__getitem__((int, None)) == Optional[int], Optional.__getitem__(int) == Optional[int])
print(Union.__getitem__(int))
print(get_args((List[T] | None)[int]) == get_args(Optional[List[int]]))
print((List[T] | None).__getitem__(int) == Optional[List[int]])
print(get_args(Union.__getitem__((List[int], 'Later'))))
try:
    Union.__getitem__(())
except TypeError as error:
    print('TypeError', error)
