"""How far each chain has got, kept apart from it; for chains that have begun already, as they stand."""

from django.db import migrations, models

AS_THEY_STAND = """
INSERT INTO audit_chainhead (chain, seq, digest)
SELECT event.chain, event.seq, event.digest FROM audit_event AS event
WHERE event.seq = (SELECT MAX(later.seq) FROM audit_event AS later WHERE later.chain = event.chain)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("chain", models.CharField(editable=False, max_length=60, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(help_text="The place of its newest event.")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(AS_THEY_STAND, migrations.RunSQL.noop),
    ]
