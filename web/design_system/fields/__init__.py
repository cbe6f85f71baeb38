"""Form fields that draw themselves as NHS.UK components: `{{ form.answer.as_field_group() }}`.

Each is Django's own field of the same job, with a label, a hint and a plain sentence for each thing that can be wrong.
"""

from web.design_system.fields.choices import CheckboxesField, ConfirmField, RadiosField, SelectField
from web.design_system.fields.dates import EXAMPLE, DateField
from web.design_system.fields.files import UploadField
from web.design_system.fields.hidden import HiddenField, RequestTokenField
from web.design_system.fields.text import LONGEST, DecimalField, EmailField, NumberField, PasswordField, TextAreaField, TextField

__all__ = [
    "EXAMPLE",
    "LONGEST",
    "CheckboxesField",
    "ConfirmField",
    "DateField",
    "DecimalField",
    "EmailField",
    "HiddenField",
    "NumberField",
    "PasswordField",
    "RadiosField",
    "RequestTokenField",
    "SelectField",
    "TextAreaField",
    "TextField",
    "UploadField",
]
