"""Home tells a student what there is and where it is."""

from pages.common.navigation import PAGES
from tests.app import open_page


def test_home_has_one_link_to_every_other_page() -> None:
    links = [link.proto.page for link in open_page().get("page_link")]
    assert links == [stem for stem, _, _ in PAGES[1:]]
