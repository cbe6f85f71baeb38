"""Every address of the pages, knocked at by everybody: who gets in, who is told why not, and for whom there is nothing there.

The table is the specification, the people are in `everybody.WHO`. A route without a row fails the first test.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from tests.builders import EVENTS, changed_since, contents
from tests.web.casework import words
from tests.web.everybody import ARGUMENTS, CONCERN, NOBODY, SECRET, SUPERUSER, WHO, World, build_world
from tests.web.sending import REASON, SENDING, SENDS_NOTHING
from workflows.doors import emergency

pytestmark = pytest.mark.django_db

# .  the page                     -  nothing there, as for an address that nobody ever made
# x  refused, with the reason     !  decided already, or not the moment
# s  sign in first                >  sent on to another page            m  not by opening it
TABLE = """
                                 anon lead lead2 chair pat gwen rhona ivy exec team coord engag direc qual audit far root
home                              s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
sign_in                           .    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   .
sign_in_code                      s    s    s     s     s   s    s     s   s    s    s     s     s     s    s     s   s
sign_in_send                      m    m    m     m     m   m    m     m   m    m    m     m     m     m    m     m   m
password_ask                      .    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   .
password_choose                   -    -    -     -     -   -    -     -   -    -    -     -     -     -    -     -   -
sign_in_app                       s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
still_here                        s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
sign_in_as                        -    -    -     -     -   -    -     -   -    -    -     -     -     -    -     -   -
sign_out                          m    m    m     m     m   m    m     m   m    m    m     m     m     m    m     m   m
plain_words                       m    m    m     m     m   m    m     m   m    m    m     m     m     m    m     m   m
notices                           s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
mail_choice                       s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
me                                s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
training_start                    s    x    x     x     x   x    x     x   x    x    .     x     x     x    x     x   x
requirement_sets                  s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
requirement_set                   s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     -   x
requirement_set_new               s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
requirement_set_answer            s    x    x     x     x   x    x     x   x    x    x     x     x     .    x     -   x
directory                         s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
directory_add                     s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
directory_person                  s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
directory_change                  s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
directory_appoint                 s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
directory_promise                 s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
directory_training                s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
directory_end                     s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     -   x
concerns                          s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
board_items                       s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
matter_new                        s    x    x     x     .   .    .     .   x    x    x     x     x     x    x     .   x
matter                            s    -    -     -     .   -    -     -   .    -    -     -     -     .    .     -   x
matter_answer                     s    -    -     -     x   -    -     -   .    -    -     -     -     x    x     -   x
matter_settle                     s    -    -     -     .   -    -     -   x    -    -     -     -     x    x     -   x
matter_again                      s    -    -     -     .   -    -     -   x    -    -     -     -     x    x     -   x
matter_share                      s    -    -     -     .   -    -     -   x    -    -     -     -     x    x     -   x
matter_take_back                  s    -    -     -     .   -    -     -   x    -    -     -     -     x    x     -   x
matter_withhold                   s    x    x     x     x   x    x     x   x    x    x     x     x     .    x     -   x
words                             s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
word_ask                          s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
word_write                        s    .    .     x     x   x    x     x   x    x    .     x     x     .    x     x   x
word_retire                       s    .    .     x     x   x    x     x   x    x    .     x     x     .    x     x   x
word_decline                      s    .    .     x     x   x    x     x   x    x    .     x     x     .    x     !   x
groups                            s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     .   x
group_new                         s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     x   x
group                             s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     -   x
group_join                        s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
meeting_plan                      s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
group_change                      s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
group_close                       s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
group_seat_member                 s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
group_seat_end                    s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
group_seat_agree                  s    x    x     x     x   x    x     x   .    .    x     x     x     .    x     -   x
group_seat_refuse                 s    x    x     x     x   x    x     x   .    .    x     x     x     .    x     -   x
group_leave                       s    x    x     x     .   x    x     x   x    x    x     x     x     x    x     -   x
meeting_move                      s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
meeting_cancel                    s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
meeting_papers                    s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
meeting_held                      s    x    x     .     x   x    x     x   x    x    .     x     x     .    x     -   x
experience                        s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     .   x
experience_ask                    s    x    x     x     x   x    x     x   x    x    x     x     x     x    x     x   x
experience_answer                 s    -    -     -     .   -    -     -   -    -    -     -     -     -    -     -   x
profile                           s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     .   x
profile_new                       s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
ambition                          s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     .   x
ambition_table                    s    x    x     .     .   .    .     .   .    .    .     x     x     .    .     .   x
claims                            s    x    x     x     .   .    .     .   x    x    x     x     x     x    x     .   x
claim_new                         s    x    x     x     .   .    .     .   x    x    x     x     x     x    x     .   x
claims_office                     s    x    x     x     x   x    x     x   x    x    .     x     x     x    x     x   x
claims_totals                     s    x    x     x     x   x    x     x   x    x    .     x     x     .    .     x   x
payment_terms                     s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
payment_terms_new                 s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
claim                             s    -    -     -     .   -    -     -   -    -    .     -     -     -    -     -   x
claim_approve                     s    -    -     -     x   -    -     -   -    -    .     -     -     -    -     -   x
claim_pay                         s    -    -     -     x   -    -     -   -    -    .     -     -     -    -     -   x
claim_question                    s    -    -     -     x   -    -     -   -    -    .     -     -     -    -     -   x
claim_decline                     s    -    -     -     x   -    -     -   -    -    .     -     -     -    -     -   x
claim_answer                      s    -    -     -     .   -    -     -   -    -    x     -     -     -    -     -   x
claim_take_back                   s    -    -     -     .   -    -     -   -    -    x     -     -     -    -     -   x
operations                        s    x    x     x     x   x    x     x   x    x    .     x     x     .    x     x   x
power_sharing                     s    x    x     x     .   .    .     .   .    .    x     x     x     .    .     .   x
power_sharing_pdf                 s    x    x     x     .   .    .     .   .    .    x     x     x     .    .     .   x
power_sharing_table               s    x    x     x     .   .    .     .   .    .    x     x     x     .    .     .   x
signal                            s    x    x     x     .   .    .     .   .    .    x     x     x     .    .     .   x
signal_table                      s    x    x     x     .   .    .     .   .    .    x     x     x     .    .     .   x
signal_explain                    s    x    x     x     x   x    x     x   x    x    x     x     x     .    x     x   x
waivers                           s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
record_search                     s    x    x     x     x   x    x     x   x    x    x     x     x     .    .     x   x
access_differences                s    x    x     x     x   x    x     x   x    x    x     x     x     x    .     x   x
access_of_person                  s    x    x     x     x   x    x     .   x    x    x     x     x     x    .     -   x
who_is_asked                      s    x    x     x     x   x    x     x   x    x    x     x     x     .    .     x   x
who_could_read_when               s    x    x     x     x   x    x     x   x    x    x     x     x     .    .     x   x
information                       .    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   .
emergencies                       s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
emergency_ask                     s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
emergency_list                    s    x    x     x     x   x    x     x   x    x    x     x     x     .    .     x   x
emergency                         s    .    .     .     .   -    -     .   .    .    .     .     .     .    .     -   x
emergency_agree                   s    x    x     x     x   -    -     .   x    x    x     x     x     x    x     -   x
emergency_refuse                  s    x    x     x     x   -    -     .   x    x    x     x     x     x    x     -   x
emergency_end                     s    x    .     x     x   -    -     x   x    x    x     x     x     x    x     -   x
retention                         s    x    x     x     x   x    x     x   .    x    x     x     x     .    .     x   x
retention_rule                    s    x    x     x     x   x    x     x   x    x    x     x     x     .    x     x   x
retention_case                    s    x    x     x     x   x    x     x   .    x    x     x     x     .    .     x   x
retention_act                     s    x    x     x     x   x    x     x   .    x    x     x     x     .    x     x   x
retention_act_about               s    x    x     x     x   x    x     x   .    x    x     x     x     .    x     x   x
process                           s    .    .     .     .   .    .     .   .    .    .     .     .     .    .     .   x
case_open                         s    .    .     x     .   .    .     .   x    x    >     x     .    .    x     .   x

case                              s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
case               deciding       s    .    -     -     -   -    -     -   .    .    .     -     .     .    .     -   x
record                            s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
access                            s    x    -     x     x   -    -     -   x    x    x     x     x     x    .     -   x
questions                         s    x    -     x     x   -    -     -   x    x    x     x     x     x    .     -   x
question                          s    x    -     x     x   -    -     -   x    x    x     x     x     x    .     -   x
record_event                      s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
record_check                      s    x    -     x     x   -    -     -   x    x    x     x     x     .    .     -   x
record_export                     s    x    -     x     x   -    -     -   x    x    x     x     x     .    .     -   x
stood                             s    x    -     x     x   -    -     -   x    x    x     x     x     .    .     -   x
picture                           s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
people                            s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
people             forming        s    .    -     .     -   -    -     -   .    .    .     .     .     .    .     -   x
actions            following      s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
comments                          s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x

seat_assign        forming        s    .    -     x     -   -    -     -   x    x    x     x     x     x    x     -   x
seat_withdraw_offer forming       s    .    -     x     -   -    -     -   x    x    x     x     x     x    x     -   x
seat_end                          s    .    -     .     x   -    -     -   x    x    x     x     x     x    x     -   x
connection                        s    .    -     x     x   -    -     -   x    x    x     .     x     x    x     -   x
offices                           s    x    -     x     x   -    -     -   .    .    .     x     x     .    x     -   x
seat_answer                       s    -    -     -     -   .    -     -   -    -    -     -     -     -    -     -   x
seat_declare                      s    -    -     -     -   >    -     -   -    -    -     -     -     -    -     -   x
seat_answered                     s    -    -     -     -   .    -     -   -    -    -     -     -     -    -     -   x
seat_leave                        s    -    -     -     .   -    -     -   -    -    -     -     -     -    -     -   x
stand_in_ask                      s    -    -     -     .   -    -     -   -    -    -     -     -     -    -     -   x
seat_return                       s    -    -     -     !   -    -     -   -    -    -     -     -     -    -     -   x

proposal                          s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
withdraw                          s    .    -     .     x   -    -     -   x    x    x     x     .     x    x     -   x
waiver_ask         forming        s    .    -     .     -   -    -     -   x    x    x     x     x     x    x     -   x
waiver_end         following      s    x    -     x     x   -    -     -   x    .    x     x     x     x    x     -   x
remind                            s    .    -     .     x   -    -     -   x    x    .     x     x     x    x     -   x
reminded                          s    >    -     >     >   -    -     -   >    >    >     >     >     >    >     -   x
lapse              asking         s    x    -     .     x   -    -     -   x    x    x     x     x     x    x     -   x
lapsed                            s    >    -     >     >   -    -     -   >    >    >     >     >     >    >     -   x

type_in            asking         s    x    -     x     x   -    -     -   x    x    .     x     x     x    x     -   x
typed                             s    x    -     x     .   -    -     -   x    x    .     x     x     .    x     -   x
typed_letter                      s    x    -     x     x   -    -     -   x    x    .     x     x     x    x     -   x
typed_file                        s    x    -     x     x   -    -     -   x    x    .     x     x     x    x     -   x
typed_witness                     s    x    -     x     x   -    -     -   x    x    x     x     x     .    x     -   x
typed_take_back                   s    x    -     x     x   -    -     -   x    x    .     x     x     .    x     -   x
typed_confirm                     s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x
confirm_link                      .    x    x     x     .   x    x     x   x    x    x     x     x     x    x     x   x

paper_upload                      s    .    -     x     x   -    -     -   x    x    x     x     x     x    x     -   x
paper                             s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
paper              draft          s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
paper_read                        s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
paper_read         draft          s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
paper_file                        s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
paper_file         draft          s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
paper_release      draft          s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
comment                           s    .    -     .     .   -    -     -   .    .    .     .     .     .    x     -   x
comment_answer                    s    .    -     .     x   -    -     -   x    x    x     .     .     x    x     -   x
answer_verdict                    s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x

withheld                          s    .    -     .     .   -    -     -   .    .    .     .     .     .    .     -   x
withheld_challenge withholding    s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x
withheld_end       withholding    s    .    -     x     x   -    -     -   .    x    x     x     x     x    x     -   x
withheld_longer    withholding    s    x    -     x     x   -    -     -   .    x    x     x     x     x    x     -   x
withheld_answer    withholding    s    x    -     x     x   -    -     -   .    x    x     x     x     x    x     -   x
withheld_part      withholding    s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
withheld_file      withholding    s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
guardian_ask       withholding    s    .    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
guardian_decide    withholding    s    x    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
paper_unclear                     s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x
paper_clear                       s    !    -     !     !   -    -     -   !    !    !     !     !     !    !     -   x
summary_mend                      s    x    -     x     x   -    -     -   x    x    x     x     x     x    x     -   x

stage_submit       forming        s    .    -     x     -   -    -     -   x    x    x     x     x     x    x     -   x
stage_submit       withholding    s    .    -     x     x   -    -     -   x    x    x     x     x     x    x     -   x
stage_submit                      s    !    -     !     !   -    -     -   !    !    !     !     !     !    !     -   x
stage_decide       deciding       s    x    -     -     -   -    -     -   .    .    x     -     .     x    x     -   x
position                          s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x
position_item                     s    x    -     x     .   -    -     -   x    x    x     x     x     x    x     -   x
position_done                     s    -    -     -     -   -    -     -   -    -    -     -     -     -    -     -   x
facts                             s    x    -     x     x   -    -     -   x    x    x     .     x     x    x     -   x
look_again                        s    .    -     .     .   -    -     -   .    .    .     .     .     .    x     -   x
action_draft                      s    x    -     x     x   -    -     -   x    x    x     x     .     x    x     -   x
action_change                     s    x    -     x     x   -    -     -   x    x    x     x     .     x    x     -   x
case               training       s    -    -     -     .   -    -     -   -    .    .     -     -     .    .     -   x
training_offer     training       s    -    -     -     x   -    -     -   -    x    .     -     -     x    x     -   x
training_meet      training       s    -    -     -     x   -    -     -   -    x    .     -     -     x    x     -   x
training_adjust    training       s    -    -     -     .   -    -     -   -    x    x     -     -     x    x     -   x
training_book      training       s    -    -     -     .   -    -     -   -    x    .     -     -     x    x     -   x
training_complete  training       s    -    -     -     .   -    -     -   -    x    .     -     -     x    x     -   x
training_check     training       s    -    -     -     x   -    -     -   -    x    .     -     -     x    x     -   x
training_waive     training       s    -    -     -     x   -    -     -   -    x    .     -     -     x    x     -   x
training_more      training       s    -    -     -     .   -    -     -   -    x    x     -     -     x    x     -   x
case               testing        s    .    -     .     .   -    -     -   .    .    .     -     -     .    .     -   x
holds              testing        s    .    -     .     .   -    -     -   .    .    .     -     -     .    .     -   x
hold_place         testing        s    x    -     x     .   -    -     -   x    x    x     -     -     x    x     -   x
hold_answer        testing        s    x    -     .     x   -    -     -   x    x    x     -     -     x    x     -   x
hold_take_back     testing        s    x    -     x     x   -    -     -   x    x    x     -     -     x    x     -   x
measures           agreeing       s    .    -     .     .   -    -     -   .    .    .     -     -     .    .     -   x
measure_propose    agreeing       s    .    -     x     .   -    -     -   x    x    x     -     -     x    x     -   x
measure_change     agreeing       s    .    -     x     x   -    -     -   x    x    x     -     -     x    x     -   x
measure_baseline   agreeing       s    .    -     x     x   -    -     -   x    x    x     -     -     x    x     -   x
measure_endorse    agreeing       s    x    -     x     .   -    -     -   x    x    x     -     -     x    x     -   x
measure_drop       agreeing       s    .    -     x     x   -    -     -   x    x    x     -     -     x    x     -   x
you_said           ending         s    .    -     .     .   -    -     -   .    .    .     -     -     .    .     -   x
evaluations        ending         s    .    -     .     .   -    -     -   .    .    .     -     -     .    .     -   x
evaluation_offer   ending         s    x    -     x     x   -    -     -   x    x    .     -     -     x    x     -   x
evaluation_answer  ending         s    x    -     x     .   -    -     -   x    x    x     -     -     x    x     -   x
action_evidence    following      s    x    -     x     x   -    -     -   x    x    x     x     .     x    x     -   x
"""
SIGNS = {200: ".", 302: ">", 403: "x", 404: "-", 405: "m", 409: "!"}
SEATED = ("lead", "chair", "pat", "exec", "exec_team", "coordinator", "engagement", "directorate", "quality", "auditor")
OF_AUDITORS = {"access", "questions", "question"}
"""Pages of a case that are for quality auditors and nobody else."""
OPENING_IS_RECORDED = {"paper_read", "paper_file", "access_of_person", *OF_AUDITORS}
"""Reading a paper, or what the record proves, is an act of its own (R15, IG7); opening any other page changes nothing."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Route, the state of the case or "draft" for a version not yet released, and a sign for each of `WHO`."""
    for line in TABLE.splitlines()[2:]:
        cells = line.split()
        if cells:
            signs = cells[-len(WHO) :]
            state = cells[1] if len(cells) == len(WHO) + 2 else "answering"
            yield cells[0], state, "".join(signs)


ROWS = list(rows())
sends = pytest.mark.parametrize(("route", "does"), [(route, sending.does) for route, sending in SENDING.items()], ids=list(SENDING))
OF_A_CASE = [row for row in ROWS if "ods" in ARGUMENTS[row[0]]]
row_by_row = pytest.mark.parametrize(("route", "state", "signs"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        world = build_world()
        patch.setattr(timezone, "now", lambda: world.at)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    """Built once; whatever a test does to it is undone."""
    return _built


def address(world: World, route: str, state: str) -> str:
    if state == "draft":
        return world.address(route, version=world.named["answering"]["draft"])
    return world.address(route, state)


def sign(response: Any) -> str:
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")
    return "s" if to_sign_in else SIGNS.get(response.status_code, str(response.status_code))


# Opening


def test_the_table_knows_every_route() -> None:
    assert {row[0] for row in ROWS} == set(ARGUMENTS)
    assert all(len(signs) == len(WHO) for _, _, signs in ROWS)


@row_by_row
def test_everybody_gets_what_the_table_says(world: World, route: str, state: str, signs: str) -> None:
    before = contents()
    pages = {who: world.get(who, address(world, route, state)) for who in WHO}
    assert {who: sign(page) for who, page in pages.items()} == dict(zip(WHO, signs, strict=True))
    assert {who for who, page in pages.items() if SECRET in _text(page)} <= {"pat", "coordinator"}, "payments are kept apart (IG10)"
    assert {who for who, page in pages.items() if CONCERN in _text(page)} <= {"pat", "exec", "quality", "auditor"}
    changed = changed_since(before)
    assert changed <= ({EVENTS, "cases_paperread"} if route in OPENING_IS_RECORDED else set())


def _text(response: Any) -> str:
    return "" if response.streaming else html.unescape(response.content.decode())


def test_what_may_not_be_seen_and_what_does_not_exist_are_not_found_alike(world: World) -> None:
    """IG3: the same words, whoever asks, for what is there and for what never was; to one person the same page to the letter."""
    there, never = world.address("case"), (world.address("case", reference="OVS-2026-9999"), world.address("case", ods="ZZ9"))
    asked = {who: {_bare(world.get(who, at)) for at in (there, *never)} for who in ("ivy", "gwen", "rhona", "lead2", "far")}
    assert all(len(pages) == 1 for pages in asked.values())
    assert len({_without_the_visitor(page) for pages in asked.values() for page in pages}) == 1


def _bare(response: Any) -> str:
    """The page without what is new in each answer: the nonce, the token against forged forms."""
    assert response.status_code == 404
    return re.sub(r'nonce="[^"]*"|value="[^"]*"', "", response.content.decode())


def _without_the_visitor(page: str) -> str:
    return re.sub(r"<(header|footer).*?</\1>", "", page, flags=re.DOTALL)


# In an emergency


@pytest.fixture
def in_an_emergency(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Lead2 of the staff and Ivy, who is lay, see two of the cases for two hours."""
    monkeypatch.setattr(world, "at", world.at + timedelta(minutes=1))
    for state in ("answering", "withholding"):
        case = world.stories[state].case
        for who, second in (("lead2", "tomas"), ("ivy", "tomas")):
            waiting = case.emergencies.filter(asked_by=_person(world, who)).first()
            asked = waiting or emergency.ask_for_sight(case=case, by=_person(world, who), at=world.at, reason=REASON).result
            emergency.agree_to_sight(case=case, by=_person(world, second), at=world.at, emergency=asked.pk)
    return world


def _person(world: World, who: str) -> Any:
    return world.stories["answering"].trust[who]


@pytest.mark.proves("IG3")
def test_two_hours_open_what_an_auditor_opens_and_nothing_can_be_done(in_an_emergency: World) -> None:
    """Of each page of the case: read where somebody reads who changes nothing, refused where there is an act; then gone."""
    world = in_an_emergency
    rows = [(route, state, signs[list(WHO).index("auditor")]) for route, state, signs in OF_A_CASE if state in IN_EMERGENCY]
    for who in ("lead2", "ivy"):
        found = {(route, state): sign(world.get(who, address(world, route, state))) for route, state, _ in rows}
        assert found == {(route, state): "x" if route in (*OF_AUDITORS, *WHOLE) else like for route, state, like in rows}, who
    before = contents()
    for route, sending in SENDING.items():
        if "ods" in ARGUMENTS[route] and sending.state in IN_EMERGENCY:
            for who in ("lead2", "ivy"):
                at = address(world, route, sending.state)
                assert sign(world.client(who).post(at, sending.fields(world, sending.state))) in "x!-", (route, who)
    assert changed_since(before) <= {EVENTS}
    world.at += timedelta(hours=2)
    for who in ("lead2", "ivy"):
        assert {sign(world.get(who, address(world, route, state))) for route, state, _ in rows} == {"-"}, who


IN_EMERGENCY = ("answering", "withholding", "draft")
WHOLE = ("stood", "record_check", "record_export")
"""Pages of the whole record, which two hours do not open: they show what an act on the case reads, and no more (IG7)."""

# Listed if and only if it can be opened


@pytest.mark.parametrize("who", [who for who in WHO if who not in (NOBODY, SUPERUSER)])
def test_a_case_is_listed_if_and_only_if_it_opens(world: World, who: str) -> None:
    cases = world.addresses_of_cases()
    opens = {at for at in cases if world.get(who, at).status_code == 200}
    home, waivers = world.get(who, "/"), world.get(who, world.address("waivers"))
    assert _linked(home, cases) == opens
    assert _linked(waivers, cases) == opens & {world.address("case", state) for state in GAVE_WAY}
    told = words(home) + words(waivers)
    named = {at for at, case in cases.items() if case.title in told}
    asked = {world.address("case", "answering"), world.address("case", "forming")} if who == "gwen" else set()
    assert named == opens | asked


@pytest.mark.parametrize("who", SEATED)
def test_a_paper_is_listed_if_and_only_if_it_opens(world: World, who: str) -> None:
    versions = [version.pk for version in world.stories["answering"].look.versions]
    at = {world.address("paper", version=version): version for version in versions}
    opens = {one for one in at if world.get(who, one).status_code == 200}
    assert _linked(world.get(who, world.address("case")), at) == opens
    for one, version in at.items():
        found = 200 if one in opens else 404
        assert world.get(who, world.address("paper_read", version=version)).status_code == found
        assert world.get(who, world.address("paper_file", version=version)).status_code == found


GAVE_WAY = ("answering", "following", "withholding", "agreeing", "testing", "ending")
"""The cases on which a rule was waived, or notice shortened."""


def _linked(response: Any, among: Any) -> set[str]:
    """Those of these addresses that the page links to."""
    found = {html.unescape(link) for link in re.findall(r'href="([^"#?]*)', response.content.decode())}
    return found & set(among)


# Other people's identifiers


@pytest.mark.parametrize(("route", "state", "signs"), OF_A_CASE, ids=[f"{row[0]}-{row[1]}" for row in OF_A_CASE])
def test_identifiers_of_another_organisation_or_case_lead_nowhere(world: World, route: str, state: str, signs: str) -> None:
    """By opening and by sending: what is elsewhere is not found here, even by somebody who may see both."""
    own = "answering" if state == "draft" else state
    insider = next((who for who, one in zip(WHO, signs, strict=True) if one in ".>"), "lead")
    far = world.named["far"]
    wrong = [{"ods": "RX4"}, {"reference": "OVS-2026-9999"}, {"ods": far["ods"], "reference": far["reference"]}]
    wrong += [{name: one} for name in ARGUMENTS[route] if name in KEYS for one in (uuid4(), *_elsewhere(world, own, name))]
    data = {**SENDING.get(route, SENDS_NOTHING).fields(world, own)}
    before = contents()
    for instead in wrong:
        at = world.address(route, own, **instead)
        assert sign(world.get(insider, at)) == "-", instead
        assert sign(world.client(insider).post(at, data)) in ("-", "m"), instead
    assert changed_since(before) == set()


KEYS = (
    "seat",
    "version",
    "visit",
    "comment",
    "item",
    "action",
    "proposal",
    "hold",
    "measure",
    "evaluation",
    "waiver",
    "typed",
    "answer",
)


def _elsewhere(world: World, state: str, name: str) -> list[Any]:
    """What this part of an address is for the other cases, ours and the one of another organisation."""
    return [names[name] for key, names in world.named.items() if key != state and name in names]


# Sending without having opened the page


@sends
def test_a_form_sent_without_its_page_does_no_more_than_the_page_allows(world: World, route: str, does: str) -> None:
    """Those whose act it is do it; everybody else is refused as they are on the page, and nothing changes but the ledger."""
    sending = SENDING[route]
    at, doers, signs = address(world, route, sending.state), does.split(), _signs_of(route, sending.state)
    before, known = contents(), set(Event.objects.values_list("pk", flat=True))
    for who in (who for who in WHO if who not in doers):
        got = sign(world.client(who).post(at, sending.fields(world, sending.state)))
        assert got == signs[who] or (got in "x!" and signs[who] not in "s-"), (who, got)
    assert changed_since(before) <= {EVENTS}
    assert set(Event.objects.exclude(pk__in=known).values_list("kind", flat=True)) <= {"refused"}
    for who in doers:  # sent on to what comes next; whoever opens a case for others gets a page that says so
        with transaction.atomic():
            assert sign(world.client(who).post(at, sending.fields(world, sending.state))) in ">.", who
            assert changed_since(before) > {EVENTS}, who
            transaction.set_rollback(True)


@sends
def test_a_form_that_does_not_come_from_a_page_of_ours_is_turned_away(world: World, route: str, does: str) -> None:
    sending = SENDING[route]
    at, data = address(world, route, sending.state), sending.fields(world, sending.state)
    before = contents()
    response = world.client(does.split()[0], strict=True).post(at, data)
    assert response.status_code == 403
    assert "The page you sent from had expired" in words(response)
    assert changed_since(before) == set()


def _signs_of(route: str, state: str) -> dict[str, str]:
    return next(dict(zip(WHO, signs, strict=True)) for name, where, signs in ROWS if (name, where) == (route, state))
