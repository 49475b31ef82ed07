from typing import Annotated

from fastapi import APIRouter, Body, status

from ..dependencies import CurrentUser, StoreDep
from ..errors import unauthorized
from ..presenters import show_user
from ..schemas import Credentials, NewUser, UserChanges, UserResponse
from ..security import hash_password, verify_password

router = APIRouter(tags=["users"])


@router.post("/users", status_code=status.HTTP_201_CREATED)
async def register(user: Annotated[NewUser, Body(embed=True)], store: StoreDep) -> UserResponse:
    store.require_unused({"username": user.username, "email": user.email})
    password_hash = await hash_password(user.password)
    return show_user(store.add_user(user.username, user.email, password_hash))


@router.post("/users/login")
async def login(user: Annotated[Credentials, Body(embed=True)], store: StoreDep) -> UserResponse:
    found = store.find_user(email=user.email)
    if found is None or not await verify_password(user.password, found.password_hash):
        raise unauthorized("credentials", "are not valid")
    return show_user(found)


@router.get("/user")
async def read_current_user(current: CurrentUser) -> UserResponse:
    return show_user(current)


@router.put("/user")
async def update_current_user(
    current: CurrentUser, user: Annotated[UserChanges, Body(embed=True)], store: StoreDep
) -> UserResponse:
    changes = user.model_dump(exclude_unset=True)
    if "password" in changes:
        changes["password_hash"] = await hash_password(changes.pop("password"))
    store.update_user(current, changes)
    return show_user(current)
