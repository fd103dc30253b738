// Timeline: what happened to a record and what is to come: tasks, events, stage moves, its creation; and a composer that
// adds a task, a logged call or email, or a note in one line.
// Invariant: items are gathered again only when a table they come from changed. Called by: record_page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/kit/field.h"

namespace outpost {

// Whether tasks and events can be tied to records of this object, and by which of their lookups.
bool has_activities(const Schema& schema, ObjectIndex object);
FieldIndex activity_lookup(const Schema& schema, ObjectIndex activity, ObjectIndex object);

class Timeline {
public:
    void draw(Context& context, RecordRef record, bool read_only);
    // Opens the composer for a task or call, with the keyboard in it.
    void compose_task() { tab_ = 0, focus_frames_ = 4; }
    // From a menu, which gives the focus back to what opened it: the field asks for it until it has been shown for a moment.
    void compose_call() { tab_ = 1, focus_frames_ = 4; }
    void compose_email() { tab_ = 2, focus_frames_ = 4; }

private:
    enum class Shown : std::uint8_t { All, Plans, Calls, Emails, Notes, Changes };   // Plans: tasks and meetings
    enum class Kind : std::uint8_t { Task, Event, Stage, Created, Converted };
    struct Item {
        Kind kind = Kind::Task;
        RecordRef record;
        Milliseconds time = 0;        // by which it is ordered
        bool dated = true;
        bool done = false;            // past: belongs below the line
    };

    void refresh(Context& context, RecordRef record);
    bool is_shown(Context& context, const Item& item) const;
    void draw_filter(Context& context);
    void add_activities(Context& context, RecordRef record);
    void add_stages(Context& context, RecordRef record);
    void add_conversion(Context& context, RecordRef lead);
    void draw_composer(Context& context, RecordRef record);
    void add(Context& context, RecordRef record);
    void draw_items(Context& context, bool upcoming, std::size_t count_max);
    void draw_task(Context& context, const Item& item);
    void draw_event(Context& context, const Item& item);
    void draw_stage(Context& context, const Item& item);

    std::vector<Item> upcoming_, past_;
    std::uint64_t key_ = 0;
    RecordRef of_;
    int tab_ = 0;                     // 0 task, 1 call, 2 email, 3 note
    std::string text_;
    std::string details_;
    kit::DateDraft due_;
    std::string error_;
    bool focus_ = false, focus_due_ = false;
    int focus_frames_ = 0;
    bool show_all_ = false;
    Shown shown_ = Shown::All;
    bool saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
