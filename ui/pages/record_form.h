// Record form: creates or edits one record by the fields of its schema, in sections, with faults at their fields and a
// summary above. It stands in a page of its own (#/o/Lead/new, #/r/<id>/edit) or in a dialog.
// Invariant: nothing is saved before Save; leaving with unsaved edits asks first, and what is typed outlives a page that
// the browser throws away.
// Called by: the registry (pages), lookups, related lists and the timeline (dialogs).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/context.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/duplicate_notice.h"
#include "ui/pages/field_editor.h"

namespace outpost {

class RecordForm {
public:
    // `existing` none: a new record, beginning with `prefill` over the picklists' defaults. `only`: API names of the fields
    // that are asked for, with blanks between; empty: all of them.
    RecordForm(Context& context, ObjectIndex object, RecordRef existing, const std::vector<FieldValue>& prefill, std::string_view only = {});
    ~RecordForm();
    RecordForm(const RecordForm&) = delete;
    RecordForm& operator=(const RecordForm&) = delete;

    // From now on what is typed is kept under the form's address until it is saved or given up, and what was kept there
    // comes back at once. `context` must outlive the form.
    void keep_at(Context& context, std::string address);
    void draw(Context& context);
    // Checks and submits; `saved` is called with the record after it was stored.
    void submit(Context& context, std::function<void(RecordRef)> saved);
    bool is_dirty() const;
    bool is_saving() const { return saving_; }
    // Enter was pressed in a field of one line, which saves a form as everywhere on the web; tells it once.
    bool take_enter() { return std::exchange(entered_, false); }
    ObjectIndex object() const { return object_; }
    RecordRef existing() const { return existing_; }
    void focus_first() { focus_pending_ = true; }
    void set_text(FieldIndex field, std::string text);
    // The address of the whole form, beginning with what was typed here.
    std::string whole_form(Context& context) const;
    // Of one occurrence: its own times stand in place of the record's.
    void set_times(Context& context, Milliseconds start, Milliseconds end);
    // A refusal, at its field.
    void take_error(Context& context, const Error& error);
    // What the person changed, for a command that the caller makes. False when a field can't be: its error stands at it.
    bool collect(Context& context, std::vector<FieldValue>& values) { return check(context, values); }
    // A copy of an opportunity may take its products along; asked when it has some.
    void offer_lines_of(Context& context, RecordRef opportunity);
    // The address of a possible duplicate that was pressed in this frame, "" none. Whose form it is asks before leaving.
    std::string duplicate_hint(Context& context) const;  // how many there are, "" none
    void draw_duplicate_hint(Context& context) const;    // the same in a row of buttons, where the notice may stand out of sight
    std::string take_followed() { return duplicates_.take_followed(); }
    void offer_duplicates_instead() { duplicates_.offer_instead(); }

private:
    struct Section { std::string title; std::vector<std::size_t> drafts; };
    void add_field(Context& context, const Object& object, const Field& field, const std::vector<FieldValue>& prefill, Section& section);
    void keep();
    void forget_kept();
    void draw_brought_back(Context& context);
    bool check(Context& context, std::vector<FieldValue>& values);
    void draw_summary(Context& context);
    bool draw_section(Context& context, const Section& section);   // true when something in it was edited
    void follow_event_days(Context& context, const Object& object);
    void draw_reminder_choices(Context& context, FieldDraft& draft);
    std::optional<Milliseconds> activity_start(Context& context) const;
    void follow_start(Context& context);
    void follow_stage(const Object& object);
    bool is_left_out(const Object& object, const FieldDraft& draft) const;
    void follow_event_start(Context& context, bool changed);
    void follow_controller(const Object& object, const Field& field, FieldDraft& draft);
    void look_for_duplicates(Context& context);
    bool can_route(Context& context) const;
    bool is_sum_of_lines(Context& context, FieldIndex field) const;

    ObjectIndex object_;
    RecordRef existing_;
    std::vector<FieldDraft> drafts_;
    std::vector<Section> sections_;
    RecordRef lines_of_;                         // whose lines a copy takes along while copies_lines_
    bool copies_lines_ = true;
    bool routes_ = false;                        // a new lead gets its owner by the assignment rule
    DuplicateNotice duplicates_;
    std::size_t edited_section_ = 0, notice_section_ = 0;
    bool notice_shown_ = false;
    std::string general_error_;
    bool focus_pending_ = true, focus_found_ = false;
    std::size_t focus_draft_ = 0;
    std::uint16_t stage_code_ = 0;               // whose probability and category are filled in
    std::optional<Milliseconds> reminder_lead_;  // chosen as so long before: it follows the start while that is typed
    std::optional<Milliseconds> event_length_;   // as it was before the start was changed
    bool saving_ = false, stored_ = false, entered_ = false;
    Context* keeps_with_ = nullptr;
    std::string kept_at_, kept_;                 // the form's address; what was written last
    bool brought_back_ = false;
    std::shared_ptr<bool> alive_;                // callbacks ask whether this form is still there
};

std::unique_ptr<Page> make_create_page();       // "o/:object/new"
std::unique_ptr<Page> make_edit_page();         // "r/:id/edit"

// A new record in a dialog. `created` is set to the record when it was saved.
void open_create_dialog(Context& context, ObjectIndex object, std::string_view name, std::shared_ptr<RecordRef> created);
// The same with an address: "#/o/Contact/new?AccountId=001..." says of what and with which values it begins.
void open_create_dialog(Context& context, const Route& create);
// Makes a record from a small form. Where that is refused for want of a field that it doesn't have, the whole form opens with
// what was typed, and what comes of it is told to `done` in its turn.
void create_or_ask(Context& context, CreateRecord command, std::function<void(const Result<CommandOutcome>&)> done, SubmitOptions options);
// One field of a record in a dialog: a text of several lines has no room in a cell.
void open_field_dialog(Context& context, RecordRef record, const Field& field);
std::unique_ptr<Dialog> make_create_dialog(Context& context, std::string_view create);

// Values of a new record from an address: every parameter that names a writable field ("AccountId=001...").
std::vector<FieldValue> prefill_of(Context& context, const Object& object, const Route& route);

}  // namespace outpost
