#include "core/activity/calendar.h"

#include <algorithm>
#include <tuple>

#include "core/base/sort_stably.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

class Collector {
public:
    Collector(const Records& records, Clock& clock, DayRange days, std::span<const RowIndex> owners)
        : records_(records), clock_(clock), local_(clock, {}), days_(days), owners_(owners),
          from_(local_.midnight(days.first)), to_(local_.midnight(days.end)) {}

    std::vector<CalendarItem> collect() {
        add_events();
        add_tasks();
        const auto place = [](const CalendarItem& item) {
            return std::tuple(item.first_day, item.rank(), item.start, item.end, item.record.row);
        };
        sort_stably(items_, [&](const CalendarItem& a, const CalendarItem& b) { return place(a) < place(b); });
        return std::move(items_);
    }

private:
    bool is_chosen(RowIndex owner) const { return owners_.empty() || std::ranges::binary_search(owners_, owner); }

    void add(CalendarItem item) {
        if (item.last_day >= days_.first && item.first_day < days_.end) items_.push_back(item);
    }

    void add_all_day(RecordRef record, Days first, Days last, bool done = false) {
        add({.record = record, .start = first * milliseconds_per_day, .end = last * milliseconds_per_day, .first_day = first,
             .last_day = std::max(first, last), .end_minute = 1440, .all_day = true, .done = done});
    }

    CalendarItem timed(RecordRef record, Milliseconds start, Milliseconds end) const {
        CalendarItem item{.record = record, .start = start, .end = end};
        const WallTime first = local_.wall(start), last = local_.wall(std::max(start, end));
        item.first_day = first.day;
        item.start_minute = first.minutes();
        item.last_day = last.day;
        item.end_minute = last.minutes();
        if (item.end_minute == 0 && last.day > first.day) {   // up to midnight
            --item.last_day;
            item.end_minute = 1440;
        }
        return item;
    }

    void add_series(RecordRef record) {
        const std::optional<Series> series = read_series(records_, record, clock_);
        if (!series) return;
        // The series' zone may be a day ahead or behind.
        const Days spread = static_cast<Days>(series->length / milliseconds_per_day) + 2;
        for (const Occurrence& each : occurrences(*series, clock_, {days_.first - spread, days_.end + 2})) {
            const Days last = each.day + static_cast<Days>(series->length / milliseconds_per_day);
            CalendarItem item = series->all_day ? CalendarItem{.record = record, .start = each.start, .end = each.end, .first_day = each.day, .last_day = last, .end_minute = 1440, .all_day = true}
                                                : timed(record, each.start, each.end);
            item.recurs = true;
            item.occurrence = each.day;
            add(item);
        }
    }

    void add_events() {
        const Table& table = records_.table(so::event);
        const auto starts = table.column(event_field::start).instants(), ends = table.column(event_field::end).instants();
        const auto all_day = table.column(event_field::is_all_day).flags();
        const auto owner = table.column(system_field::owner).rows();
        const TextColumn& rules = table.column(event_field::recurrence).texts();
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (!table.is_live(row) || !is_chosen(owner[row])) continue;
            const RecordRef record{so::event, row};
            const bool recurs = rules.places()[row].length != 0;
            // An all-day event's midnights in UTC lie up to half a day off.
            if (starts[row] == null_instant || starts[row] >= to_ + milliseconds_per_day) continue;
            if (recurs) {
                add_series(record);
                continue;
            }
            const Milliseconds end = ends[row] == null_instant ? starts[row] : std::max(starts[row], ends[row]);
            if (end < from_ - 2 * milliseconds_per_day) continue;
            if (all_day[row]) add_all_day(record, all_day_of(clock_, starts[row]), all_day_of(clock_, end));
            else if (end > from_ || starts[row] >= from_) add(timed(record, starts[row], end));
        }
    }

    void add_tasks() {
        const Table& table = records_.table(so::task);
        const auto due = table.column(task_field::activity_date).days();
        const auto closed = table.column(task_field::is_closed).flags();
        const auto owner = table.column(system_field::owner).rows();
        const TextColumn& rules = table.column(task_field::recurrence).texts();
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (due[row] == null_day || due[row] >= days_.end || !table.is_live(row) || !is_chosen(owner[row])) continue;
            if (rules.places()[row].length != 0 && !closed[row]) add_series({so::task, row});
            else if (due[row] >= days_.first) add_all_day({so::task, row}, due[row], due[row], closed[row] != 0);
        }
    }

    const Records& records_;
    Clock& clock_;
    ZoneTime local_;
    DayRange days_;
    std::span<const RowIndex> owners_;
    Milliseconds from_, to_;
    std::vector<CalendarItem> items_;
};

}  // namespace

bool CalendarItem::is_task() const { return record.object == so::task; }
int CalendarItem::rank() const { return is_task() ? 2 + done : !all_day; }

std::vector<CalendarItem> collect_calendar(const Records& records, Clock& clock, DayRange days, std::span<const RowIndex> owners) {
    return Collector(records, clock, days, owners).collect();
}

}  // namespace outpost
