// Timeline: what happened to a record and what is to come: tasks, events, stage moves, changed fields, its creation; with
// the composer that adds to it. Invariant: items are gathered again only when a table they come from changed.
// Called by: record_page.
#pragma once

#include <cstdint>
#include <vector>

#include "ui/context.h"
#include "ui/pages/timeline_changes.h"
#include "ui/pages/timeline_composer.h"

namespace outpost {

class Timeline {
public:
    void draw(Context& context, RecordRef record, bool read_only);
    void compose(TimelineComposer::Tab tab) { composer_.begin(tab); }
    bool holds_draft() const { return composer_.holds_draft(); }

private:
    enum class Shown : std::uint8_t { All, Plans, Calls, Emails, Notes, Changes };   // Plans: tasks and meetings
    enum class Kind : std::uint8_t { Task, Event, Stage, Created, Converted, Change };
    struct Item {
        Kind kind = Kind::Task;
        RecordRef record;
        Milliseconds time = 0;        // by which it is ordered
        bool dated = true;
        bool done = false;            // past: belongs below the line
        std::size_t edit = 0;         // of a change
        RecordRef via = {};           // of an account's: the contact or opportunity that it is about
    };

    void refresh(Context& context, RecordRef record);
    bool is_shown(Context& context, const Item& item) const;
    void draw_filter(Context& context);
    void add_activities(Context& context, RecordRef record);
    void add_activities_of(Context& context, RecordRef record, RecordRef via);
    std::string with_via(Context& context, const Item& item, std::string detail) const;
    void add_stages(Context& context, RecordRef record);
    void add_conversion(Context& context, RecordRef lead);
    void join_changes(Context& context);
    void draw_items(Context& context, bool upcoming, std::size_t count_max);
    void draw_task(Context& context, const Item& item);
    void draw_event(Context& context, const Item& item);
    void draw_stage(Context& context, const Item& item);
    void draw_change(Context& context, const Item& item);

    std::vector<Item> upcoming_, past_;
    std::uint64_t key_ = 0;
    RecordRef of_;
    TimelineComposer composer_;
    TimelineChanges changes_;
    std::vector<FieldEdit> edits_;    // as they are told
    bool show_all_ = false;
    Shown shown_ = Shown::All;
};

}  // namespace outpost
