#include "core/query/sort.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "core/base/text.h"
#include "core/query/access.h"
#include "core/query/date_ranges.h"
#include "core/query/text_index.h"

namespace outpost {

namespace {

constexpr std::uint64_t key_last = ~std::uint64_t{0};

// A value's place from 1; 0 is null.
std::uint64_t place_of_int64(std::int64_t value) { return value == null_decimal ? 0 : static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63); }
std::uint64_t place_of_day(std::int32_t value) { return value == null_day ? 0 : static_cast<std::uint32_t>(value) ^ 0x8000'0000u; }

void set_direction(std::vector<std::uint64_t>& keys, const OrderTerm& order) {
    const std::uint64_t null = order.nulls_last ? key_last : 0;
    if (order.descending) {
        for (std::uint64_t& key : keys) key = key == 0 ? null : ~key;
    } else if (order.nulls_last) {
        for (std::uint64_t& key : keys) key = key == 0 ? null : key;
    }
}

// Places of a few texts among themselves.
std::vector<std::uint64_t> places_of_texts(const std::vector<std::string_view>& texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return compare_text(texts[a], texts[b]) < 0; });
    std::vector<std::uint64_t> places(texts.size(), 0);
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || compare_text(texts[order[i]], texts[order[i - 1]]) != 0) ++place;
        if (!texts[order[i]].empty()) places[order[i]] = place;
    }
    return places;
}

// Rows of one column to places; rows may be no_row.
class Places {
public:
    Places(const Term& term, const Access& access, const Records& records, const QueryContext& context)
        : term_(term), access_(access), records_(records), context_(context) {}

    std::vector<std::uint64_t> of(std::span<const RecordRef> holders) {
        std::vector<std::uint64_t> places(holders.size(), 0);
        if (access_.polymorphic() || access_.kind() == ValueKind::ObjectName) return of_texts(holders);
        if (access_.field() == nullptr) return places;
        const Column& column = access_.column();
        const auto each = [&](auto place_of) {
            for (std::size_t i = 0; i < holders.size(); ++i) {
                if (holders[i]) places[i] = place_of(holders[i].row);
            }
        };
        if (access_.field()->index == system_field::is_deleted) {
            const Table& table = records_.table(access_.object());
            each([&](RowIndex row) -> std::uint64_t { return table.is_live(row) ? 1 : 2; });
            return places;
        }
        if (access_.field()->type == FieldType::Id) {
            const Table& table = records_.table(access_.object());
            each([&](RowIndex row) -> std::uint64_t { return table.ids().id_of(row).bits; });
            return places;
        }
        switch (column.kind()) {
            case ColumnKind::Decimal:
                each([values = column.decimals()](RowIndex row) { return place_of_int64(values[row]); });
                break;
            case ColumnKind::Instant: each([&, values = column.instants()](RowIndex row) { return place_of_instant(values[row]); }); break;
            case ColumnKind::Day: each([&, values = column.days()](RowIndex row) { return place_of_date(values[row]); }); break;
            case ColumnKind::Flag:
                each([values = column.flags()](RowIndex row) -> std::uint64_t { return values[row] != 0 ? 2 : 1; });
                break;
            case ColumnKind::Code: {
                const std::vector<std::uint64_t> positions = code_positions();
                each([&, values = column.codes()](RowIndex row) { return values[row] < positions.size() ? positions[values[row]] : 0; });
                break;
            }
            case ColumnKind::Row: {
                const ObjectIndex target = access_.field()->reference_to.empty() ? no_object : access_.field()->reference_to.front();
                each([&, values = column.rows()](RowIndex row) { return place_of_ref({target, values[row]}); });
                break;
            }
            case ColumnKind::Ref: each([&, values = column.refs()](RowIndex row) { return place_of_ref(values[row]); }); break;
            case ColumnKind::Text: return of_text_column(holders, column);
            case ColumnKind::None: break;
        }
        return places;
    }

private:
    std::uint64_t place_of_ref(RecordRef ref) const { return ref ? records_.id_of(ref).bits : 0; }
    std::uint64_t place_of_date(std::int32_t day) const {
        if (day == null_day || term_.date_function == DateFunction::None) return place_of_day(day);
        return place_of_day(date_function_of(term_.date_function, day, context_.fiscal_start_month));
    }
    std::uint64_t place_of_instant(std::int64_t instant) const {
        if (instant == null_instant || term_.date_function == DateFunction::None) return place_of_int64(instant);
        const int offset = term_.convert_timezone ? context_.offset_minutes(instant) : 0;
        return place_of_day(date_function_of(term_.date_function, instant, offset, context_.fiscal_start_month));
    }
    std::vector<std::uint64_t> code_positions() const {
        const Field& field = *access_.field();
        std::vector<std::uint64_t> positions{0};
        for (std::size_t i = 0; i < field.values.size(); ++i) {
            positions.push_back((std::uint64_t{field.values[i].position} << 16 | i) + 1);
        }
        return positions;
    }
    std::vector<std::uint64_t> of_text_column(std::span<const RecordRef> holders, const Column& column) const {
        // Ranks of the whole column pay when most of it is sorted, or when they are there already.
        const std::uint64_t revision = records_.table(access_.object()).column_revision(access_.field()->index);
        TextIndex& index = text_index(records_, access_.object(), access_.field()->index);
        if (holders.size() * 8 < column.size() && !index.has_ranks(revision)) return of_texts(holders);
        index.refresh_ranks(column.texts(), revision);
        std::vector<std::uint64_t> places(holders.size(), 0);
        for (std::size_t i = 0; i < holders.size(); ++i) {
            if (holders[i]) places[i] = index.ranks()[holders[i].row];
        }
        return places;
    }
    std::vector<std::uint64_t> of_texts(std::span<const RecordRef> holders) const {
        std::vector<std::string> kept(holders.size());
        std::vector<std::string_view> texts;
        texts.reserve(holders.size());
        for (std::size_t i = 0; i < holders.size(); ++i) {
            std::string_view text = access_.text(holders[i]);
            if (text.empty() && holders[i]) {
                const Value value = access_.value_of(holders[i]);
                if (const auto* own = std::get_if<std::string>(&value)) kept[i] = *own;
                text = kept[i];
            }
            texts.push_back(text);
        }
        return places_of_texts(texts);
    }

    const Term& term_;
    const Access& access_;
    const Records& records_;
    const QueryContext& context_;
};

// Rows are in the order of their ids: so it is unless records of several devices were mixed.
bool ids_rise(const RowIds& ids) {
    std::uint64_t last = 0;
    for (const RowIds::Run& run : ids.runs()) {
        if (run.first_id <= last) return false;
        last = run.first_id + run.count - 1;
    }
    return true;
}

// The columns that sort most often, read straight.
bool direct_keys(std::vector<std::uint64_t>& keys, const OrderTerm& order, const Access& access, std::span<const RowIndex> rows, const Records& records) {
    if (!access.direct() || order.term.date_function != DateFunction::None || access.field() == nullptr) return false;
    if (access.field()->type == FieldType::Id && ids_rise(records.table(access.object()).ids())) {
        for (std::size_t i = 0; i < rows.size(); ++i) keys[i] = std::uint64_t{rows[i]} + 1;
        return true;
    }
    if (access.column().kind() == ColumnKind::Decimal) {
        const std::span<const std::int64_t> values = access.column().decimals();
        for (std::size_t i = 0; i < rows.size(); ++i) keys[i] = place_of_int64(values[rows[i]]);
        return true;
    }
    if (access.column().kind() == ColumnKind::Day) {
        const std::span<const std::int32_t> values = access.column().days();
        for (std::size_t i = 0; i < rows.size(); ++i) keys[i] = place_of_day(values[rows[i]]);
        return true;
    }
    return false;
}

bool is_before(const std::vector<std::vector<std::uint64_t>>& keys, std::uint32_t a, std::uint32_t b) {
    for (const std::vector<std::uint64_t>& key : keys) {
        if (key[a] != key[b]) return key[a] < key[b];
    }
    return a < b;
}

// Stable radix sort by the bytes in which the keys differ; the last term first.
std::vector<std::uint32_t> radix_sorted(const std::vector<std::vector<std::uint64_t>>& keys, std::uint32_t count) {
    std::vector<std::uint32_t> order(count), next(count);
    std::iota(order.begin(), order.end(), 0u);
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        std::uint64_t ones = 0, zeros = key_last;
        for (const std::uint64_t value : *key) {
            ones |= value;
            zeros &= value;
        }
        const std::uint64_t varying = ones ^ zeros;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            if ((varying >> shift & 0xFF) == 0) continue;
            std::array<std::uint32_t, 257> starts{};
            for (const std::uint64_t value : *key) ++starts[(value >> shift & 0xFF) + 1];
            for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
            for (const std::uint32_t position : order) next[starts[(*key)[position] >> shift & 0xFF]++] = position;
            order.swap(next);
        }
    }
    return order;
}

// The first few: candidates no worse than the worst kept one, cut back whenever they are twice too many.
std::vector<std::uint32_t> top_positions(const std::vector<std::vector<std::uint64_t>>& keys, std::uint32_t count, std::uint32_t wanted) {
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return is_before(keys, a, b); };
    const std::vector<std::uint64_t>& first = keys.front();
    const std::size_t room = std::max<std::size_t>(std::size_t{wanted} * 2, 256);
    std::vector<std::uint32_t> kept;
    kept.reserve(room + 1);
    std::uint64_t worst = key_last;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (first[i] > worst) continue;
        kept.push_back(i);
        if (kept.size() < room) continue;
        std::nth_element(kept.begin(), kept.begin() + wanted - 1, kept.end(), before);
        kept.resize(wanted);
        worst = first[kept[wanted - 1]];
    }
    std::sort(kept.begin(), kept.end(), before);
    if (kept.size() > wanted) kept.resize(wanted);
    return kept;
}

}  // namespace

std::vector<std::uint64_t> sort_keys(const OrderTerm& order, ObjectIndex object, std::span<const RowIndex> rows, const Records& records,
                                     const QueryContext& context) {
    std::vector<std::uint64_t> keys(rows.size());
    const Access access(order.term.path, object, records);
    if (!direct_keys(keys, order, access, rows, records)) {
        std::vector<RecordRef> holders(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) holders[i] = access.holder(rows[i]);
        keys = Places(order.term, access, records, context).of(holders);
    }
    set_direction(keys, order);
    return keys;
}

std::vector<std::uint32_t> sorted_positions(const std::vector<std::vector<std::uint64_t>>& keys, std::uint32_t count, std::uint32_t wanted) {
    std::vector<std::uint32_t> order;
    wanted = std::min(wanted, count);
    if (wanted == 0) return order;
    if (keys.empty()) {
        order.resize(wanted);
        std::iota(order.begin(), order.end(), 0u);
        return order;
    }
    constexpr std::uint32_t radix_count_min = 2048;
    if (wanted < count / 4) return top_positions(keys, count, wanted);
    if (count >= radix_count_min) {
        order = radix_sorted(keys, count);
    } else {
        order.resize(count);
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return is_before(keys, a, b); });
    }
    order.resize(wanted);
    return order;
}

}  // namespace outpost
