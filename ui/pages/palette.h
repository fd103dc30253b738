// PaletteDialog: one box from which everything is reached: records by name, those looked at last, what can be done with
// the record that is open, pages, new records, actions. Opens by Ctrl/Cmd+K. Invariant: results are computed anew only when the typed text or the records changed.
// What is typed before the search is ready is looked for then; until then nothing can be chosen, and Enter waits.
// Called by: the application frame (registry).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class PaletteDialog : public Dialog {
public:
    std::string title(Context& context) override;
    void draw(Context& context) override;
    bool has_footer() const override { return false; }
    DialogKind kind() const override { return DialogKind::Palette; }
    float width() const override { return 600; }

private:
    struct Entry {
        Icon icon = Icon::None;
        std::string label, detail, shortcut;
        std::string address;                       // where it goes, or
        std::function<void(Context&)> action;      // what it does
        int group = 0;                             // entries of a group stand together under its heading
    };

    static Entry entry_of(Context& context, RecordRef record, int group);
    void prepare(Context& context);
    bool is_looking() const;                       // for what was typed, when the search is not ready yet
    void refresh(Context& context);
    void add_records(Context& context);
    void add_pages(Context& context);
    void add_recent(Context& context);
    void add_record_actions(Context& context);
    void add_actions(Context& context);
    void add_line(Context& context);
    void add(Entry entry);
    kit::Edited draw_field(Context& context);
    std::uint32_t draw_entry(Context& context, std::size_t index);
    void choose(Context& context, std::size_t index);

    std::string typed_;
    std::string seen_;
    std::uint64_t seen_revision_ = 0;
    std::vector<Entry> entries_;
    std::size_t selected_ = 0;
    bool opened_ = false, prepared_ = false;
    Point pointer_;                                // in the last frame
    bool pointer_moved_ = false;                   // a mouse that only rests where an entry comes to stand chooses nothing
    bool chosen_early_ = false;                    // Enter was pressed while the search was not ready
};

}  // namespace outpost
