"""How a stored file leaves the portal: always to be saved, never shown inside it or kept."""

from django.http import FileResponse, Http404

from common.files import StoredFile


def to_save(paper: StoredFile | None) -> FileResponse:
    """The file under its own name; Http404 for none, or where the store has lost it."""
    if paper is None:
        raise Http404("No file is attached")
    try:
        opened = paper.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is gone from the store") from error
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=paper.original_name,
        content_type=paper.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
