"""Answers kept in Redis: the same question to one generation of a table has one answer for ever.

A table without a generation is never kept. Whether the caller may read the table is asked before, each time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import zlib
from typing import Any

from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError

RULES = 3
"""Raise it when an answer to the same question changes: what was kept before is then not found."""

SECONDS = 24 * 3600
LARGEST = 128 * 1024
"""Bytes of one answer, compressed; a larger one is computed each time."""

MOST = 1000
"""Answers; the oldest go. With ``LARGEST`` this is 128 MB at the very most."""

PREFIX = "participation:answer:"
INDEX = "participation:answers"

log = logging.getLogger(__name__)


def key(question: dict[str, Any]) -> str:
    """The name of an answer; the question holds table and generation."""
    text = json.dumps([RULES, question], sort_keys=True, ensure_ascii=False, default=str)
    return PREFIX + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def get(name: str) -> dict[str, Any] | None:
    """The answer, or nothing; without Redis, nothing."""
    try:
        found: Any = connect_to_redis().get(name)
    except RedisError as error:
        log.warning("answers cannot be read from Redis: %s", error)
        return None
    return dict(json.loads(zlib.decompress(found))) if found else None


def put(name: str, answer: dict[str, Any]) -> None:
    """Keep an answer, and let the oldest go when there are too many."""
    packed = zlib.compress(json.dumps(answer, ensure_ascii=False).encode(), 1)
    if len(packed) > LARGEST:
        return
    try:
        redis = connect_to_redis()
        redis.setex(name, SECONDS, packed)
        redis.zadd(INDEX, {name: time.time()})
        redis.zremrangebyscore(INDEX, 0, time.time() - SECONDS)
        if (over := redis.zcard(INDEX) - MOST) > 0:
            oldest: Any = redis.zpopmin(INDEX, over)
            redis.delete(*(each for each, _when in oldest))
    except RedisError as error:
        log.warning("answers cannot be kept in Redis: %s", error)
