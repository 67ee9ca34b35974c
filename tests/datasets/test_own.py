"""A visitor's own table: every dialect is read, and every refusal says what was needed, the limit and what came."""

import numpy as np
import pytest

from mlp.datasets import Dataset, is_own, own_dataset
from mlp.limits import TABLE_COLUMNS, TABLE_FILE, TABLE_ROWS

GOOD = "width,length,kind\n1.5,2,a\n3,4.25,b\n5,6,a\n7,8,b\n"
X = [[1.5, 2.0], [3.0, 4.25], [5.0, 6.0], [7.0, 8.0]]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        GOOD.replace(",", ";").replace(".", ",").encode(),
        GOOD.replace("\n", "\n\n").strip().encode(),
        GOOD.replace("a\n", '"a"\n').replace("width", '"width"').encode(),
        GOOD.replace(",", " , ").encode(),
        GOOD.replace("1.5", "+15e-1").encode(),
    ],
)
def test_every_dialect_gives_the_same_data(content: bytes) -> None:
    data = own_dataset(content)
    np.testing.assert_array_equal(data.X, X)
    assert (data.y.tolist(), data.classes, data.feature_names) == ([0, 1, 0, 1], ("a", "b"), ("width", "length"))
    assert (data.X.dtype, data.y.dtype, data.image_shape) == (np.float64, np.int64, None)
    assert is_own(data.name)


def test_without_names_the_first_row_is_data() -> None:
    data = own_dataset(GOOD.split("\n", 1)[1].encode())
    assert data.X.shape == (4, 2)
    assert data.feature_names == ("column 1", "column 2")
    assert own_dataset(b"1;2,5;0\n3;4;0\n5;6;1\n7;8;1").X[0, 1] == 2.5


def test_the_label_can_be_another_column_and_is_part_of_the_name() -> None:
    data = own_dataset(b"kind,x\nb,1\na,2\na,3\nb,4\n", 0)
    assert (data.classes, data.y.tolist(), data.feature_names) == (("a", "b"), [1, 0, 0, 1], ("x",))
    two = b"x,y\n1,0\n2,0\n1,1\n2,1\n"
    assert own_dataset(two, 0).name != own_dataset(two, 1).name
    assert own_dataset(two, 1).name == own_dataset(two).name
    assert len(own_dataset(two).name) == len("own:") + 16


def test_classes_that_are_numbers_are_in_their_order() -> None:
    assert own_dataset(b"x,y\n1,10\n2,9\n3,10\n4,9\n").classes == ("9", "10")


def test_latin_1_is_read_where_it_is_no_utf_8() -> None:
    assert own_dataset("größe,art\n1,süß\n2,süß\n3,herb\n4,herb\n".encode("latin-1")).classes == ("herb", "süß")


def test_names_are_cut_and_stay_different() -> None:
    long = "n" * 200
    data = own_dataset(f"{long}1,{long}2,y\n1,1,{long}1\n2,2,{long}2\n3,3,{long}1\n4,4,{long}2\n".encode())
    assert len(set(data.feature_names)) == len(set(data.classes)) == 2
    assert all(len(name) <= 45 for name in (*data.feature_names, *data.classes))


def rows_of(count: int) -> bytes:
    """Return a table of that many rows."""
    return b"x,y\n" + b"1,0\n2,1\n" * (count // 2) + b"1,0\n" * (count % 2)


def test_what_is_just_within_the_limits_is_taken() -> None:
    assert len(own_dataset(rows_of(TABLE_ROWS)).X) == TABLE_ROWS
    row = ",".join("1" for _ in range(TABLE_COLUMNS - 1))
    assert own_dataset(f"{row},a\n{row},a\n{row},b\n{row},b".encode()).X.shape == (4, TABLE_COLUMNS - 1)
    fifty = "".join(f"1,class {k}\n2,class {k}\n" for k in range(50))
    assert len(own_dataset(f"x,y\n{fifty}".encode()).classes) == 50


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"1,2\n" * (TABLE_FILE // 4 + 1), "at most 5 MB (5,242,880 bytes) is needed; this one has 5,242,884 bytes"),
        (rows_of(TABLE_ROWS + 1), "at most 20,000 rows is needed; this one has 20,001."),
        (b"1,0\n2,1\n" * 10_001, "at most 20,000 rows is needed; this one has 20,002."),
        (b",".join([b"1"] * 1025) + b"\n", "2 to 1,024 columns is needed, features and a label, separated by commas,"),
        (b",".join([b"1"] * 1025) + b"\n", "this one has 1,025."),
        (b"1\n2\n3\n", "of 2 to 1,024 columns is needed, features and a label, separated by commas, semicolons, tab"),
        (b"PK\x03\x04\x14\x00\x06\x00", "A text file is needed; this one has characters such as number 3, as Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "A text file is needed; this one has characters such as number 26"),
        (b"", "A table with rows is needed; this file is empty."),
        (b" \n\n", "A table with rows is needed; this file is empty."),
        (b'""', "this one has 0."),
        (b"a,b,c\n", "Rows of data are needed below the names of the columns; this file has none."),
        (b"a,b,y\n1,2,0\n3,1\n", "Every row needs 3 cells, as the first one has; line 3 has 2."),
        (b"a,b,y\n1,2,0\n\n3,1,1,1\n", "Every row needs 3 cells, as the first one has; line 4 has 4."),
        (b"a,b,y\n1,2,0\n1,Anna,0\n1,2,1\n1,2,1", "but the label needs numbers; column 'b' has 'Anna' in line 3 of"),
        (b"a,b,y\n1,2,0\n1,1_000,0\n1,2,1\n1,2,1", "but the label needs numbers; column 'b' has '1_000' in line 3"),
        (b"a,b,y\n1,2,0\n1,,0\n1,2,1\n1,2,1", "Every cell needs a value; column 'b' has none in line 3 of the file."),
        (b"a,b,y\n1,2,0\n1,NA,0\n1,2,1\n1,2,1", "needs a value; column 'b' has none but 'NA' in line 3 of the file."),
        (b"a,b,y\n1,2,0\n1,2,\n1,2,1\n1,2,1", "cell needs a value; the label 'y' has none in line 3 of the file."),
        (b"a,b,y\n1,2,0\n1,-inf,0\n1,2,1\n1,2,1", "at most 1e+15 in size are needed; column 'b' has '-inf' in line 3"),
        (b"a,b,y\n1,2,0\n1,1e16,0\n1,2,1\n1,2,1", "at most 1e+15 in size are needed; column 'b' has '1e16' in line 3"),
        (b"a,y\n1,0\n2,0\n", "A label of 2 to 50 classes is needed; 'y' has only '0'."),
        (b"a,y\n1,0\n2,0\n3,7\n", "Each class needs at least 2 examples; '7' in 'y' has 1."),
        (b"a,a,a,y\n1,1,1,0\n", "Each column needs a name of its own; 3 columns are called 'a'."),
        (b"1" * 200_000 + b",1\n2,3\n", "Cells of at most 131,072 characters are needed; one of this file is longer."),
        (b'a,y\n1,"0\n2,1\n', "Quotation marks must come in pairs around whole cells"),
        (
            b"a,y\n" + b"".join(b"1,%d\n" % k for k in range(51)),
            "A label of 2 to 50 classes is needed; 'y' has 51. It is probably a number to predict: choose another",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_was_needed_and_what_came(content: bytes, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        own_dataset(content)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("label", [-1, 3, 10**9])
def test_a_label_column_that_is_not_there_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="must be one of the 3 columns; column"):
        own_dataset(GOOD.encode(), label)


def taken(content: bytes, label: int | None = None) -> Dataset | str:
    """Return the data set, or the sentence that refuses it; whatever else is raised fails the test."""
    try:
        return own_dataset(content, label)
    except ValueError as refusal:
        return str(refusal)


def is_sound(result: Dataset | str) -> bool:
    """Return whether a result is a sentence, or a data set that can be trained on."""
    if isinstance(result, str):
        return result.endswith(".")
    fits = result.X.shape == (len(result.y), len(result.feature_names))
    return fits and bool(np.isfinite(result.X).all()) and min(result.class_counts) >= 2


@pytest.mark.parametrize("alphabet", [bytes(range(256)), b'1,2;\t\n"a.-e ', b"01,\n", b"\x80\xff1,\n"])
def test_whatever_comes_gives_data_or_a_sentence(alphabet: bytes) -> None:
    rng, letters = np.random.default_rng(1), np.frombuffer(alphabet, dtype=np.uint8)
    for length in rng.integers(0, 400, size=200):
        content = rng.choice(letters, size=length).tobytes()
        assert is_sound(taken(content, int(rng.integers(0, 3)))), content


def test_a_changed_byte_of_a_good_file_gives_data_or_a_sentence() -> None:
    rng, results = np.random.default_rng(2), []
    for _ in range(500):
        content = bytearray(GOOD.encode())
        content[rng.integers(len(content))] = rng.integers(256)
        results.append(taken(bytes(content)))
        assert is_sound(results[-1]), content
    assert {type(result) for result in results} == {Dataset, str}
