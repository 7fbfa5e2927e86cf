"""One way to make a form: declared once for a submission, it is shown, read, refilled, and says what is wrong.

Nothing here knows FastAPI, a driver or a database: the county's pages and a station's agent show the same forms. What
a declaration does not say (lengths, least and most, patterns, what is required) is taken from the event's own model.
"""

from shared.forms.declared import Choosing, Field, Form, Group, Kind, Marks, Photos, Remark, Rows, Ticks
from shared.forms.entered import Entered
from shared.forms.reading import ReadForm, UnfitForm, read, read_all, values_of
from shared.forms.sentences import Confirming, Wrong
from shared.forms.shown import Shown, shown
from shared.forms.ticked import ticked
from shared.forms.tickets import Ticket, submission_id

__all__ = [
    "Choosing",
    "Confirming",
    "Entered",
    "Field",
    "Form",
    "Group",
    "Kind",
    "Marks",
    "Photos",
    "ReadForm",
    "Remark",
    "Rows",
    "Shown",
    "Ticket",
    "Ticks",
    "UnfitForm",
    "Wrong",
    "read",
    "read_all",
    "shown",
    "submission_id",
    "ticked",
    "values_of",
]
