"""Why a sealed receipt was made void."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: Mapping[str, str | Promise] = {
    "spoiled": gettext_lazy("Spoiled in printing or folding"),
    "opened": gettext_lazy("The seal was broken before it was handed over"),
    "lost": gettext_lazy("Lost"),
    "left_over": gettext_lazy("Left over and destroyed"),
}
