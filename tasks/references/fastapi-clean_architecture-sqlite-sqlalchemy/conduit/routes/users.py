from typing import Annotated

from fastapi import APIRouter, Body, status

from ..security import create_token
from ..services.results import Account
from .dependencies import CurrentUser, Users
from .schemas import Credentials, NewUser, UserChanges, UserOut, UserResponse

router = APIRouter(tags=["users"])


def show_account(account: Account) -> UserResponse:
    return UserResponse(
        user=UserOut(
            username=account.username,
            email=account.email,
            bio=account.bio,
            image=account.image,
            token=create_token(account.id),
        )
    )


@router.post("/users", status_code=status.HTTP_201_CREATED)
def register(user: Annotated[NewUser, Body(embed=True)], users: Users) -> UserResponse:
    return show_account(users.register(**user.model_dump()))


@router.post("/users/login")
def login(user: Annotated[Credentials, Body(embed=True)], users: Users) -> UserResponse:
    return show_account(users.login(**user.model_dump()))


@router.get("/user")
def read_current_user(current: CurrentUser) -> UserResponse:
    return show_account(current)


@router.put("/user")
def update_current_user(
    current: CurrentUser, user: Annotated[UserChanges, Body(embed=True)], users: Users
) -> UserResponse:
    return show_account(users.update(current.id, user.model_dump(exclude_unset=True)))
