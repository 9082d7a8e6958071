"""Personal data: found wherever it stands, in time that grows with the text alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from responder.privacy import find_personal_data, mask

ORDERS = ("TL-########-####",)
WORDS = st.text(st.sampled_from("abcdefghijklmnoprstuw ,.?!\n"), max_size=60)


def national_phones() -> st.SearchStrategy[str]:
    digits = st.tuples(
        st.sampled_from(["812", "813", "821", "852", "857", "878", "896"]),
        st.from_regex(r"[0-9]{4}", fullmatch=True),
        st.from_regex(r"[0-9]{4}", fullmatch=True),
    )
    prefix = st.sampled_from(["0", "+62", "62", "+62 ", "(0)", "0 "])
    return st.builds(
        lambda start, sep, parts: start + sep.join(parts),
        prefix.filter(lambda p: p != "(0)"),
        st.sampled_from(["", " ", "-", "."]),
        digits,
    )


def cards() -> st.SearchStrategy[str]:
    body = st.from_regex(r"[45][0-9]{14}", fullmatch=True)
    return st.builds(
        lambda digits, sep: sep.join(_fours(digits + luhn.calc_check_digit(digits))),
        body,
        st.sampled_from(["", " ", "-"]),
    )


def _fours(digits: str) -> list[str]:
    return [digits[start : start + 4] for start in range(0, len(digits), 4)]


def niks() -> st.SearchStrategy[str]:
    return st.builds(
        lambda region, day, month, year, serial: f"{region}{day:02}{month:02}{year:02}{serial:04}",
        st.sampled_from(["317401", "320411", "357801", "510304"]),
        st.integers(1, 28),
        st.integers(1, 12),
        st.integers(50, 99),
        st.integers(1, 9999),
    )


def emails() -> st.SearchStrategy[str]:
    name = st.from_regex(r"[a-z][a-z0-9._+-]{0,20}[a-z0-9]", fullmatch=True)
    host = st.sampled_from(["contoh.id", "mail.toko-lentera.co.id", "gmail.com", "surel.museum"])
    return st.builds(lambda left, right: f"{left}@{right}", name, host)


@given(before=WORDS, secret=national_phones(), after=WORDS)
def test_a_phone_number_is_masked_anywhere(before: str, secret: str, after: str) -> None:
    _check_masked(before, secret, after)


@given(before=WORDS, secret=cards(), after=WORDS)
def test_a_card_number_is_masked_anywhere(before: str, secret: str, after: str) -> None:
    _check_masked(before, secret, after)


@given(before=WORDS, secret=niks(), after=WORDS)
def test_a_nik_is_masked_anywhere(before: str, secret: str, after: str) -> None:
    _check_masked(before, secret, after)


@given(before=WORDS, secret=emails(), after=WORDS)
def test_an_address_is_masked_anywhere(before: str, secret: str, after: str) -> None:
    _check_masked(before, secret, after)


def _check_masked(before: str, secret: str, after: str) -> None:
    masked = mask(f"{before} {secret} {after}")
    digits = "".join(c for c in secret if c.isdigit())
    left = "".join(c for c in masked.text if c.isdigit())
    assert secret not in masked.text
    assert not digits or digits[-6:] not in left
    assert masked.kinds


@given(st.text(st.sampled_from("abc ,.!?-/()+:#\n"), max_size=300))
def test_without_digits_and_at_signs_nothing_is_touched(text: str) -> None:
    assert mask(text, ORDERS).text == text


@given(st.text(st.sampled_from("0123456789 +-./()@abk.:#TLotpresinikorder"), max_size=200))
def test_masking_twice_masks_nothing_more(text: str) -> None:
    once = mask(text, ORDERS).text
    spots = [f for f in find_personal_data(once, ORDERS) if "[" in once[f.start : f.end]]
    assert spots == []


@given(st.text(st.sampled_from("0123456789 +-./()@ab"), max_size=200))
def test_findings_are_ordered_and_apart(text: str) -> None:
    found = find_personal_data(text, ORDERS)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= f.start < f.end <= len(text) for f in found)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("npwp 01.312.166.0-091.000", "npwp [npwp]"),
        ("rek bca 1234567890", "rek bca [account]"),
        (
            "transfer 250000 ke BCA 123 456 7890 a.n. Budi",
            "transfer 250000 ke BCA [account] a.n. Budi",
        ),
        ("va mandiri 8870812345678901", "va mandiri [account]"),
        ("kode otp saya 123456", "kode otp saya [otp]"),
        ("OTP: 1234-56", "OTP: [otp]"),
        ("pesanan TL-20251101-0042 belum sampai", "pesanan [order] belum sampai"),
        ("tl-20251101-0042?", "[order]?"),
        ("order saya 12345678 mana", "order saya [order] mana"),
        ("resi JNE1234567890", "resi [order]"),
        ("hp 081234567890 081398765432", "hp [phone] [phone]"),
        ("0812-3456-7890/0813-9876-5432", "[phone]/[phone]"),
        ("ktp: 3171 2345 6789 0123", "ktp: [nik]"),
        ("\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10", "[phone]"),
        ("call +65 6123 4567", "call [phone]"),
    ],
)
def test_what_customers_write_is_masked(text: str, masked: str) -> None:
    assert mask(text, ORDERS).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "harga 1.500.000 sampai 2.000.000 rupiah",
        "Rp 812.345.678",
        "tanggal 08-12-2025 jam 13.00",
        "2026-11-22 jam 10.30",
        "ukuran 180x200 cm, 4 kg",
        "kode pos 40132",
        "pesanan saya kemarin belum sampai",
        "voucher DISKON50 tidak bisa",
        "min @tokolentera balas dong",
        "jl. merdeka no 12 rt 03/05",
    ],
)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert mask(text, ORDERS).text == text


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "0 ",
        "0812 ",
        "+62 ",
        "1-",
        "a@",
        "a.",
        "a@b.",
        "@",
        "(",
        "otp ",
        "rek no ",
        "order no no ",
        "nik ",
        "081234567890 ",
        "0812345678/",
        "kartu no no no no ",
        "\u0660",
    ],
)
def test_evil_input_takes_linear_time(unit: str) -> None:
    text = unit * (65_536 // len(unit))
    started = time.perf_counter()
    mask(text, ORDERS)
    assert time.perf_counter() - started < 3
