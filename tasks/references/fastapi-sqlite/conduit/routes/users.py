from typing import Annotated

from fastapi import APIRouter, Body, status

from ..dependencies import CurrentUser, QueriesDep
from ..errors import unauthorized
from ..presenters import show_user
from ..queries import Queries
from ..schemas import Credentials, NewUser, UserChanges, UserResponse
from ..security import hash_password, verify_password

router = APIRouter(tags=["users"])


def answer(queries: Queries, user_id: int) -> UserResponse:
    user = queries.find_user(id=user_id)
    if user is None:
        raise unauthorized("user", "is gone")
    return show_user(user)


@router.post("/users", status_code=status.HTTP_201_CREATED)
def register(user: Annotated[NewUser, Body(embed=True)], queries: QueriesDep) -> UserResponse:
    queries.require_unused({"username": user.username, "email": user.email})
    password_hash = hash_password(user.password)
    with queries.transaction():
        user_id = queries.add_user(user.username, user.email, password_hash)
    return answer(queries, user_id)


@router.post("/users/login")
def login(user: Annotated[Credentials, Body(embed=True)], queries: QueriesDep) -> UserResponse:
    found = queries.find_user(email=user.email)
    if found is None or not verify_password(user.password, found["password_hash"]):
        raise unauthorized("credentials", "are not valid")
    return show_user(found)


@router.get("/user")
def read_current_user(current: CurrentUser) -> UserResponse:
    return show_user(current)


@router.put("/user")
def update_current_user(
    current: CurrentUser, user: Annotated[UserChanges, Body(embed=True)], queries: QueriesDep
) -> UserResponse:
    changes = user.model_dump(exclude_unset=True)
    if "password" in changes:
        changes["password_hash"] = hash_password(changes.pop("password"))
    with queries.transaction():
        queries.update_user(current["id"], changes)
    return answer(queries, current["id"])
