"""Which letters a certificate can be printed with: others would come out as empty boxes."""

from bisect import bisect_right

# Code points that both faces of the font of bot/certificate.py hold, in their order; a test asks the font. What is
# no letter, mark, number, punctuation or space counts as what stands around it.
_HELD = """
20-34f 351-353 357-358 35a 35c-362 370-37e 386-525 531-55f 561-587 589-58a 5b0-5c3 5c6-5ea 5f0-60c 615
61b 61f 621-63a 640-655 657 65a 660-670 674 679-6bf 6c6-6c8 6cb-6cc 6ce 6d0 6d5 6f0-6f9 7c0-7e7 7eb-7f5
7f8-7fa e81-e84 e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea7 eaa-eab ead-eb9 ebb-edd 10a0-10c5 10d0-10fc
1401-1407 1409-141b 141d-1435 1437-144a 144c-1452 1454-14bd 14c0-14ea 14ec-1507 1510-153e 1540-1550
1552-156a 1574-1585 158a-1596 15a0-15af 15de 15e1 1646-1647 166e-1676 1680-169c 1d00-1d14 1d16-1d23
1d26-1d2e 1d30-1d5b 1d5d-1d6a 1d77-1d78 1d7b 1d7d 1d85 1d9b-1dbf 1dc4-1dc9 1e00-1efb 1f00-2064 206a-20d1
20d6-20d7 20db-20dc 20e1 2102-2107 210b-2185 2189-230b 2460-2469 2768-27eb 2983-2984 2c60-2c77 2c79-2c7f
2d00-2d25 2d30-2d65 2d6f 2e18 2e1f 2e22-2e25 2e2e a4d0-a4ff a644-a647 a64c-a64d a650-a651 a654-a657
a662-a66e a68a-a68d a694-a695 a71b-a72b a730-a741 a746-a74b a74e-a753 a756-a757 a764-a767 a780-a783
a78b-a78e a790-a791 a7a0-a7aa a7f8-a7ff fb00-fb4f fb52-fba3 fbaa-fbad fbd3-fbdc fbde-fbdf fbe4-fbe9
fbfc-fbff fe00-fe0f fe20-fe23 fe70-fefc 10300-1031e 10320-10323 1d538-1d56b 1d7d8-1d7e1
"""


def _range(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    return int(first, 16), int(last or first, 16)


_RANGES = [_range(one) for one in _HELD.split()]
_FIRSTS = [first for first, _ in _RANGES]


def lacking(name: str) -> str:
    """The signs of a name that can't be printed, each once; "" when all of it can be."""
    return "".join(dict.fromkeys(sign for sign in name if not _is_held(ord(sign))))


def _is_held(point: int) -> bool:
    at = bisect_right(_FIRSTS, point) - 1
    return at >= 0 and point <= _RANGES[at][1]
