"""What a server and its workers tell each other: values, each after its length."""

import pickle  # of our own process
import struct
from typing import Any

LENGTH = struct.Struct(">I")


def pack(value: Any) -> bytes:
    content = pickle.dumps(value)
    return LENGTH.pack(len(content)) + content


def unpack(content: bytes) -> Any:
    return pickle.loads(content)
