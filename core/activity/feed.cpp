#include "core/activity/feed.h"

#include <algorithm>
#include <utility>

#include "core/base/local_time.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// What tasks are sorted by, in one number: day, minutes, rank of the priority, row.
constexpr int row_bits = 28, rank_bits = 5, minute_bits = 11, day_bits = 20;
static_assert(row_bits + rank_bits + minute_bits + day_bits == 64);
constexpr std::uint64_t no_time = (1u << minute_bits) - 1, no_date = (1u << day_bits) - 1;
constexpr std::int64_t day_zero = 1 << (day_bits - 1);

std::uint64_t day_key(std::int32_t day) {
    if (day == null_day) return no_date;
    return static_cast<std::uint64_t>(std::clamp<std::int64_t>(day + day_zero, 0, static_cast<std::int64_t>(no_date) - 1));
}

std::uint64_t key_of(std::uint64_t day, std::uint64_t minutes, std::uint64_t rank, RowIndex row) {
    return ((day << minute_bits | minutes) << rank_bits | rank) << row_bits | row;
}

// By code: the first in the list of priorities comes first, what has none last.
std::vector<std::uint8_t> priority_ranks(const Records& records) {
    const Field& field = records.schema().object(so::task).field(task_field::priority);
    constexpr std::uint8_t last = (1u << rank_bits) - 1;
    std::vector<std::uint8_t> ranks(field.values.size() + 1, last);
    std::uint8_t rank = 0;
    for (const std::uint16_t code : field.codes_in_order(false)) {
        ranks[code] = rank;
        rank = std::min<std::uint8_t>(last - 1, rank + 1);
    }
    return ranks;
}

std::optional<int> minutes_on(const LocalTime& local_time, Milliseconds instant, Days day) {
    if (instant == null_instant || day == null_day) return std::nullopt;
    const Milliseconds since_midnight = instant + Milliseconds{local_time.offset_minutes(instant)} * 60'000 - day * milliseconds_per_day;
    if (since_midnight < 0 || since_midnight >= milliseconds_per_day) return std::nullopt;
    return static_cast<int>(since_midnight / 60'000);
}

// By all but the rows, in which order they are already: three rounds of twelve bits.
void sort_keys(std::vector<std::uint64_t>& keys) {
    constexpr int round_bits = 12;
    static_assert((64 - row_bits) % round_bits == 0);
    std::vector<std::uint64_t> sorted(keys.size());
    std::vector<std::uint32_t> places(std::size_t{1} << round_bits);
    for (int shift = row_bits; shift < 64; shift += round_bits) {
        const auto digit = [&](std::uint64_t key) { return key >> shift & (places.size() - 1); };
        std::fill(places.begin(), places.end(), 0u);
        for (const std::uint64_t key : keys) ++places[digit(key)];
        std::uint32_t sum = 0;
        for (std::uint32_t& place : places) sum += std::exchange(place, sum);
        for (const std::uint64_t key : keys) sorted[places[digit(key)]++] = key;
        keys.swap(sorted);
    }
}

Days week_end_of(Days today, int first_weekday) { return period_range(Period::Week, today, 0, first_weekday, 1).end; }

}  // namespace

WorkingTime working_time_of(const Records& records) {
    const RecordRef organization = first_live(records, so::organization);
    const auto time = organization ? parse_working_time(records.text(organization, organization_field::working_hours)) : std::nullopt;
    return time.value_or(WorkingTime());
}

FeedGroup feed_group_of(std::optional<Days> due, Days today, int first_weekday) {
    if (!due) return FeedGroup::NoDate;
    if (*due < today) return FeedGroup::Overdue;
    if (*due <= today + 1) return *due == today ? FeedGroup::Today : FeedGroup::Tomorrow;
    return *due < week_end_of(today, first_weekday) ? FeedGroup::ThisWeek : FeedGroup::Later;
}

std::optional<Days> feed_day_of(FeedGroup group, Days today, int first_weekday, const WorkingTime& working) {
    const Days end = week_end_of(today, first_weekday);
    switch (group) {
        case FeedGroup::Overdue: return today - 1;
        case FeedGroup::Today: return today;
        case FeedGroup::Tomorrow: return today + 1;
        case FeedGroup::ThisWeek: {
            Days day = end - 1;
            for (Days each = today + 2; each < end; ++each)
                if (working.is_workday(each)) day = each;
            return std::max(day, today + 1);
        }
        case FeedGroup::Later: {
            for (Days week = end;; week += 7)
                for (Days day = week; day < week + 7; ++day)
                    if (working.is_workday(day)) {
                        if (day > today + 1) return day;
                        break;   // it is tomorrow: the week after
                    }
        }
        case FeedGroup::NoDate: break;
    }
    return std::nullopt;
}

std::optional<int> feed_time_of(const Records& records, Clock& clock, RowIndex task) {
    const Table& table = records.table(so::task);
    const LocalTime local_time(clock);
    return minutes_on(local_time, table.column(task_field::reminder).instants()[task], table.column(task_field::activity_date).days()[task]);
}

Feed collect_feed(const Records& records, Clock& clock, Days today, int first_weekday, std::span<const RowIndex> owners) {
    const Table& table = records.table(so::task);
    const auto due = table.column(task_field::activity_date).days();
    const auto closed = table.column(task_field::is_closed).flags();
    const auto owner = table.column(system_field::owner).rows();
    const auto reminder = table.column(task_field::reminder).instants();
    const auto priority = table.column(task_field::priority).codes();
    const std::vector<std::uint8_t> ranks = priority_ranks(records);
    const LocalTime local_time(clock);
    std::vector<std::uint64_t> keys;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (closed[row] != 0 || !table.is_live(row)) continue;
        if (!owners.empty() && !std::ranges::binary_search(owners, owner[row])) continue;
        const std::optional<int> minutes = minutes_on(local_time, reminder[row], due[row]);
        keys.push_back(key_of(day_key(due[row]), minutes ? static_cast<std::uint64_t>(*minutes) : no_time, ranks[priority[row]], row));
    }
    sort_keys(keys);
    const auto place = [&](std::uint64_t day) {
        return static_cast<std::size_t>(std::lower_bound(keys.begin(), keys.end(), key_of(day, 0, 0, 0)) - keys.begin());
    };
    Feed feed;
    feed.begins = {0, place(day_key(today)), place(day_key(today + 1)), place(day_key(today + 2)),
                   place(day_key(std::max(today + 2, week_end_of(today, first_weekday)))), place(no_date), keys.size()};
    feed.rows.reserve(keys.size());
    for (const std::uint64_t key : keys) feed.rows.push_back(static_cast<RowIndex>(key & ((1u << row_bits) - 1)));
    return feed;
}

}  // namespace outpost
