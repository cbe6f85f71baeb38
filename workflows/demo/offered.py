"""Whom the sign-in page and the command offer to be, in this order, and what is worth trying as them."""

from __future__ import annotations

from workflows.demo.trust import MAIL, NEWCOMERS, PERSONAS, Persona

TO_TRY = {
    "lead": "Open a case, ask two partners to join it, and follow it to the end. One of your groups lacks a partner: "
    "see what that stops.",
    "pat": "Read the findings about catheters and say what you think. See what became of what you said before.",
    "amina": "The group waits for you on the insulin report. Try not supporting it.",
    "gwen": "Say what you think of each safety action about falls. See how your employer is shown beside your name.",
    "chair": "Answer on the terms of reference about Parkinson's medicines, and see that a chair cannot pass a stage alone.",
    "engagement": "Record what those affected said about the draft on the missed scan.",
    "directorate": "Show that the last safety action on sepsis was done.",
    "exec_team": "Decide whether the mix-up in endoscopy is to be investigated.",
    "exec": "Hear Amina's disagreement about the heart trace. Sign the report on oxygen.",
    "coordinator": "Offer Iris the training that is late. Confirm the group on the cardiac arrest call; see why you cannot yet.",
    "project_lead": "Say what changed because of the partners in the project on leaving hospital.",
    "sponsor": "Pat has stopped the tests of name cards. Answer, so that they can go on.",
    "quality": "Tell the partners what changed because of them after the swapped blood results.",
    "iris": "Her training is offered late. See whose clock runs, and say what you need to take part.",
    "femi": "The specialist has signed. Sign too, and seats in oversight groups are open to you; or ask for more training.",
    "tomas": "His training has run out: see who is answerable for that, and why nobody can ask him to join a group.",
    "auditor": "Read every case and its whole record, and see that you can change nothing.",
}
"""By the key of the person in the trust; the others can be signed in as with the password."""


def offered() -> list[tuple[Persona, str, str]]:
    """Each person offered, with their e-mail address and what to try."""
    known = {persona.key: persona for persona in (*PERSONAS, *NEWCOMERS)}
    return [(known[key], address(key), tried) for key, tried in TO_TRY.items()]


def address(key: str) -> str:
    """The e-mail address of somebody of the fictional trust."""
    return f"{key}@{MAIL}"
