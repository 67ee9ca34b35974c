"""Tables as programs and people write them: each kind is read in one way, and what was decided is said, or refused."""

import numpy as np
import pytest

from mlp.datasets import own_dataset
from mlp.datasets.own import Answers
from mlp.datasets.own_numbers import Undecided
from mlp.datasets.own_table import read_table

BARE = "1,2,x\n2,1,x\n3,4,y\n4,3,y\n"
TABLE = f"a,b,class\n{BARE}"
X = [[1, 2], [2, 1], [3, 4], [4, 3]]
TWELVE = "".join(f"{{}},{(7 * k) % 5},{'xy'[k // 6]}\n".replace("{}", str(k + 1)) for k in range(12))


def aligned(text: str) -> str:
    """Return a table with a first column as wide as R prints it."""
    return "".join(f"  {line}   \n" for line in text.replace(",", "  ").splitlines())


def counted(front: str, start: int, rows: str = BARE) -> str:
    """Return rows behind their number, written as `front` says."""
    return "".join(f"{front.format(k)}{row}\n" for k, row in enumerate(rows.splitlines(), start))


SAME = {
    "white space": TABLE.replace(",", " "),
    "white space, aligned": aligned(TABLE),
    "white space without names": BARE.replace(",", "\t "),
    "vertical bars": TABLE.replace(",", "|"),
    "a Markdown table": f"|a|b|class|\n|---|:--:|----|\n{counted('|', 0, BARE.replace(',', '|'))}",
    "a table of psql": f" a | b | class \n---+---+------\n{BARE.replace(',', ' | ')}",
    "Excel's line on the separator": f"sep=;\n{TABLE.replace(',', ';')}",
    "that line in quotation marks": f'"sep=,"\r\n{TABLE}',
    "that line filled up": f"SEP=;;\n{TABLE.replace(',', ';')}",
    "that line for tabs": "sep=\t\n" + TABLE.replace(",", "\t"),
    "rows of separators": f"{TABLE},,\n,,\n",
    "rows of semicolons and blanks": TABLE.replace(",", ";") + " ; ; \n;;\n",
    "a row of separators in the middle": TABLE.replace("3,4", ",,\n3,4"),
    "a separator at the end": TABLE.replace("\n", ",\n"),
    "several separators at the end": TABLE.replace("\n", ";;;\n").replace(",", ";"),
    "a separator at the end of the data": f"a,b,class\n{BARE}".replace("x\n", "x,\n").replace("y\n", "y,\n"),
    "a separator at the end of the names": TABLE.replace("class", "class,"),
    "an empty column in front": counted(",", 0, TABLE),
    "an empty column in the middle": "a,b,,class\n1,2,,x\n2,1,,x\n3,4,,y\n4,3,,y\n",
    "R's row names": '"a","b","class"\n' + counted('"{}",', 1),
    "R's row names, white space": '"a" "b" "class"\n' + counted('"r {}" ', 1, BARE.replace(",", " ")),
    "R's write.csv": '"","a","b","class"\n' + counted('"{}",', 1),
    "pandas' index": ",a,b,class\n" + counted("{},", 0),
    "pandas' index, rows in another order": ",a,b,class\n7,1,2,x\n0,2,1,x\n5,3,4,y\n2,4,3,y\n",
    "pandas' index of names": ",a,b,class\nAnn,1,2,x\nBob,2,1,x\nCy,3,4,y\nDi,4,3,y\n",
    "pandas' index saved twice": "Unnamed: 0.1,Unnamed: 0,a,b,class\n" + counted("{0},{0},", 0),
    "an identifier in front": "PassengerId,a,b,class\n" + counted("{},", 1),
    "an identifier at the end": "a,b,class,id\n1,2,x,1\n2,1,x,2\n3,4,y,3\n4,3,y,4\n",
    "an identifier that does not count": "id,a,b,class\n" + counted("84{}9,", 1),
    "a remark above": f"# measured in spring\n{TABLE}",
    "a remark that Excel saved": f'"# measured, in spring",,\n{TABLE}',
    "remarks everywhere": f"# it's \"new\n  #\n{TABLE.replace('3,4', '# half, of it' + chr(10) + '3,4')}# end\n",
    "names in NumPy's remark": f"# a,b,class\n{BARE}",
    "a mark of UTF-8 before Excel's line": "\ufeffsep=;\n" + TABLE.replace(",", ";"),
    "an old end of file": f"{TABLE}\x1a",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_every_way_of_writing_gives_the_same_data(text: str) -> None:
    data = own_dataset(text.encode())
    np.testing.assert_array_equal(data.X, X)
    assert (data.classes, data.y.tolist()) == (("x", "y"), [0, 0, 1, 1])
    assert data.feature_names in {("a", "b"), ("column 1", "column 2")}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_letters_are_read_in_their_encoding(codec: str) -> None:
    content = "a,b,class\n1,2,škoda\n2,1,škoda\n3,4,ž–“€”\n4,3,ž–“€”\n".encode(codec)
    data = own_dataset(content)
    assert data.classes == ("škoda", "ž–“€”")
    assert bool(data.notes) == (codec not in ("utf-8", "utf-8-sig"))


def test_what_windows_1252_does_not_know_is_latin_1_and_said() -> None:
    (note,) = own_dataset("a,b,class\n1,2,x\x81\n2,1,x\x81\n3,4,é\n4,3,é\n".encode("latin-1")).notes
    assert note.startswith("It is neither UTF-8 nor Windows-1252 and was read as Latin-1: if a name looks wrong, save")


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"\xff\xfea\x00,\x00\xd8", "says that it is UTF-16, and some of its bytes are not: save the table as CSV"),
        (b"<!DOCTYPE html><table>", "looks like a web page or XML: save the table as CSV"),
        (b' [ {"a": 1}]', "looks like JSON: save the table as CSV"),
        (b"@RELATION iris\n@data\n1,2,x", "looks like ARFF: delete all up to the line @data"),
        (
            b"a,b,class\n5,1,2,0,x\n4,9,1,5,x\n6,2,3,1,y\n",
            "Where numbers have decimal commas, their cells need another",
        ),
        (f"My table\n{TABLE}".encode(), "line 1 has 1. A title or a remark above the table needs a # in front."),
        (b"a,b,class\n1,2,x\n2,1\n3,4,y\n", "Every row needs 3 cells, as the first one has; line 3 has 2."),
        (b"id,class\n1,x\n2,x\n3,y\n4,y\n", "A feature is needed beside the label; 'id' was left out"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_with_the_cure(content: bytes, cure: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        own_dataset(content)
    assert cure in str(refusal.value)


NUMBERS = {
    "tabs": ("a\tb\tclass\n1,5\t2,0\tx\n4,9\t1,5\tx\n6,2\t3,1\ty\n6,0\t2,8\ty\n", [1.5, 2.0]),
    "quotation marks": ('a,b,class\n"1,5","2,0",x\n"4,9","1,5",x\n"6,2","3,1",y\n6,"2,8",y\n', [1.5, 2.0]),
    "white space": ("1,5 2,0 x\n4,9 1,5 x\n6,2 3,1 y\n6,0 2,8 y\n", [1.5, 2.0]),
    "bars": ("1,5|2,0|x\n4,9|1,5|x\n6,2|3,1|y\n6,0|2,8|y\n", [1.5, 2.0]),
    "points of thousands": ("a;b;class\n1.250;20,5;x\n880;31,0;x\n2.100;40,5;y\n990;28,5;y\n", [1250.0, 20.5]),
    "points of millions": ("a;b;class\n1.234.567;2;x\n880;31;x\n2.100;40;y\n990;28;y\n", [1234567.0, 2.0]),
    "both signs": ("a;b;class\n1.250,5;2;x\n880;31;x\n2;40;y\n990;28;y\n", [1250.5, 2.0]),
    "commas of thousands": ('a,b,class\n"1,250",0.5,x\n880,31,x\n"2,100",40,y\n990,28,y\n', [1250.0, 0.5]),
    "both signs, English": ('a,b,class\n"1,250.5",2,x\n880,31,x\n2,40,y\n990,28,y\n', [1250.5, 2.0]),
    "blanks of thousands": ("a;b;class\n1 250;2,5;x\n8\u00a0800;31;x\n2\u202f100;40;y\n990;28;y\n", [1250.0, 2.5]),
    "Swiss thousands": ("a;b;class\n1'250;2.5;x\n8’800;31;x\n2;40;y\n990;28;y\n", [1250.0, 2.5]),
    "three decimals everywhere": ("1.200,2.111,x\n2.500,1.222,x\n9.003,3.333,y\n8.002,2.444,y\n", [1.2, 2.111]),
    "three decimals with a 0 in front": ("a;b;class\n1.200;0.111;x\n2;1;x\n9;3;y\n8;2;y\n", [1.2, 0.111]),
    "a minus sign from a text": ("a,b,class\n−1.5,2,x\n2,1,x\n9,3,y\n8,2,y\n", [-1.5, 2.0]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "first"), NUMBERS.values(), ids=NUMBERS)
def test_the_format_of_numbers_belongs_to_the_file(text: str, first: list[float]) -> None:
    assert own_dataset(text.encode()).X[0].tolist() == first


DOUBTFUL = {
    "a point, semicolons": "a;b;class\n1.200;2;x\n900;1;x\n800;3;y\n700;4;y\n",
    "a point beside numbers without": "a,b,class\n1.200,2,x\n900,1,x\n800,3,y\n700,4,y\n",
    "a comma, semicolons": "a;b;class\n1,200;2;x\n900;1;x\n800;3;y\n700;4;y\n",
    "a comma, tabs": "a\tb\tclass\n1,200\t2\tx\n900\t1\tx\n800\t3\ty\n700\t4\ty\n",
    "a comma in quotation marks": 'a,b,class\n"1,200",2,x\n900,1,x\n800,3,y\n700,4,y\n',
}


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_sign_that_can_be_either_is_asked_for_and_the_answer_counts(text: str) -> None:
    with pytest.raises(Undecided, match=r"'1.200' in line 2 of the file can be 1.2 or 1,200\. Say whether") as refusal:
        own_dataset(text.encode())
    assert refusal.value.question == "decimal"
    read = {own_dataset(text.encode(), None, Answers(decimal)).X[0, 0] for decimal in ("point", "comma")}
    assert read == {1.2, 1200.0}


def test_two_decimal_signs_in_a_file_are_refused_with_both_places() -> None:
    with pytest.raises(
        Undecided, match=r"One decimal sign is needed in a file; this one has '1.5' in line 2 and '2,5'"
    ):
        own_dataset(b"a;b;class\n1.5;2,5;x\n2;1;x\n3;4;y\n")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2019,2020,class\n1.5,2.5,up\n1.7,2.1,up\n3.1,2.0,down\n2.9,1.8,down\n", ("2019", "2020")),
        ("0,1,2,species\n5,3,1,x\n4,3,2,x\n6,3,4,y\n6,1,4,y\n", ("0", "1", "2")),
        ("0,1,2,3\n5.1,3.5,1.4,0\n4.9,3.0,1.3,0\n6.1,3.1,4.4,1\n6.2,3.3,4.1,1\n", ("0", "1", "2")),
        ("2019;2020;2021\n1,5;2,5;0\n1,7;2,1;0\n3,1;2,0;1\n2,9;1,8;1\n", ("2019", "2020")),
        (",0,1,class\n0,5,3,x\n1,4,9,x\n2,6,3,y\n3,6,1,y\n", ("0", "1")),
    ],
)
def test_numbers_are_names_where_the_whole_column_says_so_and_it_is_said(text: str, names: tuple[str, ...]) -> None:
    data = own_dataset(text.encode())
    assert data.feature_names == names
    assert f"Its first row holds the columns' names: {', '.join(names)}" in data.notes[0] + data.notes[-2:][0]


@pytest.mark.parametrize(
    "text", ["1,2,x\n2,1,x\n3,4,y\n4,3,y\n", "1,2,0\n3,4,0\n5,6,1\n7,8,1\n", "x,1,2\nx,2,1\ny,3,4\ny,4,3\n"]
)
def test_a_first_row_of_data_stays_data_and_it_is_said(text: str) -> None:
    data = own_dataset(text.encode(), 0 if text[0] == "x" else None)
    assert len(data.y) == 4
    assert data.notes == ("It has no names for its columns: the first row is data.",)


def test_a_column_that_numbers_the_rows_is_left_out_said_and_can_be_used() -> None:
    content = SAME["pandas' index"].encode()
    assert own_dataset(content).notes == ("'column 1' was left out: it only numbers the rows.",)
    data = own_dataset(content, None, Answers(numbering=True))
    assert data.feature_names == ("column 1", "a", "b")
    assert data.notes == ("'column 1' numbers the rows and is used as asked.",)
    assert data.name != own_dataset(content).name


@pytest.mark.parametrize(("head", "kept"), [("", False), ("no.,b,class\n", False), ("width,b,class\n", True)])
def test_a_first_column_that_counts_is_judged_by_its_name_and_length(head: str, kept: bool) -> None:
    data = own_dataset(f"{head}{TWELVE}".encode())
    assert data.X.shape == (12, 2 if kept else 1)
    assert ("'width' counts the rows: if that is all it does, take it out of the file." in data.notes) == kept


@pytest.mark.parametrize("missing", ["NA", "?", "nan", "NaN", "", "N/A", "null", "None", "#N/A", "<NA>", "."])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_class_that_is_missing_is_no_class(missing: str, mark: str) -> None:
    rows = f"5,5,{mark}{missing}{mark}\n" * 2
    with pytest.raises(
        ValueError, match=r"Every cell needs a value; the label 'class' has none.* in line 6 of the file"
    ):
        own_dataset(f"{TABLE}{rows}".encode())


@pytest.mark.parametrize(("one", "other"), [("1", "1.0"), ("Yes", "yes"), ("2", "02"), ("ü", "Ü"), ("a b", "AB")])
def test_classes_that_look_alike_are_asked_for_and_the_answer_counts(one: str, other: str) -> None:
    content = f"a,b,class\n1,2,{one}\n1,2,{one}\n1,2,{one}\n2,1,{other}\n2,1,{other}\n3,4,ž\n4,3,ž\n".encode()
    with pytest.raises(Undecided, match=f"in 'class' there are '{one}' and '{other}', which differ in") as refusal:
        own_dataset(content)
    assert refusal.value.question == "alike"
    merged = own_dataset(content, None, Answers(alike="one class"))
    assert (merged.classes, merged.class_counts) == ((one, "ž"), (5, 2))
    assert merged.notes == (f"'{one}' and '{other}' are one class, as answered.",)
    assert len(own_dataset(content, None, Answers(alike="different classes")).classes) == 3


def test_blanks_make_no_class_of_their_own_and_it_is_said() -> None:
    data = own_dataset(b'a,b,class\n1,2,"x "\n2,1,x\n3,4,new  york\n4,3,"new york"\n')
    assert data.classes == ("new york", "x")
    assert data.notes == ("Blanks too many in the classes of 'class' are left out.",)


def test_images_of_28_by_28_are_read_with_the_label_in_front() -> None:
    head = ",".join(["label", *(f"pixel{j}" for j in range(784))])
    rows = "".join(f"{k % 2},{','.join(['0'] * 783)},{k}\n" for k in range(6))
    data = own_dataset(f"{head}\n{rows}".encode())
    assert (data.X.shape, data.classes) == ((6, 784), ("0", "1"))


def test_a_table_is_read_once_for_all_its_columns() -> None:
    table = read_table(TABLE.encode())
    assert [column.distinct for column in table.columns] == [4, 4, 2]
    assert [column.numbers is None for column in table.columns] == [False, False, True]
