// Recycle bin (#/recycle-bin): what was deleted, of all objects, with when and by whom; searched, and brought back one by
// one or many at once, with what was deleted along.
// Invariant: rows are gathered when a table or the filter changed, never on a still frame. Called by: the page registry.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/store/deletions.h"
#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class RecycleBinPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void enter(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;

private:
    struct Line {
        RecordRef record;
        std::string name, object, when, who;
        Sequence sequence = 0;
        Milliseconds time = 0;        // 0: not known
        std::uint32_t along = 0;      // details that come back with it
    };

    void gather(Context& context);
    void add_object(Context& context, const Object& object);
    void filter();
    void read_deletions(Context& context);
    bool goes_along(Context& context, RecordRef record) const;
    std::uint32_t count_along(Context& context, RecordRef record) const;
    void draw_header(Context& context);
    void draw_toolbar(Context& context);
    void draw_lines(Context& context);
    void draw_table(Context& context, Rect place);
    void draw_cards(Context& context, Rect place);
    std::vector<RecordRef> ticked(Context& context);
    void restore(Context& context, const std::vector<RecordRef>& records);
    // Asks first.
    void remove(Context& context, std::vector<RecordRef> records);
    void submit(Context& context, std::string_view command, const std::vector<RecordRef>& records, std::string toast);
    kit::TableSelection& selection(Context& context) { return context.is_phone() ? cards_.selection : table_.selection; }

    std::vector<Line> lines_, shown_;     // shown_: those that match, as they are sorted
    Deletions deletions_;
    std::uint64_t revision_ = 0;
    Sequence read_at_ = 0;
    bool reading_ = false;
    std::string text_, filtered_by_, error_;
    kit::TableState table_;
    kit::CardListState cards_;
    std::vector<kit::TableColumn> columns_;
    float fitted_room_ = 0;              // how wide they were made to fit
    bool focus_filter_ = false;
    RecordRef menu_record_;
    Rect menu_anchor_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
