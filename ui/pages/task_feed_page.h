// TaskFeedPage (#/o/Task/feed): what to do and when: open tasks overdue, today, tomorrow, this week, later, without a date.
// One key completes or snoozes, a drag to another group puts on another day, ticked ones are changed together; "next task"
// goes through them one by one. Invariant: whose tasks stands in the address; only rows in sight are drawn, and the feed is
// worked out anew only when tasks, day or owners changed. Called by: the page registry.
#pragma once

#include <array>
#include <memory>
#include <set>
#include <string>

#include "core/activity/feed.h"
#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class TaskFeedPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    void leave(Context&) override { drag_ = {}; }
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    enum class RowKey : std::uint8_t { None, Up, Down, Delete };
    struct Drag {
        RowIndex row = no_row;               // the one that was taken
        std::vector<RowIndex> rows;          // all that go along, ascending
        Point grip;
        float width = 0;
    };

    void refresh(Context& context, const Route& route);
    void draw_header(Context& context);
    void draw_owners(Context& context);
    void draw_owner_items(Context& context);
    void draw_list_menu(Context& context);
    void draw_empty(Context& context);
    void draw_list(Context& context, Rect place);
    void draw_group(Context& context, FeedGroup group, Rect place);
    void draw_group_head(Context& context, FeedGroup group, Rect place);
    void draw_row(Context& context, RowIndex row, Rect place);
    void paint_row(Context& context, RowIndex row, Rect place);
    void draw_drag(Context& context);
    void draw_bulk(Context& context, Rect place);
    void draw_menu(Context& context);
    void take_keys(Context& context);
    void move_focus(RowIndex from, int step);
    void tick(RowIndex row);
    float row_height(Context& context) const;
    float group_height(Context& context, FeedGroup group) const;
    bool is_shown(FeedGroup group) const;
    // The ticked ones when any are, else this one; ascending.
    std::vector<RowIndex> chosen(RowIndex row) const;
    std::vector<RowIndex> ticked() const { return {ticked_.begin(), ticked_.end()}; }
    // The task after these: it has the focus once they are gone.
    void pass_focus_on(const std::vector<RowIndex>& rows);
    void complete(Context& context, std::vector<RowIndex> rows);
    void open_snooze(Context& context, std::vector<RowIndex> rows, Rect anchor);
    std::function<void()> untick();

    Feed feed_;
    std::vector<RowIndex> owners_;           // empty: everybody's
    std::array<std::uint64_t, 5> seen_{};    // what it was worked out from
    std::string of_;                         // as the address has it
    std::set<RowIndex> ticked_;
    bool week_goes_on_ = false;              // beyond tomorrow
    bool selecting_ = false;                 // a press ticks a row
    RowKey key_ = RowKey::None;              // of the row that has the focus, in this frame
    RowIndex focused_ = no_row, focus_next_ = no_row;
    Rect focused_place_{};
    Drag drag_;
    std::array<Rect, feed_group_count> places_{};
    std::vector<RowIndex> menu_rows_;
    Rect menu_anchor_{};
    bool menu_opens_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
