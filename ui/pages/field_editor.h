// Field editor: the draft of one field's value and the control that edits it, chosen by the field's type: with label,
// required mark, help and the error in place. Forms, inline editing, table cells and mass edits all use it.
// Invariant: drawing changes the draft alone; draft_value() gives what a command carries, or why it can't.
// Called by: record_form, record_page, list_page, bulk_edit.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/edit/command.h"
#include "ui/context.h"
#include "ui/kit/choice.h"
#include "ui/kit/field.h"

namespace outpost {

class RecurrenceEditor;

// How an event or task repeats: a text with an editor of its own.
bool is_recurrence(ObjectIndex object, FieldIndex field);

// A draft's value lies in the member that its field's type uses.
struct FieldDraft {
    FieldIndex field = no_field;
    std::string text;                         // texts, picklists (API value), lookups (the record's id text)
    kit::NumberDraft number;
    kit::DateDraft day;
    kit::DateTimeDraft moment;
    bool on = false;
    std::vector<std::string> many;            // multi-select picklists: API values
    std::string shown;                        // lookups: name of the chosen record
    std::string error;                        // in the person's language, "" none
    Value before;                             // what it began with
    bool touched = false;                     // the person changed it
    bool stored = false;                      // a record holds `before`: untouched it may stay, whatever is asked of a new value
    std::shared_ptr<RecordRef> created;       // a record that "new" in this lookup made
    bool whole_days = false;                  // of an all-day event: the day alone, midnight in UTC
    std::shared_ptr<RecurrenceEditor> repeats;  // of a recurrence, once it was drawn
    Days starts_on = 0;                       // of a recurrence: the day of the event or task
    std::uint16_t controlling = any_value;    // code of the value that a dependent picklist's choices go by

    static constexpr std::uint16_t any_value = 0xFFFF;   // all are offered
};

// The draft of a record's field as it is.
FieldDraft make_record_draft(Context& context, RecordRef record, const Field& field);
FieldDraft make_draft(Context& context, const Field& field, const Value& value, bool stored = false);
Result<Value> draft_value(Context& context, const Object& object, const Field& field, const FieldDraft& draft);

struct FieldEditorOptions {
    bool focus = false;                       // take the keyboard, open choices: set it for one frame
    bool in_cell = false;                     // no label and frame: `at` is the cell
    bool hide_label = false;
    bool optional = false;                    // don't mark as required (mass edits)
    bool required = false;                    // mark as required though the field isn't (what a stage asks for)
    Rect at = {};
};
kit::Edited draw_field_editor(Context& context, const Object& object, const Field& field, FieldDraft& draft, FieldEditorOptions options = {});

// Records to choose from for a lookup: those whose name holds `typed`, or the last changed ones.
std::vector<kit::Choice> suggest_records(Context& context, const std::vector<ObjectIndex>& targets, std::string_view typed);
// Active values of a picklist as choices, or those of `offered`; those of `current` ("A;B") too when they are not among them.
std::vector<kit::Choice> picklist_choices(Context& context, const Field& field, std::string_view current, const std::vector<std::uint16_t>* offered = nullptr);

}  // namespace outpost
