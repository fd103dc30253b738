// BoardPage: the records of any object in lanes of one of its picklists (opportunities by stage), by owner or by the month
// of a date, with count, sum and weighted sum a lane over all records that match. Cards move by mouse, long press, or Ctrl+Left/Right.
// Invariant: only cards in sight are drawn; totals come from compute_board over all records.
// Called by: the page registry ("#/o/<Object>/board").
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/board.h"
#include "core/pipeline/opportunity_activity.h"
#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/board_query.h"
#include "ui/pages/card_style.h"

namespace outpost {

class BoardPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    void leave(Context& context) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    struct Drag {
        RowIndex row = no_row;
        std::uint64_t from_lane = 0;
        Rect card;            // where the card would lie
        Point grip;           // pointer within the card
    };

    void remember(Context& context, const Object& object, std::string_view name, std::string_view value);
    void count_stalled();
    bool refresh(Context& context, const Object& object, const Route& route);
    void draw_header(Context& context, const Object& object, const Route& route);
    void draw_toolbar(Context& context, const Object& object, const Route& route);
    void draw_condition(Context& context, const Object& object, const Route& route);
    void draw_pipeline_choice(Context& context, const Object& object, const Route& route);
    void draw_lane_choice(Context& context, const Object& object);
    void draw_lanes(Context& context, const Object& object);
    bool draw_nothing(Context& context, const Object& object, const Route& route);
    void draw_lane(Context& context, const Object& object, std::size_t lane, Rect place);
    void draw_lane_header(Context& context, const Object& object, std::size_t lane, Rect place);
    void draw_cards(Context& context, const Object& object, std::size_t lane, Rect place);
    void draw_card(Context& context, const Object& object, std::size_t lane, RowIndex row, Rect place);
    void paint_card(Context& context, const Object& object, RowIndex row, Rect place, bool hovered, bool lifted);
    void paint_line(Context& context, const Object& object, RecordRef record, const Field& field, Rect place);
    void draw_drag(Context& context, const Object& object);
    void drop(Context& context, const Object& object, Point at);
    void move_card(Context& context, const Object& object, RowIndex row, const BoardLane& lane);
    void step_by_letters(Context& context);
    void move_focus(std::size_t lane, RowIndex row, int step);
    std::string lane_label(Context& context, const Object& object, const BoardLane& lane) const;
    std::string lane_totals(Context& context, std::size_t lane) const;
    std::string card_name(Context& context, const Object& object, RowIndex row) const;
    bool is_stalled(const Object& object, RowIndex row) const;
    void find_largest(const Object& object, const Records& records);
    bool fits_amounts(Context& context, float lane) const;
    const BoardLane* lane_at(Point point) const;
    bool is_closed(const Object& object, const Records& records, RowIndex row) const;

    Board board_;
    OpportunityActivity activity_;     // of opportunities
    std::vector<std::uint64_t> stalled_;   // by lane
    BoardFields fields_;
    CardStyle style_;
    RowIndex largest_ = no_row;        // the card with the largest amount
    bool short_amounts_ = false;       // on all cards
    FieldIndex lane_field_ = no_field;
    std::string query_key_;            // what board_ was computed for
    std::string looked_at_;           // the address for which the lanes were last brought into sight
    std::string address_;
    bool focus_filter_ = false;
    std::string filter_;
    std::vector<Rect> lane_places_;
    Drag drag_;
    std::optional<std::string> new_where_;   // chosen in a dialog that is just being left
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    RowIndex focus_row_ = no_row;      // card that takes the focus when it is drawn next
    RowIndex focused_row_ = no_row;    // the card that had the focus in the last frame
    RowIndex moved_row_ = no_row;      // moved by keys, and focused since
};

}  // namespace outpost
