"""The pages on which documents are brought, and on which one sees how far they have come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from common.paging import BadCursor, page_of
from readings.import_forms import ImportForm
from readings.importing.codec import block_from_json
from readings.importing.document import DraftBlock
from readings.imports import (
    discard,
    is_stuck,
    known_readings,
    publish,
    receive_file,
    receive_text,
    try_again,
)
from readings.models import Draft, Import, Reading
from readings.parts import PART_SIZE
from readings.policies import may_add_readings
from readings.rendering import Mark, render_draft

PAGE_SIZE = 30
MOST_DROPPED = 1_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: MemberRequest) -> HttpResponse:
    """Bring a document, and see those one has brought."""
    may_add_readings(request.user).enforce()
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _receive(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(made[0]) if len(made) == 1 else redirect("imports:list")
    imports = Import.objects.visible_to(request.user).prefetch_related("drafts__reading")
    try:
        page = page_of(imports.defer("particulars"), ("-created_at", "-pk"), request.GET.get("page"), PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    context = {"form": form, "page": page, "busy": any(_is_busy(document) for document in page.rows)}
    template = "readings/_imports.html" if request.htmx else "readings/import_list.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _receive(request: MemberRequest, form: ImportForm) -> list[Import]:
    """Take in what the form brings. Of several files those that are refused are named, and the others go in."""
    said = form.cleaned_data
    if said["text"].strip():
        return [receive_text(request.user, said["text"], form.metadata)]
    files: list[UploadedFile[bytes]] = said["files"]
    if len(files) == 1:
        return [receive_file(request.user, files[0].name or "", files[0].read(), form.metadata)]
    made, refused = [], []
    for file in files:
        try:
            made.append(receive_file(request.user, file.name or "", file.read(), form.metadata))
        except ValidationError as error:
            refused.append(f"{file.name}: {' '.join(error.messages)}")
    if not made:
        raise ValidationError(refused)
    for words in refused:
        messages.error(request, words)
    count = len(made)
    messages.success(
        request, ngettext("%(count)d file is being read.", "%(count)d files are being read.", count) % {"count": count}
    )
    return made


@login_required
@require_safe
def import_detail(request: MemberRequest, token: str) -> HttpResponse:
    """How far a document has come, and what became of it. For htmx, only what changes."""
    document = _get(request, token)
    drafts = list(
        document.drafts.select_related("reading").only("token", "title", "position", "source", "reading", "work")
    )
    context = {
        "document": document,
        "drafts": [_describe(draft) for draft in drafts],
        "busy": _is_busy(document),
        "stuck": is_stuck(document),
        "known": known_readings(document) if drafts else [],
    }
    return render(request, "readings/_import.html" if request.htmx else "readings/import.html", context)


@login_required
@require_POST
def import_retry(request: MemberRequest, token: str) -> HttpResponse:
    """Read it once more."""
    document = _get(request, token)
    try_again(document)
    return redirect(document)


@login_required
@require_POST
def import_discard(request: MemberRequest, token: str) -> HttpResponse:
    """Throw it away."""
    document = _get(request, token)
    discard(document)
    messages.success(request, _("“%(name)s” was discarded.") % {"name": document.name})
    return redirect("imports:list")


@login_required
@require_safe
def draft(request: MemberRequest, token: str) -> HttpResponse:
    """A draft as it would be read, with what the importer was not sure of and what it left out."""
    found = _get_draft(request, token)
    entries = found.work["blocks"]
    count = max(1, -(-len(entries) // PART_SIZE))
    number = _whole(request.GET.get("part"), count)
    shown = entries[(number - 1) * PART_SIZE : number * PART_SIZE]
    context = {
        "draft": found,
        "blocks": [_show(block_from_json(entry)) for entry in shown],
        "dropped": found.work["dropped"][:MOST_DROPPED] if number == 1 else [],
        "doubts": found.work["doubts"],
        "number": number,
        "count": count,
        "visibility": Reading.Visibility(found.source.particulars["visibility"]).label,
    }
    return render(request, "readings/draft.html", context)


@login_required
@require_POST
def draft_publish(request: MemberRequest, token: str) -> HttpResponse:
    """Make a reading of it, for whom it was said to be."""
    found = _get_draft(request, token)
    try:
        reading = publish(found)
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
        return redirect(found)
    messages.success(request, _("It is published. Its paragraphs have their addresses now."))
    return redirect(reading)


def _get_draft(request: MemberRequest, token: str) -> Draft:
    return get_object_or_404(Draft.objects.visible_to(request.user).select_related("source", "reading"), token=token)


def _show(block: DraftBlock) -> dict[str, object]:
    marks: list[Mark] = [{"label": mark.label, "at": mark.at, "note": None} for mark in block.marks]
    return {"block": block, "kind": block.kind.replace("_", " "), "html": render_draft(block, marks)}


def _whole(words: str | None, most: int) -> int:
    if words is None:
        return 1
    if not (words.isascii() and words.isdigit() and len(words) < 6 and 1 <= int(words) <= most):
        raise Http404("There is no such part.")
    return int(words)


def _get(request: MemberRequest, token: str) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("original"), token=token)


def _is_busy(document: Import) -> bool:
    return document.state in (Import.State.WAITING, Import.State.WORKING) and not is_stuck(document)


def _describe(draft: Draft) -> dict[str, object]:
    """A draft in a line: how much it is, and how much of it wants a look."""
    blocks = draft.work["blocks"]
    return {
        "draft": draft,
        "blocks": len(blocks),
        "doubtful": sum(bool(block.get("doubts")) for block in blocks),
        "dropped": len(draft.work["dropped"]),
    }
