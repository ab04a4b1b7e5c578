import pickle

import pytest

from serviceorg.basics import FrozenMap, Label, frozen_map
from serviceorg.basics.masking import mask_name


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.__setitem__("a", 2),
        lambda held: held.__delitem__("a"),
        lambda held: held.clear(),
        lambda held: held.pop("a"),
        lambda held: held.popitem(),
        lambda held: held.setdefault("b", 1),
        lambda held: held.update(b=1),
        lambda held: held.__ior__({"b": 1}),
    ],
    ids=["set", "delete", "clear", "pop", "popitem", "setdefault", "update", "ior"],
)
def test_a_frozen_map_refuses_every_change(change):
    """No way of changing a dict changes a frozen map."""
    held = FrozenMap(a=1)

    with pytest.raises(TypeError, match=r"^this mapping is frozen; build a new one instead$"):
        change(held)

    assert held == {"a": 1}


def test_a_frozen_map_is_a_value():
    """Equal maps have equal hashes whatever their order, and survive pickling."""
    one, other = FrozenMap(a=1, b=2), frozen_map([("b", 2), ("a", 1)])

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert type(pickle.loads(pickle.dumps(one))) is FrozenMap
    assert frozen_map(one) is one


def test_a_label_falls_back_to_the_other_language():
    """A text missing in one language is read in the other."""
    assert Label(zh="积分").in_("en") == "积分"
    assert Label(en="Points").in_("zh") == "Points"
    assert Label(zh="积分", en="Points").in_("zh") == "积分"
    assert str(Label(zh="积分", en="Points")) == "Points"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("欧阳小红", "欧阳*"), ("欧阳", "欧*"), ("Jean Dupont", "J*"), ("", ""), ("\u200b", ""),
     ("e\u0301mile", "é*"), ("\u200b李四", "李*")],
)  # fmt: skip
def test_masked_names_keep_the_surname_only(name, masked):
    """A surname and one star are left; invisible signs hide nothing and show nothing."""
    assert mask_name(name) == masked
