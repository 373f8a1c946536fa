"""The page on which choices are confirmed that a document does not make."""

from __future__ import annotations

import re

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.tests.test_version_views import PROSE, bring, text

pytestmark = [pytest.mark.django_db]


def test_a_choice_beside_words_that_were_not_read_is_looked_at_alone_and_shows_them(cast: Cast) -> None:
    client = cast.client("zhou")
    at = bring(client, text=PROSE + "评议结果在局网站公示7天。\n").headers["Location"]
    page = text(client.get(f"{at}confirm/"))
    told = re.findall(r"<label[^>]*>(.*?)</label>", page, re.DOTALL)
    (found,) = [one for one in told if "文件里写着“评议结果在局网站公示7天。”" in one]
    assert 'name="deciding"' in found
    assert any('name="deciding"' in one and "无，文件没有写（综合得分可在" in one for one in told)
    assert "受到上级表彰" not in page
