"""Facts of a lending library: a book plays the part that a case plays in the product."""

from uuid import uuid4

from django.db import models

from audit.history import History, InsertOnly


class Book(models.Model):
    """A recorded fact with a column of every kind that the product uses."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=100, unique=True)
    opened_at = models.DateTimeField(null=True)
    printed_on = models.DateField(null=True)
    lent_for = models.DurationField(null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    weight = models.FloatField(null=True)
    facts = models.JSONField(default=dict)
    seal = models.BinaryField(default=b"")
    cover = models.FileField(blank=True)
    on_loan = models.BooleanField(default=False)

    history = History()

    def __str__(self) -> str:
        return self.title


class Novel(Book):
    """A proxy, as every process is of the case."""

    class Meta:
        proxy = True


class LongNovel(Novel):
    """A proxy of a proxy."""

    class Meta:
        proxy = True


class Loan(models.Model):
    """A recorded fact of a book, found again by the book it belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="loans")
    borrower = models.CharField(max_length=100, db_index=True)

    history = History()

    def __str__(self) -> str:
        return self.borrower


class Remark(InsertOnly):
    """Said once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="remarks")
    words = models.TextField()
    said_at = models.DateTimeField(null=True)
    recording = models.FileField(blank=True)

    def __str__(self) -> str:
        return self.words
