"""What is done against the risks, and the tests that prove it.

A house test holds that every test named here exists and is collected. A control without one says so on the paper.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """One thing done against a risk, by the end of its key, and the tests that prove it as file::function."""

    name: str
    proofs: tuple[str, ...] = ()


def by_file(control: Control) -> list[tuple[str, list[str]]]:
    """The control's proofs: each file with its functions, in the order in which they are named."""
    files: dict[str, list[str]] = {}
    for proof in control.proofs:
        file, _, function = proof.partition("::")
        files.setdefault(file, []).append(function)
    return list(files.items())


def _in(file: str, *functions: str) -> tuple[str, ...]:
    return tuple(f"tests/{file}.py::test_{function}" for function in functions)


STORED_FIRST = Control(
    "stored_first",
    _in("bot/test_intake", "what_was_said_is_stored_then_confirmed")
    + _in(
        "stories/test_kill_nine_at_any_moment_loses_nothing",
        "sixty_kills_while_a_quarter_of_all_calls_go_wrong",
        "two_thousand_kills",
    ),
)
PAGES_UNTIL_TAKEN = Control(
    "pages_until_taken",
    _in(
        "stories/test_crisis_is_heard_before_anything_else",
        "paging_goes_round_and_round_until_somebody_takes_it",
    )
    + _in("rooms/crisis/test_rules", "every_staffed_step_is_paged_once_a_round_in_order"),
)
TELLS_THE_TRUTH = Control(
    "tells_the_truth",
    _in(
        "rooms/crisis/test_truth",
        "somebody_has_it_exactly_when_a_human_took_it",
        "sent_and_seen_are_said_of_pages_that_arrived",
    )
    + _in(
        "stories/test_parent_always_sees_what_is_true_of_her_alarm", "the_whole_evening_stands_in_one_message"
    )
    + _in(
        "stories/test_crisis_is_heard_before_anything_else",
        "nobody_on_call_is_said_and_the_lead_is_told",
    ),
)
NUMBERS_FOR_ALL = Control(
    "numbers_for_all",
    _in(
        "stories/test_crisis_is_heard_before_anything_else",
        "a_stranger_gets_the_numbers_at_the_first_word",
    ),
)
CRISIS_FIRST = Control(
    "crisis_first",
    _in(
        "stories/test_flood_never_drowns_a_cry",
        "a_cry_in_the_midst_of_ones_own_flood_is_heard_at_once",
    )
    + _in("bot/test_lanes", "a_crisis_overtakes_what_waits_for_the_same_person"),
)
OWN_FAMILIES_ONLY = Control(
    "own_families_only",
    _in(
        "stories/test_stranger_can_not_answer_for_a_family",
        "a_foreign_parent_a_guest_and_a_colleague_are_refused",
        "a_colleague_can_not_open_the_family_of_another",
    ),
)
PAGES_SAY_NOTHING = Control(
    "pages_say_nothing",
    _in("stories/test_crisis_is_heard_before_anything_else", "a_page_names_nobody_and_quotes_nothing"),
)
QUIET_LOG = Control(
    "quiet_log",
    _in("bot/test_log", "a_token_in_a_line_is_hidden", "a_statement_that_fails_does_not_quote_its_values")
    + _in("bot/test_commands", "debug_logs_hold_no_token_and_no_words")
    + _in("house/test_whispers", "a_run_that_gives_something_away_fails"),
)
JOURNAL_CHAINED = Control(
    "journal_chained",
    _in(
        "storage/test_journal_is_never_changed_unseen",
        "an_edited_line_is_found",
        "a_removed_line_is_missed",
        "a_cut_tail_is_missed_after_new_lines_too",
        "the_store_itself_refuses",
    ),
)
OPENS_ONCE = Control(
    "opens_once",
    _in(
        "stories/test_invitation_opens_once_for_the_right_person",
        "of_a_hundred_who_open_it_at_the_same_time_one_comes_in",
        "the_role_is_bound_to_the_link",
    )
    + _in("storage/test_drawers", "of_a_hundred_who_try_one_invitation_opens_to_exactly_one"),
)
ANSWERS_ALIKE = Control(
    "answers_alike",
    _in(
        "stories/test_invitation_opens_once_for_the_right_person",
        "wrong_used_and_expired_codes_are_answered_alike",
    )
    + _in(
        "stories/test_guessing_codes_leads_nowhere",
        "after_five_wrong_codes_even_the_right_one_opens_nothing",
        "fifty_wrong_codes_of_many_accounts_close_the_door_and_the_lead_hears_once",
    ),
)
LITTLE_IN_CHATS = Control(
    "little_in_chats",
    _in(
        "stories/test_hostile_input_is_answered_kindly",
        "photos_stickers_contacts_places_and_all_the_rest",
    )
    + _in("bot/test_door", "in_a_group_it_says_why_and_goes_once_a_minute"),
)
FLOODS_END = Control(
    "floods_end",
    _in("stories/test_flood_never_drowns_a_cry", "ten_thousand_messages_keep_nobody_waiting")
    + _in("bot/test_bucket", "a_flood_takes_nothing_from_others"),
)
HOSTILE_INPUT = Control(
    "hostile_input",
    _in(
        "stories/test_hostile_input_is_answered_kindly",
        "forged_presses_do_nothing_and_are_answered",
        "a_hostile_name_stands_on_every_screen_as_it_was_typed",
        "texts_that_no_store_can_hold",
    )
    + _in("bot/test_door", "malformed_updates_are_put_aside_while_others_go_on"),
)
CATALOGS_CHECKED = Control(
    "catalogs_checked", _in("locales/test_catalog_check", "the_shipped_catalogs_have_no_fault")
)
NUMBERS_IN_ORDER = Control(
    "numbers_in_order",
    _in(
        "locales/test_writing_direction",
        "a_phone_number_is_never_turned_round",
        "an_address_reads_as_on_the_letter_box",
    ),
)
SECOND_FACTOR = Control(
    "second_factor",
    _in(
        "stories/test_content_opens_only_with_a_code",
        "families_are_shown_only_after_a_code_of_today",
        "a_code_opens_once_and_five_wrong_ones_lock",
    ),
)
READS_ARE_NOTED = Control(
    "reads_are_noted",
    _in("stories/test_every_read_of_a_familys_content_leaves_a_line", "reading_leaves_a_line"),
)
ENTRUSTED_APART = Control(
    "entrusted_apart",
    _in(
        "stories/test_a_deputy_sees_families_from_day_to_day",
        "entrusted_words_open_for_a_successor_only_on_a_legal_ground",
    ),
)
FILE_ENCRYPTED = Control(
    "file_encrypted",
    _in("storage/test_sealing", "nothing_is_lost_and_nothing_is_readable")
    + _in("storage/test_backup", "three_hundred_flipped_bits_are_all_found"),
)
FIELDS_SEALED = Control(
    "fields_sealed",
    _in("house/test_sealed_columns", "every_sealed_column_says_whose_key_it_is")
    + _in("storage/test_vault", "elsewhere_it_does_not_open", "every_flipped_bit_is_found"),
)
KEYS_APART = Control(
    "keys_apart",
    _in("storage/test_backup", "a_copy_is_as_unreadable_as_the_store")
    + _in("storage/test_vault", "another_master_key_opens_nothing_and_says_so"),
)
CONFIRMED_BY_CASEWORKER = Control(
    "confirmed_by_caseworker",
    _in(
        "stories/test_caseworker_says_whether_the_right_person_came",
        "until_then_nothing_opens_but_help",
        "a_no_gives_nothing_and_sounds_like_a_wrong_code",
        "nobody_else_may_say_so",
    ),
)
DISCREET = Control(
    "discreet",
    _in(
        "stories/test_nothing_gives_a_discreet_mother_away",
        "an_appointment_arrives_as_a_line_that_says_nothing",
        "reminders_and_cancellations_say_nothing_either",
        "a_day_later_the_chat_is_empty_but_for_the_keys",
    ),
)
WIPED = Control(
    "wiped",
    _in(
        "stories/test_clearing_the_chat",
        "both_sides_are_gone_and_the_keyboard_is_back",
        "what_is_too_old_is_made_to_say_nothing",
    ),
)
ASKED_FOR_CONSENT = Control(
    "asked_for_consent",
    _in(
        "stories/test_parent_says_yes_or_no_to_what_we_send",
        "without_a_yes_nothing_is_sent_and_the_caseworker_is_asked_to_call",
        "a_yes_is_kept_with_the_words_that_were_read",
        "new_words_void_an_old_yes",
        "the_red_button_needs_no_yes_and_keeps_the_least",
    ),
)
REVOKED_WITH_A_TAP = Control(
    "revoked_with_a_tap",
    _in(
        "stories/test_parent_says_yes_or_no_to_what_we_send",
        "one_tap_takes_it_back_and_a_later_yes_brings_what_was_missed",
        "reminders_stop_with_the_yes",
    ),
)
SEES_EVERYTHING = Control(
    "sees_everything",
    _in(
        "stories/test_everybody_sees_all_that_is_known_about_them",
        "a_parent_reads_it_in_her_language",
        "a_guest_sees_what_little_there_is",
        "something_is_wrong_reaches_the_caseworker_once_a_day",
    ),
)
PURGED = Control(
    "purged",
    _in("storage/test_retention", "it_goes_on_the_day_it_is_over_and_not_a_day_before")
    + _in("stories/test_what_is_too_old_goes_at_night", "the_lead_agrees_and_the_next_night_it_goes"),
)
ERASED = Control(
    "erased",
    _in("storage/test_erasure", "of_ten_thousand_planted_words_none_is_found_after_erasure")
    + _in("storage/test_backup", "last_weeks_copy_with_todays_keys_brings_back_all_but_the_erased"),
)
TWO_PEOPLE = Control(
    "two_people",
    _in(
        "rooms/forgetting/test_rules_of_forgetting",
        "only_a_second_person_grants_and_never_under_a_hold",
        "nothing_is_proposed_before_the_file_has_it_nor_under_a_hold",
    )
    + _in("rooms/forgetting/test_actions_of_forgetting", "a_fresh_code_is_asked_for"),
)
JOURNAL_OF_MARKS = Control(
    "journal_of_marks",
    _in(
        "stories/test_every_read_of_a_familys_content_leaves_a_line",
        "after_a_long_day_every_line_holds_ids_alone",
    )
    + _in("storage/test_journal_is_never_changed_unseen", "what_is_too_old_goes_and_the_rest_stays_whole")
    + _in("stories/test_lead_reads_the_journal", "nobody_but_the_lead_reads_it"),
)
