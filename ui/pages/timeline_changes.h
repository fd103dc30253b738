// TimelineChanges: the edits of a record's fields for its timeline, read from the journal after the page is drawn: the
// newest groups at once (imports and the like aside, which take long to read), all the others when they are asked for;
// edits made meanwhile are added.
// Invariant: nothing is read while drawing, and nothing twice. Called by: timeline.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/store/record_history.h"
#include "ui/context.h"

namespace outpost {

// Fields that one person changed, one edit or several that follow each other.
struct FieldEdit {
    struct Line { FieldIndex field; Value before, after; };
    Milliseconds time = 0;      // of the newest one
    RecordRef user;
    std::vector<Line> lines;    // each field once
};
// Makes one of two that follow each other; what was changed and changed back is left out.
void add_older(FieldEdit& edit, const FieldEdit& older);

class TimelineChanges {
public:
    void refresh(Context& context, RecordRef record, bool all);
    const std::vector<FieldEdit>& edits() const { return edits_; }   // newest first
    std::uint64_t revision() const { return revision_; }             // rises when the edits are others
    bool is_reading() const { return reading_; }
    bool has_older() const { return known_from_ > 1 || left_out_; }  // or larger groups, which may tell more

private:
    void read(Context& context, GroupRange range);
    void take(Context& context, const RecordHistory& history, const GroupRange& range);

    RecordRef of_;
    std::vector<FieldEdit> edits_;
    Sequence known_from_ = 0, known_to_ = 0;   // which groups were read, both ends among them; 0: none
    bool left_out_ = false;                    // some of these were too large to be read at once
    std::uint64_t revision_ = 0;
    bool reading_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);   // renewed with the record
};

// The field's name, without the sign that its values have: "Probability".
std::string changed_label(Context& context, const Object& object, const Field& field);
// The words for one field: "Amount: $10 → $20".
std::string change_words(Context& context, const Object& object, const Field& field, const Value& before, const Value& after);
// Without the field: "$10 → $20", "$20" where there was nothing before.
std::string values_words(Context& context, const Object& object, const Field& field, const Value& before, const Value& after);
// Whether changes of the field are told at all: not what every edit stamps.
bool is_told_change(const Field& field);

}  // namespace outpost
