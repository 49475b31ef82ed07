from datetime import datetime, timedelta, timezone
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, Security, status
from fastapi.security import (
    APIKeyHeader,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    OAuth2PasswordBearer,
    SecurityScopes,
)

from .settings import settings

oauth2 = OAuth2PasswordBearer(tokenUrl='token', scopes={'read': 'Read', 'write': 'Write'})
basic = HTTPBasic(realm='shop')
bearer = HTTPBearer(auto_error=False)
api_key = APIKeyHeader(name='X-Key')


def make_token(name: str, scopes: list[str]) -> str:
    claims = {'sub': name, 'scopes': scopes, 'exp': datetime.now(timezone.utc) + timedelta(minutes=5)}
    return jwt.encode(claims, settings.key.get_secret_value(), algorithm='HS256')


def current(scopes: SecurityScopes, token: Annotated[str, Depends(oauth2)]) -> dict:
    challenge = f'Bearer scope="{scopes.scope_str}"' if scopes.scopes else 'Bearer'
    try:
        claims = jwt.decode(token, settings.key.get_secret_value(), algorithms=['HS256'])
    except jwt.InvalidTokenError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, str(error), {'WWW-Authenticate': challenge}) from error
    if missing := [scope for scope in scopes.scopes if scope not in claims['scopes']]:
        raise HTTPException(403, f'missing {missing}', {'WWW-Authenticate': challenge})
    return claims


Reader = Annotated[dict, Security(current, scopes=['read'])]
Writer = Annotated[dict, Security(current, scopes=['write'])]
Basic = Annotated[HTTPBasicCredentials, Depends(basic)]
