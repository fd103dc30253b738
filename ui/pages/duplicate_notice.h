// Duplicate notice: inside the form of a new lead, contact or account, the records that may be the same, with the
// reasons in words; it never stands in the way of saving. On a stored record, a line that leads to merging.
// Invariant: the index is brought up to date in slices, only once something is typed; when nothing changes nothing is
// looked for. Called by: record_form, record_page, merge_dialog.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/matching/duplicates.h"
#include "ui/pages/field_editor.h"

namespace outpost {

class DuplicateNotice {
public:
    explicit DuplicateNotice(ObjectIndex object);
    ObjectIndex object() const { return object_; }

    // Looks for what was typed since the last frame; true when there is something to show.
    bool look(Context& context, const std::vector<FieldDraft>& drafts);
    void draw(Context& context);
    std::size_t count_found() const { return found_.size(); }
    // The same for a stored record, against others of its object.
    bool look(Context& context, RecordRef record);
    void draw_banner(Context& context, RecordRef record);
    // In a form that makes a record for a lookup: a press on one of its object is for taking it instead.
    void offer_instead() { instead_ = true; }
    // The address of a record that was followed in this frame, "" none: who owns the draft asks before it is lost.
    std::string take_followed() { return std::exchange(followed_, {}); }

private:
    bool find(Context& context, const DuplicateCandidate& candidate);
    void draw_record(Context& context, const Duplicate& duplicate);

    ObjectIndex object_;
    std::vector<Duplicate> found_;
    std::uint64_t asked_ = 0;        // what was typed and what is stored, when it was looked for last
    bool said_ = false, all_ = false, instead_ = false;
    RecordRef of_;                   // of a stored record: which, as of when, and how many of its object
    std::uint64_t of_revision_ = 0;
    std::size_t count_ = 0;
    std::string followed_;
};

// "same email, similar first name"
std::string duplicate_reasons_text(Context& context, const Duplicate& duplicate);

}  // namespace outpost
