"""How a text reads, asked while it is written. Nothing of it is kept."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from web.design_system.explaining import explaining_for
from web.design_system.fields import LONGEST
from web.design_system.views import SignedInRequest, signed_in
from web.pages.plain.reading import how_it_reads


@require_POST
@signed_in
def plain_words(request: SignedInRequest) -> HttpResponse:
    """JSON: `age` in years or null, and `html`, what stands under the box. Of a very long text the first part is read."""
    reads = how_it_reads(request.POST.get("text", "")[:LONGEST], explaining_for(request))
    shown = render_to_string("pages/plain/reading.jinja", {"reads": reads}, request)
    return JsonResponse({"age": reads.reading.age if reads else None, "html": shown.strip()})
