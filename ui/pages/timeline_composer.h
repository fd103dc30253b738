// TimelineComposer: adds a task to a record, or logs a call, an email, a meeting or a note that was, in one line or two.
// Invariant: what is typed stays with its record until it is saved, whichever tab is shown. Called by: timeline.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ui/context.h"
#include "ui/kit/field.h"

namespace outpost {

// Whether tasks and events can be tied to records of this object, and by which of their lookups.
bool has_activities(const Schema& schema, ObjectIndex object);
FieldIndex activity_lookup(const Schema& schema, ObjectIndex activity, ObjectIndex object);
// Entered as done, as calls and notes are: it was never to be done, so it is neither ticked nor struck out.
bool is_logged(const Records& records, RecordRef task);
// Of a logged task, by its type.
Icon logged_icon(std::string_view type);
// The status of tasks that are done, or that are not.
std::string task_status(const Schema& schema, bool closed);

class TimelineComposer {
public:
    enum class Tab : int { Task, Call, Email, Meeting, Note };

    // True once something that was has been added.
    bool draw(Context& context, RecordRef record);
    // Shows a tab with the keyboard in it. From a menu, which gives the focus back to what opened it: the field asks for
    // it until it has been shown for a moment.
    void begin(Tab tab) { tab_ = tab, focus_frames_ = 4; }
    // Goes over to another record, beside a list: what was typed for the one waits there, and what waits for this one comes.
    void follow(Context& context, RecordRef record);
    bool holds_draft() const { return !draft_.text.empty() || !draft_.details.empty() || !waiting_.empty(); }

private:
    // A phone throws away a page that is behind, without asking: what was typed last is there when it comes back.
    void keep(Context& context);
    void take_kept(Context& context);
    void draw_text(Context& context);
    void draw_row(Context& context, RecordRef record);
    bool is_ahead(Context& context) const;             // the meeting is to be, not was
    Milliseconds meeting_start(Context& context) const;
    CreateRecord task_of(Context& context, RecordRef record, const std::string& text) const;
    CreateRecord meeting_of(Context& context, RecordRef record, const std::string& text) const;
    void add(Context& context, RecordRef record);

    struct Draft {
        std::string text, details;
        kit::DateDraft due;
        kit::DateTimeDraft when;                       // of the meeting; nothing: it has just ended
        std::string error;
    };

    Tab tab_ = Tab::Task;
    RecordRef of_;
    Draft draft_;
    std::vector<std::pair<RecordRef, Draft>> waiting_; // of records that are not shown
    bool focus_ = false, focus_due_ = false;
    int focus_frames_ = 0;
    bool saving_ = false, logged_ = false, entered_ = false;   // entered_: by key, in this frame
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
