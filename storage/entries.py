"""The register itself: every table with what each of its columns is for. A new column needs its word here."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.grounds import Activity, Basis, Kind, Whose


@dataclass(frozen=True, slots=True)
class Entry:
    """What holds for a table; `columns` says by name what each column is for."""

    activity: Activity
    kind: Kind
    whose: Whose
    basis: Basis
    columns: Mapping[str, str]


def _entries(shared: tuple[Activity, Kind, Whose, Basis], **tables: str) -> dict[str, Entry]:
    """Entries by table; each is written as column=purpose, column=purpose and so on with spaces between."""
    return {
        name: Entry(*shared, dict(pair.split("=") for pair in columns.split()))
        for name, columns in tables.items()
    }


REGISTER: Mapping[str, Entry] = {
    **_entries(
        (Activity.AGENCY, Kind.AGENCY, Whose.AGENCY, Basis.NOT_PERSONAL),
        sites="id=row name=site_name address=site_address places=places",
        meeting_places=(
            "id=row site_id=site name=meeting_place address=meeting_address latitude=coordinate "
            "longitude=coordinate ways=ways_there position=position"
        ),
        offers="id=row site_id=site kind=offer_kind",
        crisis_numbers=(
            "number=phone key=phone_text hours=hours position=position first=shown_first "
            "staff_only=staff_only confirmed_on=confirmed_on languages=spoken_there"
        ),
        policies="site_id=site body=policy",
        crisis_places="id=row site_id=site label=place_label position=position",
        settings="name=setting value=setting_value",
    ),
    **_entries(
        (Activity.CONTACT, Kind.OPERATIVE, Whose.PERSON, Basis.TASK),
        people=(
            "id=row telegram_id=account telegram_index=account_mark name=name language=language "
            "hint=language_hint blocked=blocked discreet=discreet paused_at=paused "
            "created_at=made_at shown_as=shown_as quiet=quiet_hours reminded=reminders_wanted "
            "evenings=reminders_wanted"
        ),
    ),
    **_entries(
        (Activity.ACCESS, Kind.OPERATIVE, Whose.PERSON, Basis.SECURITY),
        roles="person_id=person role=role since=since",
    ),
    **_entries(
        (Activity.CONTACT, Kind.OPERATIVE, Whose.FAMILY, Basis.TASK),
        families="id=row label=family_label caseworker_id=caseworker created_at=made_at",
        members="family_id=family person_id=person",
        enrolments="offer_id=offer family_id=family since=since",
    ),
    **_entries(
        (Activity.ACCESS, Kind.OPERATIVE, Whose.STAFF, Basis.STAFF),
        deputies=(
            "id=row caseworker_id=caseworker deputy_id=deputy starts_at=starts ends_at=ends made_by=made_by"
        ),
    ),
    **_entries(
        (Activity.ACCESS, Kind.TRANSPORT, Whose.PERSON, Basis.SECURITY),
        invitations=(
            "id=row code_hash=code_mark spoken_hash=code_mark role=role name=name "
            "family_id=family step=step discreet=discreet invited_by=made_by created_at=made_at "
            "expires_at=expires used_at=used_at used_by=person decided_at=decided_at decided_by=decided_by "
            "confirmed=confirmed"
        ),
    ),
    **_entries(
        (Activity.ACCESS, Kind.TECHNICAL, Whose.PERSON, Basis.SECURITY),
        guesses="id=row sender=account_mark at=guessed_at",
    ),
    **_entries(
        (Activity.ACCESS, Kind.TECHNICAL, Whose.STAFF, Basis.SECURITY),
        logins=(
            "person_id=person secret=code_secret confirmed=code_confirmed last_step=code_last "
            "open_until=open_until fresh_until=fresh_until failures=failures "
            "locked_until=locked_until"
        ),
    ),
    **_entries(
        (Activity.CONTACT, Kind.OPERATIVE, Whose.AGENCY, Basis.TASK),
        sessions=(
            "id=row offer_id=offer caseworker_id=caseworker starts_at=starts place=place course_id=course "
            "number=session_number cancelled_at=closed_at"
        ),
        courses=(
            "id=row offer_id=offer caseworker_id=caseworker syllabus=syllabus place=place "
            "meeting_place_id=meeting_place starts_at=starts minutes=minutes seats=seats child_care=child_care "
            "languages=course_languages state=state made_at=made_at"
        ),
    ),
    **_entries(
        (Activity.CONTACT, Kind.FILE, Whose.FAMILY, Basis.CONSENT),
        appointments=(
            "id=row family_id=family caseworker_id=caseworker kind=appointment_kind "
            "starts_at=starts place=place state=state revision=revision session_id=session "
            "minutes=minutes only_for=person meeting_place_id=meeting_place interpreter=interpreter bring=to_bring "
            "series_id=series moved_from=moved_from made_at=made_at"
        ),
        answers="appointment_id=appointment person_id=person answer=answer at=when late=late",
        declines=(
            "id=row appointment_id=appointment person_id=person family_id=family reason=decline_reason at=when"
        ),
        moves=(
            "id=row appointment_id=appointment family_id=family caseworker_id=caseworker person_id=person "
            "state=state slot_at=wished_time day=wished_time part=wished_time offered_at=offered_time "
            "asked_at=asked_at settled_at=closed_at outcome=outcome"
        ),
        reminders=(
            "id=row appointment_id=appointment person_id=person kind=reminder_kind due_at=due_at "
            "first_due_at=due_at state=state reason=dropped_reason settled_at=settled_at"
        ),
        attendances="appointment_id=appointment person_id=person came=came at=when marked_by=made_by",
        seats="course_id=course family_id=family state=state at=when",
        practices=(
            "id=row person_id=person family_id=family syllabus=syllabus step=exercise state=state "
            "pace=pace at=when"
        ),
        practised="practice_id=practice step=exercise answer=practised at=when",
    ),
    **_entries(
        (Activity.CONTACT, Kind.OPERATIVE, Whose.FAMILY, Basis.TASK),
        calls=(
            "id=row family_id=family person_id=person appointment_id=appointment why=call_reason since=since "
            "done_at=closed_at done_by=made_by outcome=outcome"
        ),
    ),
    **_entries(
        (Activity.CONTACT, Kind.OPERATIVE, Whose.STAFF, Basis.STAFF),
        calendars=(
            "person_id=person feed_hash=feed_mark import_url=calendar_address next_look_at=due_at "
            "looked_at=looked_at failure=failure"
        ),
        busy="id=row person_id=person starts_at=starts ends_at=ends",
    ),
    **_entries(
        (Activity.CHECKINS, Kind.FILE, Whose.FAMILY, Basis.CONSENT),
        checkins="id=row person_id=person family_id=family mood=mood note=note at=when",
    ),
    **_entries(
        (Activity.CHECKINS, Kind.FILE, Whose.FAMILY, Basis.ENTRUSTED),
        entrusted="id=row family_id=family confidant_id=confidant text=entrusted_words at=when",
    ),
    **_entries(
        (Activity.CRISIS, Kind.FILE, Whose.FAMILY, Basis.EMERGENCY),
        alarms=(
            "id=row number=alarm_number person_id=person family_id=family state=state "
            "opened_at=when policy=policy step=step round=round taken_by=taken_by "
            "withdrawn_at=withdrawn_at revision=revision site_id=site taken_at=taken_at taken_step=step "
            "promise=promise promised_for=promised_for wish=wish safe_at=safe_at outcome=outcome ended_at=ended_at "
            "reminded_at=reminded_at forgotten_at=forgotten_at"
        ),
        lines="id=row alarm_id=alarm text=crisis_words at=when",
        worries="id=row person_id=person family_id=family text=crisis_words at=when state=state",
        concerns=(
            "id=row number=concern_number family_id=family alarm_number=alarm_number opened_by=made_by "
            "opened_at=when closed_at=closed_at"
        ),
        concern_marks=(
            "id=row concern_id=concern family_id=family point=concern_point marked_by=made_by at=when "
            "note=concern_words"
        ),
    ),
    **_entries(
        (Activity.CRISIS, Kind.FILE, Whose.STAFF, Basis.EMERGENCY),
        pages=(
            "alarm_id=alarm person_id=on_duty step=step paged_at=paged_at delivered_at=delivered_at "
            "seen_at=seen_at"
        ),
        takes="alarm_id=alarm person_id=on_duty at=when",
        happenings="id=row alarm_id=alarm at=when what=happening done_by=on_duty step=step",
        debriefs="id=row alarm_id=alarm written_by=made_by text=debrief_words at=when",
        rings=(
            "id=row way_id=second_way alarm_id=alarm text=ring_words state=state attempts=failures "
            "not_before=due_at lease_until=lease created_at=made_at settled_at=settled_at failure=failure"
        ),
    ),
    **_entries(
        (Activity.CRISIS, Kind.OPERATIVE, Whose.STAFF, Basis.STAFF),
        duties="person_id=on_duty step=step since=since on=is_on_duty tested_at=tested_at",
        patterns=(
            "id=row person_id=on_duty site_id=site step=step weekday=weekday begins=starts ends=ends "
            "first_day=first_day last_day=last_day"
        ),
        shifts=(
            "id=row person_id=on_duty site_id=site step=step starts_at=starts ends_at=ends state=state "
            "pattern_id=pattern day=pattern_day uid=calendar_name"
        ),
        swaps=(
            "id=row shift_id=shift asker_id=on_duty asked_id=on_duty state=state asked_at=asked_at "
            "answered_at=answered_at"
        ),
        drills="id=row started_by=made_by started_at=starts ends_at=ends ended_at=ended_at",
        probes=(
            "id=row person_id=on_duty drill_id=drill sent_at=paged_at delivered_at=delivered_at "
            "answered_at=answered_at"
        ),
        second_ways=(
            "id=row person_id=on_duty address=second_address added_at=made_at confirmed_at=confirmed_at"
        ),
        holds=(
            "id=row place_id=crisis_place alarm_number=alarm_number asked_by=made_by from_porz=from_porz "
            "state=state asked_at=asked_at lapses_at=expires taken_at=taken_at until=ends ended_at=ended_at "
            "taken_by=made_by"
        ),
    ),
    **_entries(
        (Activity.RIGHTS, Kind.OPERATIVE, Whose.PERSON, Basis.DUTY),
        consents=(
            "id=row person_id=person purpose=consent_purpose version=consent_version "
            "text_hash=consent_hash language=language given_at=given_at revoked_at=revoked_at"
        ),
    ),
    **_entries(
        (Activity.RIGHTS, Kind.OPERATIVE, Whose.FAMILY, Basis.DUTY),
        requests=(
            "id=row person_id=person family_id=family state=state asked_at=asked_at "
            "exported_at=exported_at proposed_by=made_by proposed_at=proposed_at "
            "decided_by=decided_by decided_at=decided_at"
        ),
        legal_holds="family_id=family ground=hold_ground since=since set_by=decided_by",
    ),
    **_entries(
        (Activity.INCIDENTS, Kind.OPERATIVE, Whose.AGENCY, Basis.DUTY),
        incidents=(
            "id=row number=incident_number summary=incident_words noticed_at=noticed_at "
            "noted_by=made_by reported_at=reported_at closed_at=closed_at"
        ),
    ),
    **_entries(
        (Activity.JOURNAL, Kind.OPERATIVE, Whose.STAFF, Basis.SECURITY),
        journal=(
            "id=journal_number at=when actor=actor act=act subject=subject family_id=family mac=journal_mark"
        ),
    ),
    **_entries(
        (Activity.TRANSPORT, Kind.TECHNICAL, Whose.AGENCY, Basis.TASK),
        timers="kind=timer_kind scope=timer_scope due_at=due_at failures=failures rank=rank",
    ),
    **_entries(
        (Activity.TRANSPORT, Kind.TRANSPORT, Whose.PERSON, Basis.TASK),
        cards="id=row person_id=person about=about message_id=message_number created_at=made_at",
        deliveries=(
            "id=row lane=lane person_id=person chat_id=account method=method body=message_words "
            "card_id=card edits=edits about=about state=state attempts=failures "
            "not_before=due_at lease_until=lease created_at=made_at settled_at=settled_at "
            "failure=failure rank=rank expires_at=expires"
        ),
        updates=(
            "update_id=update_number raw=raw_words sender=account_mark state=state "
            "tries=failures arrived_at=when failure=failure"
        ),
        dialogues=("person_id=person room=room step=dialogue_step content=dialogue_words expires_at=expires"),
        covers="card_id=card person_id=person body=message_words created_at=made_at",
        traces="person_id=person message_id=message_number at=when",
    ),
}
