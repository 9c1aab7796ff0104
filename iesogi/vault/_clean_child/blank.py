"""What stands where a picture inside of a document could not be rebuilt: one white pixel."""

import io

from PIL import Image

_out = io.BytesIO()
Image.new("L", (1, 1), 255).save(_out, "PNG")
PNG = _out.getvalue()
