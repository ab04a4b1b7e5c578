import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics.masking import mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳小红", "欧阳*"),
        ("諸葛孔明", "諸葛*"),
        ("欧阳", "欧*"),
        ("欧小红", "欧*"),
        ("张", "张*"),
        ("  李四 ", "李*"),
        ("Jean Dupont", "J*"),
        ("Émile", "É*"),
        ("E\u0301mile", "É*"),
        ("q\u0307x", "q\u0307*"),
        ("葛\U000e0100城", "葛\U000e0100*"),
        ("\u202e王五", "王*"),
        ("\u200b王五", "王*"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_a_name_keeps_its_surname_or_first_letter(name, masked):
    """A compound surname stays whole, accents stay on their letter, and invisible signs are dropped."""
    assert mask_name(name) == masked


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=6))
def test_a_mask_tells_nothing_of_what_it_hides(given_name):
    """Everyone of one surname has the same mask, however long the given name is."""
    assert mask_name("张" + given_name) == "张*"
