// CalendarPage (#/calendar): days, weeks, months and an agenda of events and tasks of chosen owners. Empty time is pressed
// or dragged over to make an event; events are moved and resized by dragging or by keys. What repeats asks how far a
// change goes. Invariant: view, date and owners stand in the address; only what is in sight is drawn.
// Called by: the page registry.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/edit/command.h"
#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/calendar_view.h"

namespace outpost {

class CalendarPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    void enter(Context& context, const Route& route) override;
    void leave(Context&) override { drag_ = {}, moved_ = {}; }
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    enum class DragKind : std::uint8_t { None, Create, Move, Resize };
    struct Drag {
        DragKind kind = DragKind::None;
        CalendarItem item;
        Days from_day = 0, day = 0;        // where it was taken, where it is
        int grip = 0, from = 0, to = 0;    // minutes: where it was taken; the new times
        bool all_day = false;              // over the strip: what it becomes there, and by the hour elsewhere
    };
    struct Spot { Days day = 0; int minutes = 0; bool inside = false, all_day = false; };
    // What a hit on an item wants; the places where items stand share this.
    void take_item(Context& context, const kit::Hit& hit, const CalendarItem& item, Days day, Rect place);

    // The days need the room then: the bars above are one, and the heads low.
    static bool is_low(Context& context) { return !context.is_desktop() && context.height < 600; }
    void draw_header(Context& context, bool has_one_bar);
    void draw_toolbar(Context& context);
    void draw_kinds(Context& context);
    void draw_owners(Context& context);
    void draw_legend(Context& context);
    void take_keys(Context& context);
    void go(Context& context, Days date);
    void choose_view(Context& context, CalendarKind kind, Days date);

    void draw_time_grid(Context& context, Rect place);
    void draw_day_heads(Context& context, Rect place);
    void draw_strip(Context& context, Rect place, int rows_max);
    void draw_columns(Context& context, Rect content);
    void draw_column(Context& context, Days day, Rect column);
    void draw_hours(Context& context, Rect content);
    void draw_slot(Context& context, Days day, Rect column, const CalendarSlot& slot);
    void draw_now(Context& context, Rect content);
    void draw_drag(Context& context);
    Rect column_of(Rect content, Days day) const;
    Rect minutes_place(Rect column, int from, int to) const;
    Spot spot_at(Point point) const;
    void take_slot_keys(Context& context, const kit::Hit& hit, Days day);
    void follow_drag(Context& context, const kit::Hit& hit);
    void drop(Context& context);

    void draw_month(Context& context, Rect place);
    void draw_month_day(Context& context, Days day, Rect cell, DayRange month);
    void draw_month_phone(Context& context, Rect place);
    void draw_agenda(Context& context, Rect place, DayRange days);
    void draw_agenda_item(Context& context, const CalendarItem& item, Days day, Rect place);
    void draw_chip(Context& context, const CalendarItem& item, Days day, Rect place, bool with_time);
    void paint_chip(Context& context, const CalendarItem& item, Rect place, bool hovered, std::string_view time);

    void draw_popup(Context& context);
    void draw_popup_buttons(Context& context, const CalendarItem& item);
    void create(Context& context, Days day, int from, int to);   // minutes
    void create(Context& context, Days day) { create(context, day, begin_on(context, day), begin_on(context, day) + 60); }
    int begin_on(Context& context, Days day) const;
    void create_all_day(Context& context, Days first, Days last);
    void make_all_day(Context& context, const CalendarItem& item, Days day);
    void make_timed(Context& context, const CalendarItem& item, Days day, int from);
    void focus_moved(Context& context, RecordRef record, Days day);   // wherever it is drawn next
    void follow_moved(Context& context, bool same_days);
    void move(Context& context, const CalendarItem& item, int days, int minutes);
    void resize(Context& context, const CalendarItem& item, int minutes);
    void change(Context& context, const CalendarItem& item, std::vector<FieldValue> fields, std::string_view toast, const std::string& where);
    void remove(Context& context, const CalendarItem& item);

    CalendarView view_;
    Drag drag_;
    CalendarItem popup_;
    Rect popup_anchor_{};
    bool popup_opens_ = false;
    std::optional<int> cursor_;        // minutes: where a person chose that a new event begins, by keyboard or pointer
    RowIndex creates_after_ = no_row, made_ = no_row;   // how many events there were before one was begun; it, once it is there
    Days focus_day_ = 0;               // whose slot takes the focus when it is drawn next
    RecordRef moved_{};                // by key: takes the focus where it then stands, until the person goes on
    Days moved_from_ = 0, moved_to_ = 0;
    int moved_frames_ = 0;             // waits for it so many frames more
    bool focuses_day_ = false, pressed_by_pointer_ = false, scrolls_to_morning_ = true;
    Rect grid_{};                      // of the day columns, in this frame
    float strip_end_ = 0;              // y below which the hours are; 0 where there is no strip
    float hour_ = 48;
};

}  // namespace outpost
