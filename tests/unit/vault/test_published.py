"""The primitives we lean on, and our own second reader, give what their specifications publish."""

import json
from pathlib import Path

import cryptography_vectors
import pytest
from argon2.low_level import ARGON2_VERSION, Type, core, error_to_str, ffi
from cryptography.hazmat.bindings._rust import openssl as rust_openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.secret import Aead

from nearer.vault.derivation import Argon2, stretch
from nearer.vault.identity import SUITE, public_key_of

from . import opener

H = bytes.fromhex
HPKE_FILE = Path(cryptography_vectors.__file__).parent / "HPKE" / "test-vectors.json"


def test_argon2id_gives_the_tag_of_rfc_9106_section_5_3() -> None:
    out = ffi.new("uint8_t[]", 32)
    password, salt = ffi.new("uint8_t[]", b"\x01" * 32), ffi.new("uint8_t[]", b"\x02" * 16)
    secret, data = ffi.new("uint8_t[]", b"\x03" * 8), ffi.new("uint8_t[]", b"\x04" * 12)
    context = ffi.new(
        "argon2_context *",
        {
            "out": out, "outlen": 32, "pwd": password, "pwdlen": 32, "salt": salt, "saltlen": 16,
            "secret": secret, "secretlen": 8, "ad": data, "adlen": 12, "t_cost": 3, "m_cost": 32, "lanes": 4,
            "threads": 4, "version": ARGON2_VERSION, "allocate_cbk": ffi.NULL, "free_cbk": ffi.NULL, "flags": 0,
        },
    )  # fmt: skip

    result = core(context, Type.ID.value)

    assert result == 0, error_to_str(result)
    assert bytes(out) == H("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")


def test_stretch_gives_the_same_vector_without_secret_and_data() -> None:
    stretched = stretch("\x01" * 32, b"\x02" * 16, Argon2(m=32, t=3, p=4))

    assert stretched == H("03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e")


@pytest.mark.parametrize(
    ("ikm", "salt", "info", "okm"),
    [
        pytest.param(
            "0b" * 22,
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
            id="A.1",
        ),
        pytest.param(
            bytes(range(0x50)).hex(),
            bytes(range(0x60, 0xB0)).hex(),
            bytes(range(0xB0, 0x100)).hex(),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
            id="A.2",
        ),
        pytest.param(
            "0b" * 22,
            "",
            "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
            id="A.3",
        ),
    ],
)
def test_hkdf_gives_the_output_of_rfc_5869(ikm: str, salt: str, info: str, okm: str) -> None:
    theirs = HKDF(algorithm=SHA256(), length=len(H(okm)), salt=H(salt), info=H(info)).derive(H(ikm))

    assert theirs == H(okm)
    assert opener.hkdf(H(ikm), H(salt), H(info), len(H(okm))) == H(okm)


@pytest.mark.parametrize(
    ("scalar", "point", "product"),
    [
        (
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        ),
        (
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        ),
    ],
)
def test_x25519_multiplies_as_rfc_7748_section_5_2(scalar: str, point: str, product: str) -> None:
    shared = X25519PrivateKey.from_private_bytes(H(scalar)).exchange(
        X25519PublicKey.from_public_bytes(H(point))
    )

    assert shared == H(product)


@pytest.mark.parametrize(
    ("private", "public"),
    [
        (
            "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        ),
        (
            "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        ),
    ],
    ids=["alice", "bob"],
)
def test_public_keys_are_those_of_rfc_7748_section_6_1(private: str, public: str) -> None:
    assert public_key_of(H(private)) == H(public)


def test_hchacha20_gives_the_subkey_of_the_draft() -> None:
    subkey = opener.hchacha20(bytes(range(32)), H("000000090000004a0000000031415927"))

    assert subkey == H("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc")


def test_xchacha20_poly1305_gives_the_ciphertext_of_the_draft() -> None:
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    aad, key, nonce = H("50515253c0c1c2c3c4c5c6c7"), bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
    expected = H(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    )

    assert Aead(key).encrypt(text, aad, nonce).ciphertext == expected
    assert Aead(key).decrypt(expected, aad, nonce) == text
    assert opener.xchacha_open(key, nonce, expected, aad) == text


# RFC 9180, appendix A.2.1, first message.
HPKE_PRIVATE = H("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
HPKE_INFO = H("4f6465206f6e2061204772656369616e2055726e")
HPKE_AAD = b"Count-0"
HPKE_SEALED = H(
    "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
)
HPKE_TEXT = b"Beauty is truth, truth beauty"


def test_the_library_opens_the_message_of_rfc_9180_a_2_1() -> None:
    private = X25519PrivateKey.from_private_bytes(HPKE_PRIVATE)

    # The published message has additional data, which the public function leaves out on purpose.
    opened = rust_openssl.hpke._decrypt_with_aad(SUITE, HPKE_SEALED, private, HPKE_INFO, HPKE_AAD)

    assert opened == HPKE_TEXT


def test_the_second_reader_opens_the_message_of_rfc_9180_a_2_1() -> None:
    assert opener.hpke_open(HPKE_PRIVATE, HPKE_SEALED, HPKE_INFO, HPKE_AAD) == HPKE_TEXT


def test_our_literals_are_those_of_the_published_file() -> None:
    cases = json.loads(HPKE_FILE.read_text())
    (case,) = [c for c in cases if (c["mode"], c["kem_id"], c["kdf_id"], c["aead_id"]) == (0, 0x20, 1, 3)]

    first = case["encryptions"][0]

    assert (H(case["skRm"]), H(case["info"]), H(first["aad"])) == (HPKE_PRIVATE, HPKE_INFO, HPKE_AAD)
    assert H(case["enc"]) + H(first["ct"]) == HPKE_SEALED


def test_the_second_reader_opens_what_the_suite_seals() -> None:
    private = X25519PrivateKey.generate()

    sealed = SUITE.encrypt(b"a key", private.public_key(), b"about")

    assert opener.hpke_open(private.private_bytes_raw(), sealed, b"about") == b"a key"
