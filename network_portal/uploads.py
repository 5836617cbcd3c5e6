"""Files on their way in: no request fills the disk, whoever sends it.

Django reads the body before it is known who asks, a stranger too, and keeps files of any size.
"""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from common.images import MAX_BYTES


class BoundedUpload(TemporaryFileUploadHandler):
    """Keeps so much of a file that its form can tell it is too big; what follows is dropped.

    One allowance serves all files of a request: no form of ours takes more than one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept <= MAX_BYTES:
            self.kept += len(raw_data)
            super().receive_data_chunk(raw_data, start)
