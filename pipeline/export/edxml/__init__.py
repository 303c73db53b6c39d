"""edXML: the messages in which agencies send each other documents (QCVN 102:2016/BTTTT with Sửa đổi 1:2022).

message = message_of(record, sender="H48.15", attachments=[…])
data = write(message)                       # bytes of XML, valid by our own schema
message = read(data)                        # strict about safety, lenient about the spellings of other systems
record = record_of(message, data, "vb.xml") # header without OCR
compare(record, scanned)                    # what the message and the scan do not agree on
"""

from pipeline.export.edxml.compare import Mismatch, compare
from pipeline.export.edxml.convert import message_of, missing_for_sending, record_of
from pipeline.export.edxml.message import Attachment, Business, Message, Organ, Reply, Status, Trace
from pipeline.export.edxml.reading import read, read_status
from pipeline.export.edxml.schema import validate
from pipeline.export.edxml.writing import write, write_status

__all__ = [
    "Attachment", "Business", "Message", "Mismatch", "Organ", "Reply", "Status", "Trace", "compare", "message_of",
    "missing_for_sending", "read", "read_status", "record_of", "validate", "write", "write_status",
]  # fmt: skip
