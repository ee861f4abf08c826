"""Opening what a platform has sealed (解密): AES in CBC, as its documents say it.

CBC alone vouches for nothing: what was opened is a hint, and is asked of the platform itself.
"""

from __future__ import annotations

from caopan.ingest.feeds.fault import Cause, FeedError

BLOCK = 16
KEY_SIZES = frozenset({16, 24, 32})


def opened(sealed: bytes, *, key: bytes, iv: bytes = bytes(BLOCK)) -> bytes:
    """Return what was sealed with AES-CBC and PKCS#5 padding.

    Args:
        sealed: whole blocks.
        key: 16, 24 or 32 bytes.
        iv: 16 bytes; zeros by default.

    Raises:
        FeedError: it was sealed with another key, or the library is not installed.
    """
    try:
        # an extra: who takes no calls of platforms needs none of it
        from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - see the line above
            Cipher,
            algorithms,
            modes,
        )
        from cryptography.hazmat.primitives.padding import (  # noqa: PLC0415 - see the line above
            PKCS7,
        )
    except ImportError:
        raise FeedError(Cause.UNSET, "pip install 'caopan[connect]'") from None
    if len(key) not in KEY_SIZES or not sealed or len(sealed) % BLOCK:
        raise FeedError(Cause.REFUSED, "cipher")
    opening = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    unpadding = PKCS7(BLOCK * 8).unpadder()
    try:
        return unpadding.update(opening.update(sealed) + opening.finalize()) + unpadding.finalize()
    except ValueError:
        raise FeedError(Cause.REFUSED, "cipher") from None
