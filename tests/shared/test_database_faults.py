"""Which errors of the database are waited out: those that the same again, a little later, will not meet."""

from __future__ import annotations

from typing import Any

import pytest
from pymongo.errors import AutoReconnect, BulkWriteError, OperationFailure, PyMongoError

from shared.database.mongo import Superseded, is_fault


def bulk(*codes: int, concerns: tuple[int, ...] = (), labels: tuple[str, ...] = ()) -> BulkWriteError:
    """What a bulk met."""
    met: dict[str, Any] = {
        "writeErrors": [{"code": code} for code in codes],
        "writeConcernErrors": [{"code": code} for code in concerns],
        "errorLabels": list(labels),
    }
    return BulkWriteError(met)


@pytest.mark.parametrize(
    "error",
    [
        AutoReconnect(),
        Superseded("monthly"),
        OperationFailure("the cursor went with the server", 43),
        OperationFailure("killed", 11600),
        bulk(concerns=(91,)),
        bulk(112, 112),
        bulk(labels=("RetryableWriteError",)),
    ],
    ids=repr,
)
def test_the_same_again_will_do(error: PyMongoError | Superseded) -> None:
    assert is_fault(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        OperationFailure("not allowed", 13),
        OperationFailure("wrong password", 18),
        bulk(11000),
        bulk(112, 11000),
        bulk(2),
        bulk(),
    ],
    ids=repr,
)
def test_the_same_again_would_fail_again(error: Exception) -> None:
    assert not is_fault(error)
