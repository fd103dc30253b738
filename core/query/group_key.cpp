#include "core/query/group_key.h"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <tsl/robin_map.h>

#include "core/base/hash.h"
#include "core/base/sort_stably.h"
#include "core/query/access.h"
#include "core/query/date_ranges.h"
#include "core/query/kept_groups.h"

namespace outpost {

namespace {

template <typename CodeOf>
void combine_codes(const RowBlock& block, std::uint32_t* ids, std::uint32_t cardinality, CodeOf code_of) {
    if (block.rows == nullptr) {
        for (std::uint32_t i = 0; i < block.count; ++i) ids[i] = ids[i] * cardinality + code_of(block.first + i);
    } else {
        for (std::uint32_t i = 0; i < block.count; ++i) ids[i] = ids[i] * cardinality + code_of(block.rows[i]);
    }
}

class PicklistKey final : public GroupKey {
public:
    PicklistKey(std::span<const std::uint16_t> codes, const Field& field, bool labels) : codes_(codes), field_(field), labels_(labels) {
        std::vector<std::uint16_t> order;
        for (std::size_t i = 0; i < field.values.size(); ++i) order.push_back(static_cast<std::uint16_t>(i + 1));
        sort_stably(order, [&](std::uint16_t a, std::uint16_t b) { return field.values[a - 1u].position < field.values[b - 1u].position; });
        places_.assign(field.values.size() + 1, 0);
        values_.push_back(0);
        for (const std::uint16_t code : order) {
            places_[code] = static_cast<std::uint16_t>(values_.size());
            values_.push_back(code);
        }
        in_order_ = std::is_sorted(places_.begin(), places_.end());
    }
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        const std::uint32_t size = cardinality();
        if (in_order_) {
            combine_codes(block, ids, size, [codes = codes_.data()](RowIndex row) { return std::uint32_t{codes[row]}; });
        } else {
            combine_codes(block, ids, size, [codes = codes_.data(), places = places_.data()](RowIndex row) { return std::uint32_t{places[codes[row]]}; });
        }
    }
    std::uint32_t cardinality() const override { return static_cast<std::uint32_t>(places_.size()); }
    Value value(std::uint32_t place) const override {
        if (place == 0) return {};
        const PicklistValue& value = field_.values[values_[place] - 1u];
        return labels_ && !value.label.empty() ? value.label : value.value;
    }
    bool is_null(std::uint32_t place) const override { return place == 0; }
    bool add_layout(std::vector<std::int64_t>&) const override { return true; }

private:
    std::span<const std::uint16_t> codes_;
    const Field& field_;
    bool labels_;
    bool in_order_ = false;
    std::vector<std::uint16_t> places_, values_;
};

class FlagKey final : public GroupKey {
public:
    explicit FlagKey(std::span<const std::uint8_t> flags) : flags_(flags) {}
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        combine_codes(block, ids, 2, [flags = flags_.data()](RowIndex row) -> std::uint32_t { return flags[row] != 0; });
    }
    std::uint32_t cardinality() const override { return 2; }
    Value value(std::uint32_t code) const override { return code == 1; }
    bool is_null(std::uint32_t) const override { return false; }
    bool add_layout(std::vector<std::int64_t>&) const override { return true; }

private:
    std::span<const std::uint8_t> flags_;
};

}  // namespace

class DayKey final : public GroupKey {
public:
    DayKey(std::span<const std::int32_t> days, DayBounds bounds, DateFunction function, int fiscal_start_month) : days_(days), function_(function), first_(bounds.first) {
        if (bounds.last == null_day) return;
        days_known_ = static_cast<std::size_t>(bounds.last - bounds.first) + 1;
        const std::vector<std::int32_t> of_day = date_function_table(function, bounds.first, static_cast<std::size_t>(bounds.last - bounds.first) + 1, fiscal_start_month);
        const auto [least, most] = std::minmax_element(of_day.begin(), of_day.end());
        // Values lie close together: a mark for each, and their order comes by counting.
        std::vector<std::uint32_t> codes(static_cast<std::size_t>(*most - *least) + 1, 0);
        for (const std::int32_t value : of_day) codes[static_cast<std::size_t>(value - *least)] = 1;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            if (codes[i] == 0) continue;
            values_.push_back(*least + static_cast<std::int32_t>(i));
            codes[i] = static_cast<std::uint32_t>(values_.size());
        }
        table_.reserve(of_day.size());
        for (const std::int32_t value : of_day) table_.push_back(codes[static_cast<std::size_t>(value - *least)]);
        table_cardinality_ = static_cast<std::uint32_t>(values_.size()) + 1;
    }
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        const auto size = static_cast<std::uint32_t>(table_.size());
        combine_codes(block, ids, table_cardinality_, [days = days_.data(), table = table_.data(), first = static_cast<std::uint32_t>(first_), size](RowIndex row) {
            const std::uint32_t at = static_cast<std::uint32_t>(days[row]) - first;
            return at < size ? table[at] : 0u;
        });
    }
    std::uint32_t cardinality() const override { return static_cast<std::uint32_t>(values_.size()) + 1; }
    Value value(std::uint32_t code) const override {
        if (code == 0) return {};
        const std::int32_t value = values_[code - 1];
        if (function_ == DateFunction::None || function_ == DateFunction::DayOnly) return DateValue{value};
        return Decimal{value, 0};
    }
    bool is_null(std::uint32_t code) const override { return code == 0; }
    bool fuse(const GroupKey& next) override {
        const DayKey* other = next.as_day_key();
        if (other == nullptr || other->days_.data() != days_.data() || table_.size() != other->table_.size()) return false;
        if (std::uint64_t{table_cardinality_} * other->table_cardinality_ > 1u << 20) return false;
        for (std::size_t i = 0; i < table_.size(); ++i) table_[i] = table_[i] * other->table_cardinality_ + other->table_[i];
        table_cardinality_ *= other->table_cardinality_;
        return true;
    }
    const DayKey* as_day_key() const override { return this; }
    bool add_layout(std::vector<std::int64_t>& layout) const override {
        layout.insert(layout.end(), {first_, static_cast<std::int64_t>(days_known_)});
        return true;
    }

private:
    std::span<const std::int32_t> days_;
    DateFunction function_;
    std::int32_t first_ = 0;
    std::size_t days_known_ = 0;             // the first and those after it that the table reaches
    std::vector<std::uint32_t> table_;       // by day - first_
    std::uint32_t table_cardinality_ = 1;    // of this key and those fused into it
    std::vector<std::int32_t> values_;       // by code - 1
};

namespace {

// Codes that are kept a row: text, numbers, instants, and whatever else; 0 is null.
class StoredKey final : public GroupKey {
public:
    std::vector<std::uint32_t> codes;        // by row
    std::vector<Value> values{Value()};      // by code
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        combine_codes(block, ids, cardinality(), [own = codes.data()](RowIndex row) { return own[row]; });
    }
    std::uint32_t cardinality() const override { return static_cast<std::uint32_t>(values.size()); }
    Value value(std::uint32_t code) const override { return values[code]; }
    bool is_null(std::uint32_t code) const override { return code == 0; }
};

// The lookup itself: a group a target record.
class RecordKey final : public GroupKey {
public:
    RecordKey(std::span<const std::uint32_t> rows, ObjectIndex target, RowIndex targets) : rows_(rows), target_(target), targets_(targets) {}
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        combine_codes(block, ids, cardinality(), [rows = rows_.data(), targets = targets_](RowIndex row) { return rows[row] < targets ? rows[row] + 1 : 0u; });
    }
    std::uint32_t cardinality() const override { return targets_ + 1; }
    Value value(std::uint32_t code) const override { return code == 0 ? Value() : Value(RecordRef{target_, code - 1}); }
    bool is_null(std::uint32_t code) const override { return code == 0; }
    bool add_layout(std::vector<std::int64_t>& layout) const override {
        layout.push_back(targets_);
        return true;
    }

private:
    std::span<const std::uint32_t> rows_;
    ObjectIndex target_;
    RowIndex targets_;
};

// A key of the parent, read through the lookup. Where there is no parent the code is 0: null. A checkbox, which has no null,
// makes room for it.
class ParentKey final : public GroupKey {
public:
    ParentKey(std::span<const std::uint32_t> rows, RowIndex parents, std::unique_ptr<GroupKey> parent) : rows_(rows), parent_(std::move(parent)), room_(parent_->is_null(0) ? 0 : 1) {
        codes_.assign(parents, 0);
        parent_->combine({nullptr, 0, parents}, codes_.data());
        for (std::uint32_t& code : codes_) code += room_;
    }
    void combine(const RowBlock& block, std::uint32_t* ids) const override {
        const auto parents = static_cast<std::uint32_t>(codes_.size());
        combine_codes(block, ids, cardinality(), [rows = rows_.data(), codes = codes_.data(), parents](RowIndex row) { return rows[row] < parents ? codes[rows[row]] : 0u; });
    }
    std::uint32_t cardinality() const override { return parent_->cardinality() + room_; }
    Value value(std::uint32_t code) const override { return code < room_ ? Value() : parent_->value(code - room_); }
    bool is_null(std::uint32_t code) const override { return code < room_ || parent_->is_null(code - room_); }

private:
    std::span<const std::uint32_t> rows_;
    std::vector<std::uint32_t> codes_;
    std::unique_ptr<GroupKey> parent_;
    std::uint32_t room_;
};

template <typename Key, typename Hash, typename KeyOf, typename MakeValue>
std::unique_ptr<GroupKey> make_stored(RowIndex rows, KeyOf key_of, MakeValue make_value) {
    auto stored = std::make_unique<StoredKey>();
    stored->codes.resize(rows);
    tsl::robin_map<Key, std::uint32_t, Hash> known;
    for (RowIndex row = 0; row < rows; ++row) {
        const std::optional<Key> key = key_of(row);
        if (!key) continue;
        const auto [at, is_new] = known.insert({*key, static_cast<std::uint32_t>(stored->values.size())});
        if (is_new) stored->values.push_back(make_value(row));
        stored->codes[row] = at->second;
    }
    return stored;
}

std::unique_ptr<GroupKey> make_text_key(const TextColumn& column) {
    auto stored = std::make_unique<StoredKey>();
    stored->codes.resize(column.size());
    tsl::robin_map<std::string_view, std::uint32_t, TextHash> known;
    for (RowIndex row = 0; row < column.size(); ++row) {
        const std::string_view text = column.get(row);
        if (text.empty()) continue;
        const auto [at, is_new] = known.insert({text, static_cast<std::uint32_t>(stored->values.size())});
        if (is_new) stored->values.emplace_back(std::string(text));
        stored->codes[row] = at->second;
    }
    return stored;
}

std::unique_ptr<GroupKey> make_value_key(const Term& term, ObjectIndex object, const Records& records) {
    const Access access(term.path, object, records);
    const auto key_of = [&](RowIndex row) -> std::optional<std::string> {
        const Value value = access.value(row);
        if (is_null(value)) return std::nullopt;
        if (const auto* ref = std::get_if<RecordRef>(&value)) return to_text(records.id_of(*ref));
        if (const auto* text = std::get_if<std::string>(&value)) return *text;
        if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "1" : "0";
        if (const auto* number = std::get_if<Decimal>(&value)) return to_text_trimmed(*number);
        return std::string();
    };
    return make_stored<std::string, TextHash>(row_count(records, object), key_of, [&](RowIndex row) { return access.value(row); });
}

std::unique_ptr<GroupKey> make_instant_key(const Column& column, const Term& term, const QueryContext& context) {
    const std::span<const std::int64_t> instants = column.instants();
    const auto key_of = [&](RowIndex row) -> std::optional<std::int64_t> {
        if (instants[row] == null_instant) return std::nullopt;
        if (term.date_function == DateFunction::None) return instants[row];
        const int offset = term.convert_timezone ? context.offset_minutes(instants[row]) : 0;
        return date_function_of(term.date_function, instants[row], offset, context.fiscal_start_month);
    };
    const auto make_value = [&](RowIndex row) -> Value {
        const std::int64_t value = *key_of(row);
        if (term.date_function == DateFunction::None) return InstantValue{value};
        if (term.date_function == DateFunction::DayOnly) return DateValue{static_cast<Days>(value)};
        return Decimal{value, 0};
    };
    return make_stored<std::int64_t, NumberHash>(column.size(), key_of, make_value);
}

}  // namespace

std::unique_ptr<GroupKey> make_group_key(const Term& term, ObjectIndex object, const Records& records, const QueryContext& context) {
    if (!term.path.lookups.empty()) {
        const Field& lookup = records.schema().object(object).field(term.path.lookups.front());
        const Column& column = column_of(records, object, lookup.index);
        if (column.kind() != ColumnKind::Row || lookup.reference_to.empty()) return make_value_key(term, object, records);
        Term rest = term;
        rest.path.lookups.erase(rest.path.lookups.begin());
        const ObjectIndex target = lookup.reference_to.front();
        return std::make_unique<ParentKey>(column.rows(), row_count(records, target), make_group_key(rest, target, records, context));
    }
    const Object& owner = records.schema().object(object);
    if (!owner.has_field(term.path.field)) return make_value_key(term, object, records);
    const Field& field = owner.field(term.path.field);
    const Column& column = column_of(records, object, field.index);
    switch (column.kind()) {
        case ColumnKind::Code: return std::make_unique<PicklistKey>(column.codes(), field, term.to_label);
        case ColumnKind::Flag: return std::make_unique<FlagKey>(column.flags());
        case ColumnKind::Day: return std::make_unique<DayKey>(column.days(), kept_groups(records).day_bounds(records.table(object), field.index), term.date_function, context.fiscal_start_month);
        case ColumnKind::Instant: return make_instant_key(column, term, context);
        case ColumnKind::Row:
            if (field.reference_to.empty()) break;
            return std::make_unique<RecordKey>(column.rows(), field.reference_to.front(), row_count(records, field.reference_to.front()));
        case ColumnKind::Text: return make_text_key(column.texts());
        case ColumnKind::Decimal: {
            if (field.type == FieldType::AutoNumber) break;
            const std::span<const std::int64_t> values = column.decimals();
            return make_stored<std::int64_t, NumberHash>(
                column.size(), [&](RowIndex row) -> std::optional<std::int64_t> { return values[row] == null_decimal ? std::nullopt : std::optional(values[row]); },
                [&](RowIndex row) -> Value { return Decimal{values[row], field.scale}; });
        }
        default: break;
    }
    return make_value_key(term, object, records);
}

}  // namespace outpost
